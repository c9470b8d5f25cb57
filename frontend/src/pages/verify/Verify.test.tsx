// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, createEvent, fireEvent, render, screen, within } from "@testing-library/preact";
import type { Abi } from "viem";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { creditsAbi } from "../../generated/creditsAbi";
import { ledgerAbi } from "../../generated/ledgerAbi";
import { LedgerContext } from "../../ledgerContext";
import { ACCOUNT, CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT, vectors } from "../../testing/fixtures";
import { StrictChain } from "../../testing/strictChain";
import VerifyPage from "../Verify";

const { footprint } = FOOTPRINT_REPORT;
const NOTHING = {
  low_ug: 0n,
  central_ug: 0n,
  high_ug: 0n,
  covered_ug: 0n,
  recorded_at: 0,
  tier: 0,
  superseded: false,
};
const STORED = { ...NOTHING, ...footprint, recorded_at: 1_750_000_000 };
const EVENTS = [
  {
    name: "FootprintRecorded",
    args: { id: FOOTPRINT_ID, account: ACCOUNT, methodology: footprint.methodology, footprint },
  },
];
const WAIT = { timeout: 30_000 };
const LONG_MS = 60_000;

vi.setConfig({ testTimeout: LONG_MS });

beforeEach(() => {
  vi.stubGlobal("fetch", async (url: string) => {
    const path = decodeURIComponent(String(url)).replace(/^.*\/(gal-factors-[0-9-]+)[^/]*$/, "$1");
    return new Response(readFileSync(`../backend/greenledger/footprint/data/${path}.json`));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function chain(keepsEvents = true): StrictChain {
  const ledger = {
    address: CONFIG.ledger,
    abi: ledgerAbi as Abi,
    call: (name: string, [id]: readonly unknown[]) => {
      if (name === "attestation") return id === FOOTPRINT_ID ? STORED : NOTHING;
      throw new Error(`the ledger was asked for ${name}`);
    },
    past: EVENTS.slice(keepsEvents ? 0 : 1),
  };
  const credits = {
    address: CONFIG.credits,
    abi: creditsAbi as Abi,
    call: () => {
      throw new Error("no certificate is asked for");
    },
  };
  return new StrictChain(CONFIG, [ledger, credits], ACCOUNT);
}

function show(path = "/verify", node = chain()): void {
  const { hook, searchHook } = memoryLocation({ path });
  const queries = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } });
  render(
    <LedgerContext value={{ config: CONFIG, reader: node.environment().reader }}>
      <QueryClientProvider client={queries}>
        <Router hook={hook} searchHook={searchHook}>
          <VerifyPage />
        </Router>
      </QueryClientProvider>
    </LedgerContext>,
  );
}

function give(json: unknown): void {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const file = new File([text], "evidence.json", { type: "application/json" });
  const input = screen.getByLabelText("Evidence bundle or workload (JSON)");
  // The library renames `change`, which a file input keeps.
  fireEvent(input, createEvent.change(input, { target: { files: [file] } }));
}

function rowOf(field: string): HTMLElement {
  return screen.getByRole("row", { name: new RegExp(`^${field} `) });
}

test("an honest bundle: every field is equal, with its explanation and the ledger's coverage", async () => {
  show();
  give(vectors.bundle);
  await screen.findByText(/Every field is equal/, {}, WAIT);
  expect(within(rowOf("low_ug")).getAllByText(String(footprint.low_ug))).toHaveLength(3);
  expect(screen.queryByRole("alert")).toBeNull();
  await screen.findByText("What would narrow the bounds", {}, WAIT);
  expect(screen.getByText("Coverage on chain")).toBeTruthy();
});

test("a bundle with a changed workload: the fields that differ are named", async () => {
  const bundle = structuredClone(vectors.bundle);
  Object.assign(bundle.workloads[0]?.workload ?? {}, { pue_ppm: "1100000" });
  show();
  give(bundle);
  const alert = await screen.findByRole("alert", {}, WAIT);
  expect(alert.textContent).toContain("root, energy_uwh, low_ug, central_ug, high_ug, market_ug");
  expect(within(rowOf("energy_uwh")).getByText("Different")).toBeTruthy();
});

test("a pasted workload and an id: compared with the chain alone", async () => {
  show(`/verify?id=${FOOTPRINT_ID}`);
  fireEvent.input(screen.getByLabelText("JSON text"), {
    target: { value: JSON.stringify(vectors.bundle.workloads[0]) },
  });
  fireEvent.click(screen.getByRole("button", { name: "Check this text" }));
  await screen.findByText(/Every field is equal/, {}, WAIT);
  expect(screen.queryByRole("columnheader", { name: "In the file" })).toBeNull();
});

test("a workload without an id: recomputed, and the page asks which attestation it is about", async () => {
  show();
  give(vectors.bundle.workloads[0]?.workload);
  await screen.findByText(/Which attestation is this about/, {}, WAIT);
  await screen.findByText(/Nothing was compared with the ledger/, {}, WAIT);
});

test("an id that the ledger does not have: says so, and nothing is called equal", async () => {
  const bundle = { ...vectors.bundle, id: `0x${"12".repeat(32)}` };
  show();
  give(bundle);
  const alert = await screen.findByRole("alert", {}, WAIT);
  expect(alert.textContent).toContain("id, recorded");
});

test("a file that is no JSON: says where", async () => {
  show();
  give('{"version": 1,,}');
  const alert = await screen.findByRole("alert", {}, WAIT);
  expect(alert.textContent).toContain("line 1, column 15");
});

test("a chain that does not answer: nothing is confirmed", async () => {
  const node = chain();
  node.down = true;
  show("/verify", node);
  give(vectors.bundle);
  const alert = await screen.findByRole("alert", {}, WAIT);
  expect(alert.textContent).toContain("nothing is confirmed");
});

test("an unknown id and a workload: the page says that there is nothing to compare with", async () => {
  show(`/verify?id=0x${"12".repeat(32)}`);
  give(vectors.bundle.workloads[0]);
  await screen.findByText(/No attestation with this id was recorded/, {}, WAIT);
  expect(screen.queryByRole("table")).toBeNull();
});

test("a node that keeps no old events: a bundle is compared with what the ledger stores, a workload with nothing", async () => {
  show(`/verify?id=${FOOTPRINT_ID}`, chain(false));
  give(vectors.bundle);
  await screen.findByText(/only the fields that the ledger stores are compared/, {}, WAIT);
  expect(within(rowOf("low_ug")).getAllByText(String(footprint.low_ug))).toHaveLength(3);
  expect(within(rowOf("energy_uwh")).getAllByText(String(footprint.energy_uwh))).toHaveLength(2);
  give(vectors.bundle.workloads[0]);
  await screen.findByText(/its methodology is not known and nothing was recomputed/, {}, WAIT);
  expect(screen.queryByText(/Every field is equal/)).toBeNull();
});
