import { decimalText } from "./amounts";
import { LANGUAGE } from "./strings/language";

/**
 * Numbers and dates as the reader's language writes them. By hand, because the first use of the browser's own `Intl`
 * loads its data: 20 to 30 ms of a fast desk computer, more than all else that the first sight of a page takes.
 */

const IS_GERMAN = LANGUAGE === "de";
const GROUP = IS_GERMAN ? "." : ",";
const POINT = IS_GERMAN ? "," : ".";
const MONTHS = (
  IS_GERMAN
    ? "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."
    : "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"
).split(" ");

/** A decimal text with digit groups, and at least so many digits after the point: "1,082,990.50". */
export function grouped(decimal: string, minFraction = 0): string {
  const [whole = "", fraction = ""] = decimal.split(".");
  const shown = whole.replace(/\B(?=(\d{3})+$)/g, GROUP);
  const after = fraction.padEnd(minFraction, "0");
  return after === "" ? shown : shown + POINT + after;
}

/** How digits are taken away: to the nearest, never to more, never to less, or not at all. */
export type Rounding = "half" | "down" | "up" | "exact";

/** A quantity of `decimals` digits after the point, with so many digits that count: "52.98". */
export function significant(value: bigint, decimals: number, digits: number, rounding: Rounding): string {
  const size = value < 0n ? -value : value;
  const dropped = rounding === "exact" ? 0 : Math.max(0, size.toString().length - digits);
  const unit = 10n ** BigInt(dropped);
  const added = rounding === "up" ? unit - 1n : rounding === "half" ? unit / 2n : 0n;
  const kept = ((size + added) / unit) * unit;
  return grouped(decimalText(value < 0n ? -kept : kept, decimals));
}

/** A decimal text of digits alone, rounded to two of them after the point: "1,234.50". */
export function hundredths(decimal: string): string {
  const [whole = "", fraction = ""] = decimal.split(".");
  const unit = 10n ** BigInt(Math.max(0, fraction.length - 2));
  const cents = (BigInt(whole + fraction.padEnd(2, "0")) + unit / 2n) / unit;
  return grouped(decimalText(cents, 2), 2);
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** The day of a moment, in UTC: "11 Mar 2022"; a dash for what no calendar has. */
export function dayOf(date: Date): string {
  const [day, month, year] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()];
  if (Number.isNaN(year)) return "–";
  return IS_GERMAN ? `${twoDigits(day)}.${twoDigits(month + 1)}.${year}` : `${day} ${MONTHS[month]} ${year}`;
}

/** The day and the minute, in UTC: "11 Mar 2022, 14:05". */
export function minuteOf(date: Date): string {
  const time = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
  return Number.isNaN(date.getTime()) ? "–" : `${dayOf(date)}, ${time}`;
}

/** The month and the last two digits of the year, in UTC: "Mar 22". */
export function monthOf(date: Date): string {
  return `${MONTHS[date.getUTCMonth()]} ${twoDigits(date.getUTCFullYear() % 100)}`;
}
