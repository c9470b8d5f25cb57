import { type Abi, encodeFunctionData, encodeFunctionResult, stringToHex, zeroAddress } from "viem";
import { creditsReads, ledgerReads } from "../generated/publicAbi";
import { ACCOUNT, CONFIG, FOOTPRINT_ID, FOOTPRINT_REPORT } from "./fixtures";
import { LogChain } from "./logChain";

const { footprint } = FOOTPRINT_REPORT;
const { low_ug, central_ug, high_ug, tier } = footprint;
/** Its newest block. */
export const BLOCK = 50n;
const COVERED = 7n;
const CERTIFICATE = 5n;
const HELD = {
  holder: ACCOUNT,
  amount_ug: 10n ** 12n,
  allocated_ug: COVERED,
  minted_at: 1_770_000_001,
  voided: false,
  vintage: 2021,
  registry: stringToHex("icr", { size: 32 }),
  project: "ICR-1",
  beneficiary: "GPTX",
  serials: "ICR-1-1-2",
  retired_at: 1_760_000_000n,
};
const STATE = {
  low_ug,
  central_ug,
  high_ug,
  covered_ug: COVERED,
  recorded_at: 1_770_000_000,
  tier,
  superseded: false,
};
export const TOTALS = { low_ug, central_ug, high_ug, covered_ug: COVERED, count: 1 };

/** A chain with one attestation at block 17 and one certificate at block 18, both of the account. */
export function accountChain(): LogChain {
  const chain = new LogChain(
    CONFIG,
    [
      {
        abi: ledgerReads,
        address: CONFIG.ledger,
        name: "FootprintRecorded",
        args: { id: FOOTPRINT_ID, account: ACCOUNT, methodology: footprint.methodology, footprint },
        block: 17n,
      },
      {
        abi: creditsReads,
        address: CONFIG.credits,
        name: "Transfer",
        args: { sender: zeroAddress, receiver: ACCOUNT, token_id: CERTIFICATE },
        block: 18n,
      },
    ],
    BLOCK,
  );
  const answer = (abi: Abi, functionName: string, args: readonly unknown[], result: unknown) =>
    chain.calls.set(
      encodeFunctionData({ abi, functionName, args }),
      encodeFunctionResult({ abi, functionName, result }),
    );
  answer(ledgerReads, "account", [ACCOUNT], TOTALS);
  answer(ledgerReads, "attestations", [[FOOTPRINT_ID]], [STATE]);
  answer(creditsReads, "balanceOf", [ACCOUNT], 1n);
  answer(creditsReads, "certificate", [CERTIFICATE], HELD);
  return chain;
}
