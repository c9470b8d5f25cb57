import { expect, test } from "vitest";
import type { OrderState } from "../../api/types";
import { quotedOrder } from "../../testing/deskFixtures";
import { timeline } from "./OrderTimeline";

async function rows(state: OrderState, ...before: OrderState[]) {
  const steps = [...before, state].map((one, index) => ({ state: one, at: index }));
  return timeline({ ...(await quotedOrder()), state, steps }).map(
    ({ label, state: mark }) => `${label}: ${mark}`,
  );
}

test("timeline: an order on its way shows what is done, what is next and what comes after", async () => {
  expect((await rows("placed", "quoted", "opened", "paid")).slice(2, 6)).toEqual([
    "Payment final, in the desk: done",
    "Bought at the marketplace: done",
    "Retired at the registry: now",
    "Co-signed by the council: waiting",
  ]);
});

test("timeline: an order that left the path shows how far it came, and where it went", async () => {
  expect(await rows("refunded", "quoted", "opened", "paid", "refunding")).toEqual([
    "Quoted: done",
    "Payment in a block: done",
    "Payment final, in the desk: done",
    "Refunded: done",
  ]);
  expect((await rows("failed", "quoted")).at(-1)).toBe("Ended without a certificate: failed");
  expect((await rows("refunding", "quoted", "paid")).at(-1)).toBe("Being refunded: now");
});

test("timeline: a minted order has nothing left to do, and one that is allocated says so", async () => {
  expect((await rows("minted", "quoted", "cosigned")).every((row) => row.endsWith("done"))).toBe(true);
  expect((await rows("allocated", "quoted", "minted")).at(-1)).toBe("Allocated: done");
});
