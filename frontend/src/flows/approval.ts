import type { Address } from "viem";
import { tokenAbi } from "../chain/paymentToken";
import type { ContractCall } from "./sendCall";

/** Lets the spender take `value` base units of a token; of one that answers nothing to it as well (USDT). */
export function approvalCall(token: Address, spender: Address, value: bigint): ContractCall {
  return { address: token, abi: tokenAbi, functionName: "approve", args: [spender, value] };
}
