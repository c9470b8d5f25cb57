import type { Explanation, Step } from "../../api/types";
import { energy, mass } from "../../format";
import { text } from "../../strings/text";

const words = text.record.waterfall;
const WIDTH = 1000;
const HEIGHT = 22;
const FORMATS = { uWh: energy, ug: mass } as const;

export interface Bar {
  step: Step;
  /** Where the bar begins: embodied carbon stands on the end of operational carbon. In the step's unit. */
  from: bigint;
}

/** The bars of one unit, each beginning where the one it adds to ends. */
export function barsOf(steps: readonly Step[], unit: Step["unit"]): Bar[] {
  const operational = steps.find(({ name }) => name === "operational");
  return steps
    .filter((step) => step.unit === unit)
    .map((step) => ({ step, from: step.name === "embodied" ? BigInt(operational?.central ?? 0) : 0n }));
}

/** The right end of the picture: where the longest of the bars may end. */
function endOf(bars: readonly Bar[]): bigint {
  let end = 0n;
  for (const { step, from } of bars) if (from + BigInt(step.high) > end) end = from + BigInt(step.high);
  return end;
}

function Row({ bar: { step, from }, end }: { bar: Bar; end: bigint }) {
  const format = FORMATS[step.unit];
  const at = (value: bigint) => (end === 0n ? 0 : Number(((from + value) * 1000n) / end));
  const [low, central, high] = [BigInt(step.low), BigInt(step.central), BigInt(step.high)];
  return (
    <tr>
      <th scope="row">{words.steps[step.name]}</th>
      <td className="waterfall-bar">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <rect className="bar-range" x={at(low)} y="3" width={Math.max(at(high) - at(low), 2)} height="16" />
          <rect className="bar-mark" x={at(0n)} y="8" width={Math.max(at(central) - at(0n), 3)} height="6" />
        </svg>
      </td>
      <td className="number">
        {format(central, "half", 3)}
        <br />
        <span className="soft">{`${format(low, "down", 2)} – ${format(high, "up", 2)}`}</span>
      </td>
    </tr>
  );
}

/** From the energy of the machines to the carbon: each stage with its bounds. A table that has bars in it. */
export function Waterfall({ explanation }: { explanation: Explanation }) {
  return (
    <table className="waterfall">
      <caption>{words.caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.stage}</th>
          <th scope="col">{words.bar}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      {(["uWh", "ug"] as const).map((unit) => {
        const bars = barsOf(explanation.steps, unit);
        const end = endOf(bars);
        return (
          <tbody key={unit}>
            {bars.map((bar) => (
              <Row key={bar.step.name} bar={bar} end={end} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}
