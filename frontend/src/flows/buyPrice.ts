const PPM = 1_000_000n;
/** How far a price may rise between the quote and the block. */
const MARGIN_PPM = 10_000n;

/** The most to pay for a quote, in base units of the payment token: one per cent more, rounded up. */
export function maxPriceOf(price: bigint): bigint {
  return price + (price * MARGIN_PPM + PPM - 1n) / PPM;
}
