import type { Address, Client, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import type { AppConfig } from "../config";
import { deskAbi } from "../generated/deskAbi";
import type { DeskOrder } from "./deskOrder";
import { allLogs } from "./logs";
import { readCall } from "./readCall";

/** What the desk knows of an order, by the contract's number. */
export const DESK_STATE = { unknown: 0, open: 1, fulfilled: 2, refunded: 3 } as const;

/** An order that was paid in, as the desk's event tells it. */
export interface PaidOrder {
  id: Hex;
  order: DeskOrder;
  transaction: Hex;
  block: bigint;
}

/** What decides whether the desk takes an order now. */
export interface DeskTerms {
  state: number;
  paused: boolean;
  tokenAllowed: boolean;
  /** Most that the seller's open orders may sum up to, and what they sum up to now; base units of the token. */
  cap: bigint;
  exposure: bigint;
}

export function readDeskState(client: Client, desk: Address, id: Hex): Promise<number> {
  return readCall(client, { address: desk, abi: deskAbi, functionName: "order_state", args: [id] });
}

export async function readDeskTerms(
  client: Client,
  desk: Address,
  id: Hex,
  order: Pick<DeskOrder, "seller" | "token">,
): Promise<DeskTerms> {
  const at = { address: desk, abi: deskAbi } as const;
  const args = [order.seller, order.token] as const;
  const [state, paused, tokenAllowed, cap, exposure] = await Promise.all([
    readDeskState(client, desk, id),
    readCall(client, { ...at, functionName: "paused" }),
    readCall(client, { ...at, functionName: "is_token_allowed", args: [order.token] }),
    readCall(client, { ...at, functionName: "seller_cap", args }),
    readCall(client, { ...at, functionName: "exposure", args }),
  ]);
  return { state, paused, tokenAllowed, cap, exposure };
}

/** Orders that were paid in, in chain order: of one payer, or with one id. */
export async function readPaidOrders(
  client: Client,
  config: AppConfig,
  desk: Address,
  args: { payer: Address } | { id: Hex },
): Promise<PaidOrder[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      address: desk,
      abi: deskAbi,
      eventName: "OrderOpened",
      args,
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  return logs.map(({ args: event, transactionHash, blockNumber }) => ({
    id: event.id,
    order: event.order,
    transaction: transactionHash,
    block: blockNumber,
  }));
}

/** Time of the newest block, Unix seconds: what the contracts go by. */
export async function readChainTime(client: Client): Promise<bigint> {
  const block = (await client.request({
    method: "eth_getBlockByNumber" as never,
    params: ["latest", false] as never,
  })) as { timestamp: Hex } | null;
  if (block === null) throw new Error("the chain has no newest block");
  return BigInt(block.timestamp);
}
