import { getOrder } from "../api/gateway";
import type { Order } from "../api/types";

/** States in which an order moves without the person: the backend works on it. */
const MOVING = new Set(["paid", "placed", "retired"]);
const WATCH_INTERVAL_MS = 1_000;

export function isMoving(order: Order): boolean {
  return MOVING.has(order.state);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Follows an order until it needs the person or is at its end. */
export async function watchOrder(
  id: string,
  onChange: (order: Order) => void,
  signal: AbortSignal,
): Promise<Order> {
  for (;;) {
    const order = await getOrder(id, signal);
    onChange(order);
    if (!isMoving(order)) return order;
    await pause(WATCH_INTERVAL_MS, signal);
  }
}
