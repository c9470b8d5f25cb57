import { afterEach, expect, test, vi } from "vitest";
import { watchOrder } from "./watchOrder";

const ORDER = { id: "o1", steps: [] };

afterEach(() => vi.unstubAllGlobals());

test("watchOrder: follows the order until it needs the person", async () => {
  vi.useFakeTimers();
  const states = ["placed", "retired", "cosigned"];
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ ...ORDER, state: states.shift() })));
  const seen: string[] = [];
  const watching = watchOrder("o1", ({ state }) => seen.push(state), new AbortController().signal);
  await vi.advanceTimersByTimeAsync(3_000);
  vi.useRealTimers();
  expect((await watching).state).toBe("cosigned");
  expect(seen).toEqual(["placed", "retired", "cosigned"]);
});

test("watchOrder: stops when the page is left", async () => {
  const controller = new AbortController();
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ ...ORDER, state: "placed" })));
  const watching = watchOrder("o1", () => controller.abort(new Error("left")), controller.signal);
  await expect(watching).rejects.toThrow("left");
});
