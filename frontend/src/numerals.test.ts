import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decimalText } from "./amounts";

/** The modules choose their language when they run, so that each visit has its own copies of them. */
beforeEach(() => vi.resetModules());
afterEach(() => localStorage.clear());

const LOCALES = [
  ["en", "en-GB"],
  ["de", "de-DE"],
] as const;

/** Our names of the ways to round, and the browser's. */
const MODES = [
  ["half", "halfExpand"],
  ["down", "trunc"],
  ["up", "expand"],
] as const;

async function numerals(language: string) {
  localStorage.setItem("greenledger-language", language);
  return import("./numerals");
}

const VALUES = [
  0n,
  1n,
  9n,
  10n,
  999n,
  1000n,
  12_344n,
  12_345n,
  12_355n,
  99_995n,
  999_949n,
  999_950n,
  10n ** 20n,
];

test.each(LOCALES)("significant: rounds and groups in %s as the browser does", async (language, locale) => {
  const { significant } = await numerals(language);
  for (const value of VALUES.flatMap((value) => [value, -value]).filter((value) => value !== 0n))
    for (const decimals of [0, 1, 3, 12])
      for (const digits of [1, 3, 4, 21]) {
        for (const [rounding, roundingMode] of MODES) {
          const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: digits, roundingMode });
          const expected = format.format(decimalText(value, decimals) as `${number}`);
          const shown = significant(value, decimals, digits, rounding);
          expect(shown, `${value} ${decimals} ${digits} ${rounding}`).toBe(expected);
        }
      }
});

test.each(LOCALES)("grouped and hundredths: write in %s as the browser does", async (language, locale) => {
  const { grouped, hundredths } = await numerals(language);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  for (const decimal of [
    "0",
    "0.5",
    "7.005",
    "12",
    "123.4",
    "1234.5678",
    "-1234.5",
    "999999.995",
    "1000000",
  ]) {
    expect(grouped(decimal)).toBe(whole.format(decimal as `${number}`));
    if (!decimal.startsWith("-")) expect(hundredths(decimal)).toBe(cents.format(decimal as `${number}`));
  }
  expect(grouped("1234.5", 2)).toBe(cents.format(1234.5));
});

test.each(LOCALES)(
  "dayOf, minuteOf and monthOf: write in %s as the browser does",
  async (language, locale) => {
    const { dayOf, minuteOf, monthOf } = await numerals(language);
    const months = new Intl.DateTimeFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" });
    const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    const minutes = new Intl.DateTimeFormat(locale, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: "UTC",
    });
    for (let month = 0; month < 12; month++)
      for (const [day, hour, minute] of [
        [1, 0, 0],
        [28, 23, 59],
      ] as const) {
        const date = new Date(Date.UTC(2025, month, day, hour, minute, 31));
        expect(dayOf(date)).toBe(days.format(date));
        expect(minuteOf(date)).toBe(minutes.format(date));
        expect(monthOf(date)).toBe(months.format(date));
      }
  },
);

test("dayOf and minuteOf: a number of seconds that no calendar has is a dash", async () => {
  const { dayOf, minuteOf } = await numerals("en");
  expect([dayOf(new Date(Number.NaN)), minuteOf(new Date(1e300))]).toEqual(["–", "–"]);
});
