/** Integer ranges: low bound, central value and high bound, which pass through every stage of the model. */

/**
 * Bounds under stated factors, not confidence limits. Always 0 <= low <= central <= high. The unit is in the name of
 * whatever holds the range. The operations keep the order, because every one of them rises in each of its arguments.
 */
export interface Range {
  readonly low: bigint;
  readonly central: bigint;
  readonly high: bigint;
}

const MILLION = 1_000_000n;

export const ZERO: Range = { low: 0n, central: 0n, high: 0n };

/** A checked range. Throws RangeError if the order is broken. */
export function ordered(low: bigint, central: bigint, high: bigint): Range {
  if (!(0n <= low && low <= central && central <= high))
    throw new RangeError(`range out of order: expected 0 <= ${low} <= ${central} <= ${high}`);
  return { low, central, high };
}

/** A value with no spread. */
export function exact(value: bigint): Range {
  return { low: value, central: value, high: value };
}

/** Quotient rounded half up, for numerator >= 0 and denominator > 0. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Quotient rounded up, for numerator >= 0 and denominator > 0. */
export function ceilDiv(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

/** The smaller and the larger of two whole numbers: `Math` takes no bigints. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** A stated value as a range: exactly itself in the middle, bounds by its spread in parts per million. */
export function spread(value: bigint, spreadPpm: Range): Range {
  return {
    low: (value * spreadPpm.low) / MILLION,
    central: value,
    high: ceilDiv(value * spreadPpm.high, MILLION),
  };
}

export function plus(a: Range, b: Range): Range {
  return { low: a.low + b.low, central: a.central + b.central, high: a.high + b.high };
}

export function times(a: Range, b: Range): Range {
  return { low: a.low * b.low, central: a.central * b.central, high: a.high * b.high };
}

export function timesWhole(a: Range, factor: bigint): Range {
  return { low: a.low * factor, central: a.central * factor, high: a.high * factor };
}

/** One rounding of a stage: low down, central half up, high up, so that intervals only ever widen. */
export function divided(a: Range, denominator: bigint): Range {
  return {
    low: a.low / denominator,
    central: halfUp(a.central, denominator),
    high: ceilDiv(a.high, denominator),
  };
}

/** As `divided`, by an uncertain divisor > 0: the largest divisor gives the low bound. */
export function dividedBy(a: Range, divisor: Range): Range {
  return {
    low: a.low / divisor.high,
    central: halfUp(a.central, divisor.central),
    high: ceilDiv(a.high, divisor.low),
  };
}

/** Times a factor over a divisor, rounded once. */
export function scaled(a: Range, factor: Range, divisor: bigint): Range {
  return divided(times(a, factor), divisor);
}

/** As `scaled`, by an uncertain divisor > 0. */
export function scaledOver(a: Range, factor: Range, divisor: Range): Range {
  return dividedBy(times(a, factor), divisor);
}

/** A range times a ratio in parts per million, rounded once. */
export function scaledPpm(a: Range, sharePpm: Range): Range {
  return scaled(a, sharePpm, MILLION);
}

/** The sum of rounded parts, exactly. */
export function added(ranges: readonly Range[]): Range {
  return ranges.reduce(plus, ZERO);
}
