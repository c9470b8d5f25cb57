/** Starts of a cell that a spreadsheet would take for a formula, and run; behind apostrophes, so that each can be undone. */
const FORMULA_START = /^'*[=+\-@\t\r]/;
const MARKED = /^'+[=+\-@\t\r]/;
const WHOLE_NUMBER = /^-?\d+$/;

export type Cell = string | number | bigint;

/** A cell that a spreadsheet shows and does not run: texts on a ledger were written by anybody. */
function cell(value: Cell): string {
  const plain = String(value);
  const harmless = FORMULA_START.test(plain) && !WHOLE_NUMBER.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** CSV as in RFC 4180, with a header. A text that would be taken for a formula gets an apostrophe in front. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** The rows of a CSV, its header first: what `csvText` wrote, without loss. Throws `SyntaxError` for an open quotation. */
export function readCsv(text: string): string[][] {
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  for (CELL.lastIndex = text.startsWith("\ufeff") ? 1 : 0; CELL.lastIndex < text.length; ) {
    const place = CELL.lastIndex;
    const [, quoted, plain = "", end] = CELL.exec(text) ?? [];
    if (end === undefined) throw new SyntaxError(`not CSV at character ${place}`);
    const value = quoted?.replaceAll('""', '"') ?? plain;
    row.push(MARKED.test(value) ? value.slice(1) : value);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return row.length === 0 ? rows : [...rows, [...row, ""]];
}
