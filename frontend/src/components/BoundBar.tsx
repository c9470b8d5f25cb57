import { carbon } from "../format";
import { text } from "../strings/publicText";

interface Props {
  low: bigint;
  central: bigint;
  high: bigint;
}

const WIDTH = 1000;
const HEIGHT = 22;
const MARK = 6;

/** Where a quantity lies on the bar, whose right end is a little beyond the high bound. */
function place(value: bigint, high: bigint): number {
  return high === 0n ? 0 : Number((value * 960n) / high);
}

/** Low, central and high of an amount of carbon, as a bar and as text. */
export function BoundBar({ low, central, high }: Props) {
  const from = place(low, high);
  const to = place(high, high);
  // Outwards, so that no bound is shown as narrower than it is.
  const shown = { low: carbon(low, "down"), central: carbon(central), high: carbon(high, "up") };
  const label = text.bounds.label(shown.low, shown.high, shown.central);
  return (
    <figure className="bounds">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <rect className="bar-track" x="0" y="7" width={WIDTH} height="8" rx="4" />
        <rect className="bar-range" x={from} y="3" width={Math.max(to - from, MARK)} height="16" rx="4" />
        <rect
          className="bar-mark"
          x={place(central, high) - MARK / 2}
          y="0"
          width={MARK}
          height={HEIGHT}
          rx="2"
        />
      </svg>
      <dl className="bounds-scale">
        {(["low", "central", "high"] as const).map((name) => (
          <div key={name}>
            <dt>{text.bounds[name]}</dt>
            <dd>{shown[name]}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
