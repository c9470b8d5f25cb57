import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import type { CosignedReport } from "../../flows/record";
import { text } from "../../strings/text";
import { ACCOUNT, FOOTPRINT_ID, FOOTPRINT_REPORT, SIGNATURES, STRANGER } from "../../testing/fixtures";
import { RecordPanel } from "./RecordPanel";

const words = text.record;
const wallet = vi.hoisted(() => ({ account: null as string | null }));

vi.mock("../../wallet/useWallet", () => ({
  useWallet: () => ({ account: wallet.account, environment: wallet.account === null ? null : {} }),
}));
vi.mock("../../wallet/useSession", () => ({ useSession: () => ({ session: null }) }));

const WAITING: CosignedReport = {
  reportId: "r1",
  id: FOOTPRINT_ID,
  report: FOOTPRINT_REPORT,
  signatures: SIGNATURES,
};

function panel(account: string | null) {
  wallet.account = account;
  return (
    <QueryClientProvider client={new QueryClient()}>
      <RecordPanel
        workload={undefined}
        estimate={undefined}
        eventId="one"
        waiting={WAITING}
        onBusy={() => undefined}
        onRecorded={() => undefined}
      />
    </QueryClientProvider>
  );
}

function button(name: string): HTMLButtonElement {
  return screen.getByRole<HTMLButtonElement>("button", { name });
}

afterEach(cleanup);

test("RecordPanel: a report that was co-signed for one account is not offered to another one", () => {
  const { rerender } = render(panel(ACCOUNT));
  expect(button(words.continue).disabled).toBe(false);
  rerender(panel(null));
  expect(button(words.continue).disabled, "the wallet may be back in a moment").toBe(true);
  rerender(panel(STRANGER));
  expect(button(words.action).disabled).toBe(true);
  rerender(panel(ACCOUNT));
  expect(button(words.continue).disabled).toBe(false);
});
