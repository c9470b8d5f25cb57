import { expect, test } from "vitest";
import { along, axisTicks } from "./chartScale";

test.each<[bigint, bigint[]]>([
  [0n, [0n, 1n]],
  [1n, [0n, 1n]],
  [5n, [0n, 1n, 2n, 3n, 4n, 5n]],
  [92n, [0n, 20n, 40n, 60n, 80n, 100n]],
  [101n, [0n, 50n, 100n, 150n]],
  [999n, [0n, 200n, 400n, 600n, 800n, 1000n]],
])("axisTicks: the lines up to %s", (most, expected) => {
  expect(axisTicks(most)).toEqual(expected);
});

test("axisTicks: however large, few round lines that hold the largest value", () => {
  for (const most of [7n, 12n, 10n ** 12n + 1n, 2n ** 72n - 1n, 3n * 10n ** 20n]) {
    const ticks = axisTicks(most);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect((ticks.at(-1) ?? 0n) >= most).toBe(true);
  }
});

test("along: half is half, nothing is nothing, and no bar leaves its chart", () => {
  expect(along(46n, 92n, 160)).toBe(80);
  expect(along(2n ** 71n, 2n ** 72n, 160)).toBe(80);
  expect(along(0n, 92n, 160)).toBe(0);
  expect(along(5n, 0n, 160)).toBe(0);
  expect(along(93n, 92n, 160)).toBe(160);
});
