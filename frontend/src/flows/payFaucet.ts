import type { Hex } from "viem";
import type { PaymentToken } from "../config";
import type { FlowEnvironment } from "./environment";
import { sendCall } from "./sendCall";

/** The local chain's test money: anyone may take some. No token with a value has this function. */
const faucetAbi = [
  { type: "function", name: "drip", stateMutability: "nonpayable", inputs: [], outputs: [] },
] as const;

/** Takes test money on a local chain. */
export async function takeTestMoney(env: FlowEnvironment, token: PaymentToken): Promise<Hex> {
  const call = { address: token.address, abi: faucetAbi, functionName: "drip", args: [] } as const;
  return (await sendCall(env, call, () => undefined)).transactionHash;
}
