import { mass } from "../../format";
import { ledgerText } from "../../strings/ledgerText";
import { along, axisTicks } from "./chartScale";
import type { Bucket } from "./overTime";

const words = ledgerText.overTime;
const HEIGHT = 200;
const TOP = 14;
const LEFT = 66;
const LABELS = 30;
const COLUMN = 18;
const WIDEST = 640;
const [NARROW, WIDE] = [64, 120];

interface Props {
  buckets: readonly Bucket[];
  /** The short name of a bucket under its columns. */
  nameOf: (key: string) => string;
}

function Columns({ bucket, middle, whole }: { bucket: Bucket; middle: number; whole: bigint }) {
  const up = (value: bigint) => along(value, whole, HEIGHT);
  const ground = TOP + HEIGHT;
  const [central, low, high] = [up(bucket.central_ug), up(bucket.low_ug), up(bucket.high_ug)];
  const covered = up(bucket.covered_ug);
  const whisker = middle - COLUMN / 2 - 2;
  return (
    <g>
      <rect
        className="chart-footprint"
        x={middle - COLUMN - 2}
        y={ground - central}
        width={COLUMN}
        height={central}
      />
      {bucket.high_ug > 0n && (
        <path
          className="chart-whisker"
          d={`M${whisker - 5} ${ground - high}h10m-5 0V${ground - low}m-5 0h10`}
        />
      )}
      <rect className="chart-covered" x={middle + 2} y={ground - covered} width={COLUMN} height={covered} />
    </g>
  );
}

function Axis({ ticks, width }: { ticks: readonly bigint[]; width: number }) {
  const whole = ticks.at(-1) ?? 1n;
  return (
    <g>
      {ticks.map((tick) => {
        const y = TOP + HEIGHT - along(tick, whole, HEIGHT);
        return (
          <g key={String(tick)}>
            <line className="chart-line" x1={LEFT} x2={width} y1={y} y2={y} />
            <text className="chart-text" x={LEFT - 8} y={y + 4} textAnchor="end">
              {mass(tick, "half", 3)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Legend() {
  const swatches = [
    { name: words.footprint, mark: <rect className="chart-footprint" width="14" height="14" /> },
    { name: words.bounds, mark: <path className="chart-whisker" d="M2 1h10m-5 0V13m-5 0h10" /> },
    { name: words.covered, mark: <rect className="chart-covered" width="14" height="14" /> },
  ];
  return (
    <ul className="chart-legend" aria-hidden="true">
      {swatches.map(({ name, mark }) => (
        <li key={name}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            {mark}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Two columns for each bucket: what was emitted, with its bounds, and what of it is covered. */
export function ColumnChart({ buckets, nameOf }: Props) {
  let most = 0n;
  for (const { high_ug, covered_ug } of buckets)
    for (const value of [high_ug, covered_ug]) most = value > most ? value : most;
  const ticks = axisTicks(most);
  const whole = ticks.at(-1) ?? 1n;
  const space = Math.max(NARROW, Math.min(WIDE, Math.floor(WIDEST / buckets.length)));
  const width = LEFT + space * buckets.length;
  const height = TOP + HEIGHT + LABELS;
  const [first, last] = [buckets[0], buckets.at(-1)];
  const label = words.alt(buckets.length, nameOf(first?.key ?? ""), nameOf(last?.key ?? ""));
  return (
    <>
      <Legend />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="chart-frame" aria-label={label} tabIndex={0}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
          <Axis ticks={ticks} width={width} />
          {buckets.map((bucket, index) => {
            const middle = LEFT + space * index + space / 2;
            return (
              <g key={bucket.key}>
                <Columns bucket={bucket} middle={middle} whole={whole} />
                <text className="chart-text" x={middle} y={height - 10} textAnchor="middle">
                  {nameOf(bucket.key)}
                </text>
              </g>
            );
          })}
        </svg>
      </section>
    </>
  );
}
