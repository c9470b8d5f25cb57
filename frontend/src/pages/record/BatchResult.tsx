import type { Rejection, UploadSummary } from "../../api/upload";
import { rejectionsCsv } from "../../flows/batchUpload";
import { count } from "../../format";
import { saveText } from "../../saveText";
import { text } from "../../strings/text";

const words = text.record.batch;
const MOST_SHOWN = 50;

function Rows({ rows }: { rows: readonly Rejection[] }) {
  const { columns } = words;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="table-frame" aria-labelledby="rejected" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[columns.line, columns.field, columns.reason, columns.expected].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, entry, field, reason, expected }) => (
            <tr key={`${line} ${entry} ${field} ${reason}`}>
              <td className="number">{entry === 0 ? words.wholeFile : count(line)}</td>
              <td className="mono">{field}</td>
              <td className="cell-text">{reason}</td>
              <td className="cell-text">{expected}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rejected({ name, summary }: { name: string; summary: UploadSummary }) {
  const { rejections, more_rejections: more } = summary;
  const shown = rejections.slice(0, MOST_SHOWN);
  return (
    <div className="stack-tight">
      <h3 id="rejected">{words.rejected}</h3>
      <Rows rows={shown} />
      {rejections.length > shown.length && (
        <p className="hint">{words.shown(count(shown.length), count(rejections.length))}</p>
      )}
      {more > 0 && <p className="hint">{words.unlisted(count(more))}</p>}
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => saveText(`${name}-rejected.csv`, rejectionsCsv(rejections), "text/csv")}
        >
          {words.downloadRejected}
        </button>
      </div>
    </div>
  );
}

/** What became of the rows of a file. `name` is the file's name without its ending. */
export function BatchResult({ name, summary }: { name: string; summary: UploadSummary }) {
  const { rows, accepted, rejected, duplicates, complete, rejections } = summary;
  return (
    <div className="stack">
      <p role="status">{words.sofar(count(rows), count(accepted), count(rejected))}</p>
      {duplicates > 0 && <p className="small soft">{words.duplicates(count(duplicates))}</p>}
      {!complete && <p className="field-error">{words.incomplete}</p>}
      {rejections.length > 0 && <Rejected name={name} summary={summary} />}
    </div>
  );
}
