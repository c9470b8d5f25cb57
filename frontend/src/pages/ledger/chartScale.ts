/** Where things stand in a chart: from base units to pixels. */

const MOST_TICKS = 5n;

/** The smallest of 1, 2 and 5 times a power of ten that is not less than `value`. */
function round(value: bigint): bigint {
  let power = 1n;
  while (power * 10n <= value) power *= 10n;
  return [1n, 2n, 5n, 10n].map((factor) => factor * power).find((step) => step >= value) ?? value;
}

/** Round values from 0 up to at least `most`, at most six of them: the lines of an axis. */
export function axisTicks(most: bigint): readonly bigint[] {
  const step = round(most < MOST_TICKS ? 1n : (most + MOST_TICKS - 1n) / MOST_TICKS);
  const ticks = [0n];
  for (let tick = step; ticks.length === 1 || (ticks.at(-1) ?? 0n) < most; tick += step) ticks.push(tick);
  return ticks;
}

/** The part of `length` that a value has of a whole, in whole pixels; never outside. */
export function along(value: bigint, whole: bigint, length: number): number {
  if (whole <= 0n || value <= 0n) return 0;
  const part = (value * BigInt(length) * 2n + whole) / (whole * 2n);
  return Math.min(Number(part), length);
}
