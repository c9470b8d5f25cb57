import { expect, test } from "vitest";
import {
  carbon,
  count,
  countryName,
  day,
  dollars,
  energy,
  keyText,
  mass,
  moment,
  percent,
  short,
  water,
} from "./format";

test.each([
  [0n, "0 g"],
  [1n, "1 µg"],
  [999n, "999 µg"],
  [1_000n, "1 mg"],
  [1_234_567n, "1.235 g"],
  [250n * 10n ** 9n, "250 kg"],
  [52_981_032_912_557n, "52.98 t"],
  [8_930_000_000_000_001n, "8.93 kt"],
  [2n ** 72n - 1n, "4.722 Gt"],
])("mass: %s ug reads %s", (ug, expected) => {
  expect(mass(ug)).toBe(expected);
});

test.each([
  ["down", 999_960_000_000n, "999.9 kg"],
  ["up", 999_910_000_000n, "1,000 kg"],
  ["half", 999_960_000_000n, "1,000 kg"],
  ["exact", 999_960_000_000n, "999.96 kg"],
  ["down", 1_234_567_890_000n, "1.234 t"],
  ["up", 1_234_000_000_001n, "1.235 t"],
  ["exact", 1_234_567_890_000n, "1.23456789 t"],
  ["exact", 2n ** 72n - 1n, "4.722366482869645213695 Gt"],
  ["down", 0n, "0 g"],
] as const)("mass: %s, %s ug reads %s", (rounding, ug, expected) => {
  expect(mass(ug, rounding)).toBe(expected);
});

test("carbon: says what is weighed", () => {
  expect(carbon(10n ** 12n)).toBe("1 t CO₂e");
  expect(carbon(999_960_000_000n, "down")).toBe("999.9 kg CO₂e");
});

test("energy and water: take the unit that fits", () => {
  expect(energy(519_835_200_000_000n)).toBe("519.8 MWh");
  expect(energy(0n)).toBe("0 kWh");
  expect(energy(240_000n)).toBe("240 mWh");
  expect(water(129_958_800_000n)).toBe("130 m³");
});

test("percent: is rounded down, so that only all of it is 100 %", () => {
  expect(percent(999_999n, 1_000_000n)).toBe("99.9 %");
  expect(percent(5n, 5n)).toBe("100 %");
  expect(percent(12n, 10n)).toBe("120 %");
  expect(percent(1n, 0n)).toBe("0 %");
});

test("dollars: shows cents, and a dash for what is no amount", () => {
  expect(dollars("1234.5")).toBe("USD 1,234.50");
  expect(dollars("<b>")).toBe("USD –");
});

test("day and moment: are in UTC whatever the reader's zone", () => {
  expect(day(1_646_956_800n)).toBe("11 Mar 2022");
  expect(moment(1_657_065_599)).toBe("5 Jul 2022, 23:59 UTC");
});

test("country: has its name in the reader's language, and none without a code", () => {
  expect(countryName("FR")).toBe("France");
  expect(countryName("XQ")).toBeUndefined();
  expect(countryName("France")).toBeUndefined();
});

test("short, count and keyText: are for people", () => {
  expect(short("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")).toBe("0xf39F…2266");
  expect(count(1_082_990n)).toBe("1,082,990");
  expect(keyText(`0x${"696372".padEnd(64, "0")}`)).toBe("icr");
  expect(keyText(`0x${"ff".repeat(32)}`)).toBe("0xffff…ffff");
});
