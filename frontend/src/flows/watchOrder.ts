import { Problem } from "../api/problem";
import type { Order, OrderState } from "../api/types";

/** Steps of an order that ends well, in order. */
export const ORDER_PATH: readonly OrderState[] = [
  "quoted",
  "opened",
  "paid",
  "placed",
  "retired",
  "cosigned",
  "minted",
];

const ENDS: ReadonlySet<OrderState> = new Set(["allocated", "refunded", "failed"]);
const MINTED: ReadonlySet<OrderState> = new Set(["minted", "allocated"]);

export const WATCH_INTERVAL_MS = 1_000;

/** Whether the order became a certificate. */
export function isMinted(order: Pick<Order, "state">): boolean {
  return MINTED.has(order.state);
}

/** Whether nothing more will happen to it by itself. */
export function isOver(order: Pick<Order, "state">): boolean {
  return ENDS.has(order.state) || MINTED.has(order.state);
}

/** Whether asking again would bring the same answer: not signed in, not there, not allowed. */
function isFinal(error: unknown): boolean {
  return error instanceof Problem && error.status < 500 && error.status !== 429;
}

/** How long until the order is asked for again, or false once it is at its end or the gateway refuses to tell. */
export function watchInterval(
  order: Pick<Order, "state"> | undefined,
  error: unknown = null,
): number | false {
  return (order && isOver(order)) || isFinal(error) ? false : WATCH_INTERVAL_MS;
}

/** The last step of the good path that the order has reached; -1 if none. */
export function reachedStep(order: Pick<Order, "state" | "steps">): number {
  const direct = ORDER_PATH.indexOf(order.state);
  if (direct >= 0) return direct;
  if (order.state === "allocated") return ORDER_PATH.length - 1;
  const passed = new Set<OrderState>(order.steps.map(({ state }) => state));
  return ORDER_PATH.findLastIndex((state) => passed.has(state));
}
