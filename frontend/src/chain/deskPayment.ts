import type { Address, Client, Hex } from "viem";
import type { AppConfig } from "../config";
import { deskReads } from "../generated/publicAbi";
import { eventQuery, readEvents, readHead } from "./events";

/** A fulfilled order of the desk. */
export interface Payment {
  token: Address;
  /** To the seller, base units of the token. */
  paid: bigint;
  /** Transaction that paid it in. */
  transaction: Hex;
}

/** What was paid for an order, or null if the desk does not know it as fulfilled. */
export async function readPayment(client: Client, config: AppConfig, id: Hex): Promise<Payment | null> {
  if (config.desk === null) return null;
  const desk = { address: config.desk, abi: deskReads } as const;
  const opened = eventQuery(config, desk, "OrderOpened", { id });
  const fulfilled = eventQuery(config, desk, "OrderFulfilled", { id });
  const head = await readHead(client, [opened, fulfilled]);
  const [opening, fulfilment] = await Promise.all([
    readEvents(client, opened, head),
    readEvents(client, fulfilled, head),
  ]);
  const [first, last] = [opening[0], fulfilment[0]];
  if (first === undefined || last === undefined) return null;
  return { token: first.args.order.token, paid: last.args.paid, transaction: first.transaction };
}
