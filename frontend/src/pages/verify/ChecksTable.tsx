import { type Check, isEqual } from "../../evidence/checks";
import { short } from "../../format";
import { verify } from "../../strings/verifyText";

const words = verify.table;
const COLUMNS = ["stated", "chain", "recomputed"] as const;
const MOST_ROWS = 400;

function Outcome({ check }: { check: Check }) {
  const equal = isEqual(check);
  if (equal === undefined) return <span className="soft">{words.outcomes.single}</span>;
  return equal ? (
    <span className="badge">{words.outcomes.equal}</span>
  ) : (
    <span className="badge badge-bad">{words.outcomes.different}</span>
  );
}

/** The values of a row in short, unless that hides what is different. */
function brief(check: Check): Check {
  const values = COLUMNS.map((column) => check[column]);
  const shortened = values.map((value) => (value?.startsWith("0x") ? short(value) : value));
  if (new Set(shortened).size < new Set(values).size) return check;
  const [stated, chain, recomputed] = shortened;
  return { field: check.field, stated, chain, recomputed };
}

/** Rows of a list that is not too long to read; what differs is always among them. */
function shownOf(checks: readonly Check[]): readonly Check[] {
  if (checks.length <= MOST_ROWS) return checks;
  const different = checks.filter((check) => isEqual(check) === false);
  return [...different, ...checks.filter((check) => isEqual(check) !== false)].slice(0, MOST_ROWS);
}

/** Every field as it is in the file, on the ledger and recomputed. */
export function ChecksTable({ checks }: { checks: readonly Check[] }) {
  const columns = COLUMNS.filter((column) => checks.some((check) => check[column] !== undefined));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard
    <section className="table-frame" tabIndex={0} aria-label={words.caption}>
      <table>
        <caption className="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.equal}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {words[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shownOf(checks).map((check) => (
            <tr key={check.field}>
              <th scope="row" className="mono">
                {check.field}
              </th>
              <td>
                <Outcome check={check} />
              </td>
              {columns.map((column) => (
                <td key={column} className="mono" title={check[column]}>
                  {brief(check)[column] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
