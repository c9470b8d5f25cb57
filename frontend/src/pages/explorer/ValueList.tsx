import { Fact } from "../../components/Fact";
import { explorer } from "../../strings/explorerText";
import { ExplorerHash } from "./ExplorerHash";
import type { ValueRow } from "./values";

const words = explorer;

function Exact({ row }: { row: ValueRow }) {
  if (row.type === "address") return <ExplorerHash value={row.exact} path="address" full />;
  return <span className="mono break small">{row.exact === "" ? words.emptyText : row.exact}</span>;
}

/** Decoded values: the name, the same for people where a unit is known, and what the chain has. */
export function ValueList({ rows }: { rows: readonly ValueRow[] }) {
  if (rows.length === 0) return <p className="soft">{words.noValues}</p>;
  return (
    <dl className="facts values">
      {rows.map((row) => (
        <Fact key={row.path} name={`${row.path} ${row.type}`}>
          {row.human && <div>{row.human}</div>}
          <Exact row={row} />
        </Fact>
      ))}
    </dl>
  );
}
