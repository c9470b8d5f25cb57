import type { Address, Hex } from "viem";
import type { AppConfig } from "../config";
import { readFootprintReport, readRetirementReport } from "../evidence/report";
import vectors from "./vectors.json";

export { vectors };

export const ACCOUNT = vectors.footprint.report.account as Address;
export const STRANGER: Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

export const CONFIG: AppConfig = {
  chainId: vectors.chain_id,
  chainName: "Local chain",
  rpcUrl: "http://127.0.0.1:1",
  council: "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0",
  ledger: vectors.ledger as Address,
  credits: vectors.credits as Address,
  desk: "0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9",
  paymentTokens: [{ address: "0xa513E6E4b8f2a923D98304ec87F64353C4D5C853", symbol: "dUSD", decimals: 6 }],
  adapters: [],
  deployedBlock: 1n,
  methodology: vectors.footprint.report.footprint.methodology as Hex,
  explorerUrl: null,
  devWallet: true,
};

export const FOOTPRINT_REPORT = readFootprintReport(vectors.footprint.report);
export const FOOTPRINT_ID = vectors.footprint.id as Hex;
export const FOOTPRINT_HASH = vectors.footprint.footprint_hash as Hex;
export const RETIREMENT_REPORT = readRetirementReport(vectors.retirement.report);
export const CERTIFICATE_ID = BigInt(vectors.retirement.id);
export const SIGNATURES: readonly Hex[] = [`0x${"11".repeat(65)}`, `0x${"22".repeat(65)}`];

/** Answers of the gateway by method and path; any other request fails the test. */
export function answerWith(answers: Record<string, { status?: number; json: unknown }>): typeof fetch {
  return async (input, init) => {
    const answer = answers[`${init?.method ?? "GET"} ${String(input)}`];
    if (!answer) throw new Error(`the gateway was asked for ${init?.method} ${String(input)}`);
    return new Response(JSON.stringify(answer.json), { status: answer.status ?? 200 });
  };
}
