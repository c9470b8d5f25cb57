import { cleanup, render, screen } from "@testing-library/preact";
import { type Client, createClient, custom, encodeFunctionResult, type Hex } from "viem";
import { afterEach, expect, test } from "vitest";
import type { AttestationView } from "../../chain/attestationView";
import { ledgerReads } from "../../generated/publicAbi";
import { LedgerContext } from "../../ledgerContext";
import { claim } from "../../strings/claimText";
import { CONFIG } from "../../testing/fixtures";
import { Evidence } from "./Evidence";

const words = claim.evidence;
const ANSWERS: Record<string, unknown> = {
  eth_call: encodeFunctionResult({ abi: ledgerReads, functionName: "is_methodology_approved", result: true }),
  eth_getLogs: [],
  eth_getBlockByNumber: { hash: `0x${"ab".repeat(32)}` },
};
/** Blocks at which the contract was asked. */
let called: Hex[] = [];
/** Holds back the next answers until it is called. */
let release: () => void = () => undefined;
let open: Promise<void> = Promise.resolve();

const request = async ({ method, params }: { method: string; params?: unknown }) => {
  if (method === "eth_call") called.push((params as Hex[])[1] as Hex);
  await open;
  return ANSWERS[method];
};
const reader: Client = createClient({ transport: custom({ request }, { retryCount: 0 }) });

function page(block: bigint) {
  const attestation = {
    low_ug: 1n,
    central_ug: 1n,
    high_ug: 1n,
    covered_ug: 0n,
    recorded_at: 1,
    tier: 3,
    superseded: false,
  };
  const view: AttestationView = {
    block,
    attestation,
    recorded: undefined,
    allocations: [],
    supersessions: [],
  };
  return (
    <LedgerContext value={{ config: CONFIG, reader }}>
      <Evidence methodology={CONFIG.methodology} view={view} />
    </LedgerContext>
  );
}

afterEach(cleanup);

test("Evidence: what the last block said stays while the next one is asked", async () => {
  const { rerender } = render(page(5n));
  await screen.findByText(words.isApproved);
  open = new Promise((resolve) => {
    release = resolve;
  });
  called = [];
  rerender(page(6n));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(called).toEqual(["0x6"]);
  expect(screen.getByText(words.isApproved)).toBeTruthy();
  release();
});
