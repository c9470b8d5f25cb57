import { count } from "../format";
import { explore } from "../strings/exploreText";

const words = explore.account;

/** Rows of a list that are shown: `size` of them from the page's first one on. */
export function shownRows<T>(rows: readonly T[], page: number, size: number): readonly T[] {
  const last = lastPage(rows.length, size);
  const start = Math.min(page, last) * size;
  return rows.slice(start, start + size);
}

/** Number of the last page, from 0. */
export function lastPage(rows: number, size: number): number {
  return Math.max(Math.ceil(rows / size) - 1, 0);
}

interface Props {
  label: string;
  rows: number;
  size: number;
  /** Number of the page, from 0. */
  page: number;
  onPage: (page: number) => void;
}

/** Moves through a list that is too long to show at once. Nothing where it is not. */
export function Pager({ label, rows, size, page: asked, onPage }: Props) {
  const last = lastPage(rows, size);
  const page = Math.min(asked, last);
  if (last === 0) return null;
  const steps = [
    { name: words.first, to: 0, off: page === 0 },
    { name: words.previous, to: page - 1, off: page === 0 },
    { name: words.next, to: page + 1, off: page === last },
    { name: words.last, to: last, off: page === last },
  ];
  const end = Math.min((page + 1) * size, rows);
  return (
    <nav className="pager" aria-label={`${words.pages}: ${label}`}>
      <p className="small soft number" role="status">
        {words.page(count(page * size + 1), count(end), count(rows))}
      </p>
      <div className="actions">
        {steps.map(({ name, to, off }) => (
          <button key={name} type="button" className="button" disabled={off} onClick={() => onPage(to)}>
            {name}
          </button>
        ))}
      </div>
    </nav>
  );
}
