import { mass, percent } from "../../format";
import { ledgerText } from "../../strings/ledgerText";
import type { Group } from "./breakdown";
import { along } from "./chartScale";

const words = ledgerText.breakdown.columns;
const WIDTH = 1000;

function Bar({ group, whole }: { group: Group; whole: bigint }) {
  const at = (value: bigint) => along(value, whole, WIDTH);
  const [low, high] = [at(group.low_ug), at(group.high_ug)];
  return (
    <svg viewBox={`0 0 ${WIDTH} 22`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="chart-footprint" x="0" y="4" width={Math.max(at(group.central_ug), 2)} height="14" />
      <path className="chart-whisker" d={`M${low} 11H${high}M${low} 5v12M${high} 5v12`} />
    </svg>
  );
}

interface Props {
  caption: string;
  /** What the groups are of. */
  head: string;
  groups: readonly Group[];
}

/** Groups with their sums: a table that has bars in it, so that picture and figures are never apart. */
export function BarTable({ caption, head, groups }: Props) {
  let [longest, sum] = [0n, 0n];
  for (const { high_ug, central_ug } of groups) {
    longest = high_ug > longest ? high_ug : longest;
    sum += central_ug;
  }
  return (
    <table className="waterfall bar-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">
            <span className="visually-hidden">{words.bar}</span>
          </th>
          <th scope="col" className="number">
            {words.value}
          </th>
          <th scope="col" className="number">
            {words.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.label}>
            <th scope="row">{group.label}</th>
            <td className="waterfall-bar">
              <Bar group={group} whole={longest} />
            </td>
            <td className="number">
              {mass(group.central_ug, "half", 3)}
              <br />
              <span className="soft">{`${mass(group.low_ug, "down", 2)} – ${mass(group.high_ug, "up", 2)}`}</span>
            </td>
            <td className="number">{percent(group.central_ug, sum)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
