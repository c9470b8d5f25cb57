import { count, mass, percent } from "../../format";
import { monthOf } from "../../numerals";
import { ledgerText } from "../../strings/ledgerText";
import { ColumnChart } from "./ColumnChart";
import type { Bucket, OverTime } from "./overTime";

const words = ledgerText.overTime;

/** "2025-03" becomes "Mar 25"; a year stays as it is. */
export function bucketName(key: string): string {
  return key.includes("-") ? monthOf(new Date(`${key}-01T00:00:00Z`)) : key;
}

function Row({ bucket }: { bucket: Bucket }) {
  const { key, low_ug, central_ug, high_ug, covered_ug } = bucket;
  return (
    <tr>
      <th scope="row">{bucketName(key)}</th>
      <td className="end">{count(bucket.count)}</td>
      <td className="end">{mass(low_ug, "down")}</td>
      <td className="end">{mass(central_ug)}</td>
      <td className="end">{mass(high_ug, "up")}</td>
      <td className="end">{mass(covered_ug, "down")}</td>
      <td className="end">{percent(covered_ug, high_ug)}</td>
    </tr>
  );
}

function Table({ unit, buckets }: OverTime) {
  const { columns } = words;
  return (
    <details>
      <summary>{words.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="table-frame" aria-label={words.table} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{columns[unit]}</th>
              {(["attestations", "low", "central", "high", "covered", "share"] as const).map((name) => (
                <th key={name} scope="col" className="end">
                  {columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((bucket) => (
              <Row key={bucket.key} bucket={bucket} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** What was emitted and what is covered, month by month or year by year; the same figures as a picture and as a table. */
export function CoverageOverTime({ series }: { series: OverTime }) {
  if (series.buckets.length === 0) return null;
  return (
    <section className="card" aria-labelledby="over-time">
      <h2 id="over-time">{words.title}</h2>
      <figure className="chart">
        <figcaption className="small soft">{words.caption[series.unit]}</figcaption>
        <ColumnChart buckets={series.buckets} nameOf={bucketName} />
        <Table {...series} />
      </figure>
    </section>
  );
}
