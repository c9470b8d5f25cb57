import type { AbiParameter } from "viem";
import { expect, test } from "vitest";
import { rowsOf } from "./values";

const BOUNDS = [
  { name: "low", type: "uint120" },
  { name: "high", type: "uint120" },
];

test("rowsOf: a struct becomes one row for each field, in human units by the field's name", () => {
  const footprint: AbiParameter = {
    name: "footprint",
    type: "tuple",
    components: [
      { name: "energy_uwh", type: "uint128" },
      { name: "low_ug", type: "uint72" },
      { name: "period_start", type: "uint64" },
      { name: "tier", type: "uint8" },
    ],
  };
  const value = {
    energy_uwh: 519_835_200_000_000n,
    low_ug: 30_200_000_000_000n,
    period_start: 1646956800n,
    tier: 3,
  };
  expect(rowsOf(footprint, value, "0")).toEqual([
    { path: "footprint.energy_uwh", type: "uint128", exact: "519835200000000", human: "519.8 MWh" },
    { path: "footprint.low_ug", type: "uint72", exact: "30200000000000", human: "30.2 t CO₂e" },
    { path: "footprint.period_start", type: "uint64", exact: "1646956800", human: "11 Mar 2022, 00:00 UTC" },
    { path: "footprint.tier", type: "uint8", exact: "3", human: null },
  ]);
});

test("rowsOf: bounds inside a quantity have its unit", () => {
  const water: AbiParameter = { name: "water_ul", type: "tuple", components: BOUNDS };
  expect(rowsOf(water, { low: 1_000_000n, high: 2_000_000n }, "0").map(({ human }) => human)).toEqual([
    "1 L",
    "2 L",
  ]);
});

test("rowsOf: the longest unit of a name counts", () => {
  const [row] = rowsOf({ name: "grid_water_ul_per_kwh", type: "uint256" }, 1234n, "0");
  expect(row?.human).toBe("1,234 µL/kWh");
});

test("rowsOf: a moment that is none, such as never, is left as the number that it is", () => {
  const [row] = rowsOf({ name: "valid_until", type: "uint64" }, 2n ** 64n - 1n, "0");
  expect(row).toMatchObject({ exact: "18446744073709551615", human: null });
});

test("rowsOf: a registry's key is read as text, and bytes that are no text are not", () => {
  const key = { name: "registry", type: "bytes32" };
  expect(rowsOf(key, `0x696372${"00".repeat(29)}`, "0")[0]?.human).toBe("icr");
  expect(rowsOf(key, `0x${"f1".repeat(32)}`, "0")[0]?.human).toBeNull();
});

test("rowsOf: a list has its places in the path, and what has no name gets its position", () => {
  const rows = rowsOf({ name: "", type: "bytes32[]" }, ["0x01", "0x02"], "1");
  expect(rows.map(({ path, exact }) => [path, exact])).toEqual([
    ["1[0]", "0x01"],
    ["1[1]", "0x02"],
  ]);
  expect(rowsOf({ name: "ids", type: "bytes32[]" }, [], "0")).toMatchObject([{ path: "ids", exact: "[]" }]);
});

test("rowsOf: a hostile text is cut and a hostile list ends", () => {
  const [row] = rowsOf({ name: "uri", type: "string" }, "x".repeat(100_000), "0");
  expect(row?.exact.length).toBe(2_001);
  const many = Array.from({ length: 5_000 }, () => 1n);
  expect(rowsOf({ name: "batches", type: "uint256[]" }, many, "0").length).toBe(100);
});
