import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/preact";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LedgerContext } from "../ledgerContext";
import { ACCOUNT, CONFIG, STRANGER } from "../testing/fixtures";
import type { AccountEvents } from "./accountView";
import { useAccountState } from "./useAccountState";

const chain = vi.hoisted(() => ({
  events: undefined as unknown,
  states: vi.fn(),
  certificate: vi.fn(),
}));

vi.mock("./accountView", () => ({ readAccountEvents: async () => chain.events }));
vi.mock("./ledger", () => ({ readAttestations: chain.states }));
vi.mock("./credits", () => ({ readCertificate: chain.certificate }));

function events(block: bigint, coveredUg: bigint): AccountEvents {
  const totals = { low_ug: 1n, central_ug: 2n, high_ug: 3n, covered_ug: coveredUg, count: 1 };
  const some = { block, totals, records: [{ id: "0xa" }], certificates: [{ id: 1n }], complete: true };
  return some as unknown as AccountEvents;
}

let queries: QueryClient;

function around({ children }: { children: ReactNode }) {
  return (
    <LedgerContext value={{ config: CONFIG, reader: null as never }}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </LedgerContext>
  );
}

async function newBlock(found: AccountEvents): Promise<void> {
  chain.events = found;
  await act(() => queries.invalidateQueries({ queryKey: ["chain"] }));
}

beforeEach(() => {
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  chain.states.mockReset().mockResolvedValue([{ covered_ug: 0n }]);
  chain.certificate.mockReset().mockResolvedValue({ project: "P" });
  chain.events = events(1n, 0n);
});

afterEach(cleanup);

function shown() {
  return renderHook(({ account }) => useAccountState(account), {
    wrapper: around as never,
    initialProps: { account: ACCOUNT },
  });
}

test("useAccountState: states are read again when the account's sums change, not at each block", async () => {
  const { result } = shown();
  await vi.waitFor(() => expect(result.current.data?.certificates).toHaveLength(1));
  await newBlock(events(2n, 0n));
  await newBlock(events(3n, 0n));
  expect(chain.states).toHaveBeenCalledTimes(1);
  expect(chain.certificate).toHaveBeenCalledTimes(1);
  chain.states.mockResolvedValue([{ covered_ug: 3n }]);
  await newBlock(events(4n, 3n));
  await vi.waitFor(() => expect(result.current.data?.attestations[0]?.state.covered_ug).toBe(3n));
});

test("useAccountState: the last state stays when a later read fails, but not for another account", async () => {
  const { result, rerender } = shown();
  await vi.waitFor(() => expect(result.current.data).toBeDefined());
  chain.states.mockRejectedValue(new Error("away"));
  await newBlock(events(2n, 1n));
  await vi.waitFor(() => expect(result.current.isError).toBe(true));
  expect(result.current.data?.attestations).toHaveLength(1);
  rerender({ account: STRANGER });
  expect(result.current.data).toBeUndefined();
});
