import { expect, test } from "vitest";
import { BackendUnavailable, parseProblem } from "../api/problem";
import type { OrderState } from "../api/types";
import { isMinted, isOver, ORDER_PATH, reachedStep, watchInterval } from "./watchOrder";

function passed(state: OrderState, ...before: OrderState[]) {
  return { state, steps: [...before, state].map((one) => ({ state: one, at: 1 })) };
}

test.each<OrderState>(["quoted", "opened", "paid", "placed", "retired", "cosigned", "refunding", "stranded"])(
  "watchInterval: an order that is %s is asked for again",
  (state) => {
    expect(isOver({ state })).toBe(false);
    expect(watchInterval({ state })).toBeGreaterThan(0);
  },
);

test.each<OrderState>(["minted", "allocated", "refunded", "failed"])(
  "watchInterval: an order that is %s is left alone",
  (state) => {
    expect(isOver({ state })).toBe(true);
    expect(watchInterval({ state })).toBe(false);
  },
);

test.each([401, 403, 404])("watchInterval: nothing is asked again after %s", (status) => {
  const refusal = parseProblem(status, "{}");
  expect(watchInterval(undefined, refusal)).toBe(false);
  expect(watchInterval({ state: "paid" }, refusal)).toBe(false);
});

test.each([parseProblem(429, ""), parseProblem(500, ""), new BackendUnavailable("/v1/orders/1")])(
  "watchInterval: %s may be over the next time",
  (error) => expect(watchInterval({ state: "paid" }, error)).toBeGreaterThan(0),
);

test("isMinted: only where there is a certificate", () => {
  expect(isMinted({ state: "minted" })).toBe(true);
  expect(isMinted({ state: "allocated" })).toBe(true);
  expect(isMinted({ state: "refunded" })).toBe(false);
});

test("reachedStep: is where the order is, or how far it came before it left the path", () => {
  expect(reachedStep(passed("placed", "quoted", "paid"))).toBe(ORDER_PATH.indexOf("placed"));
  expect(reachedStep(passed("refunded", "quoted", "paid", "placed", "refunding"))).toBe(
    ORDER_PATH.indexOf("placed"),
  );
  expect(reachedStep(passed("allocated", "quoted", "minted"))).toBe(ORDER_PATH.indexOf("minted"));
});
