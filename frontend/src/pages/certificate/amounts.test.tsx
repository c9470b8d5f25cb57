import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ACCOUNT, CERTIFICATE_ID, CONFIG, RETIREMENT_REPORT } from "../../testing/fixtures";

const read = vi.hoisted(() => ({ data: undefined as unknown }));
vi.mock("../../reads/useChainRead", () => ({
  useChainRead: () => ({ data: read.data, isError: false, refetch: () => undefined }),
}));

/** The modules choose their language when they run. */
beforeEach(() => vi.resetModules());
afterEach(() => {
  cleanup();
  localStorage.clear();
});

test("certificate: its amount is never shown as more than it is, and exactly beside", async () => {
  const { registry, project, vintage, beneficiary, serials, retired_at } = RETIREMENT_REPORT.retirement;
  const certificate = {
    ...{ registry, project, vintage, beneficiary, serials, retired_at },
    ...{ holder: ACCOUNT, amount_ug: 999_960_000_000n, allocated_ug: 0n, minted_at: 1, voided: false },
  };
  read.data = {
    certificate,
    metadata: null,
    minted: undefined,
    allocations: [],
    moves: [],
    voidReason: 0,
    block: 1n,
  };
  const { LedgerContext } = await import("../../ledgerContext");
  const { default: CertificatePage } = await import("../Certificate");
  render(
    <LedgerContext value={{ config: CONFIG, reader: null as never }}>
      <CertificatePage id={CERTIFICATE_ID.toString()} />
    </LedgerContext>,
  );
  expect(screen.getByText("999.9 kg CO₂e")).toBeTruthy();
  expect(screen.getByText("exactly 999,960,000,000 µg")).toBeTruthy();
  expect(document.body.textContent).toContain("999.96 kg");
  expect(document.body.textContent).not.toContain("1,000 kg");
});

test("desk payment: a German reads its decimals behind a comma", async () => {
  localStorage.setItem("greenledger-language", "de");
  const token = { address: ACCOUNT, symbol: "USDC", decimals: 6 };
  read.data = { token: ACCOUNT, paid: 1_234_000n, transaction: `0x${"12".repeat(32)}` };
  const { LedgerContext } = await import("../../ledgerContext");
  const { DeskPayment } = await import("./DeskPayment");
  render(
    <LedgerContext value={{ config: { ...CONFIG, paymentTokens: [token] }, reader: null as never }}>
      <DeskPayment order={`0x${"34".repeat(32)}`} />
    </LedgerContext>,
  );
  expect(document.body.textContent).toContain("1,234 USDC");
});
