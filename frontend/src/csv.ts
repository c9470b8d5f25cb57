/** Starts of a cell that a spreadsheet would take for a formula, and run. */
const FORMULA_START = /^[=+\-@\t\r]/;
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
