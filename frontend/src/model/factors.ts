import { exact, ordered, type Range } from "./ranges";
import { InvalidJson, isList, isObject, type Json, type JsonObject } from "./strictJson";

const HISTORY = /\/(?:19|20)[0-9]{2}$/;

/** One row of a factor set. `unit` names the base unit of the three integers of `value`. */
export interface Factor {
  readonly key: string;
  readonly unit: string;
  readonly value: Range;
  readonly year: number;
  readonly sourceId: string;
  readonly licence: string;
  readonly evidence: string;
}

/** No row has this key. */
export class UnknownFactor extends Error {
  override name = "UnknownFactor";
}

/**
 * Every number of the model that does not come from the workload, as rows sorted by key. A row `KEY/2021` is the history
 * of the row `KEY`. `labels` name things for people; they carry no number and so are outside the hash.
 */
export class FactorSet {
  private readonly histories: ReadonlyMap<string, ReadonlyMap<number, string>>;

  constructor(
    readonly setId: string,
    readonly rows: readonly Factor[],
    /** Citations by the id of their source. */
    readonly citations: ReadonlyMap<string, string>,
    readonly labels: ReadonlyMap<string, string>,
    private readonly byKey: ReadonlyMap<string, Factor>,
    /** A row that stands in place of the one with its key, and the histories, if they are known. */
    private readonly instead?: Factor,
    histories?: ReadonlyMap<string, ReadonlyMap<number, string>>,
  ) {
    this.histories = histories ?? historiesOf(rows, byKey);
  }

  /** The row with this key. Throws UnknownFactor. */
  row(key: string): Factor {
    if (key === this.instead?.key) return this.instead;
    const found = this.byKey.get(key);
    if (found === undefined) throw new UnknownFactor(key);
    return found;
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  /** What stands between `prefix` and `suffix` in the keys that have both, sorted, without history. */
  names(prefix: string, suffix = ""): string[] {
    return this.rows
      .map(({ key }) => key)
      .filter((key) => key.startsWith(prefix) && key.endsWith(suffix) && !HISTORY.test(key))
      .map((key) => key.slice(prefix.length, key.length - suffix.length));
  }

  /** The keys of all rows of this quantity by their year; undefined where there is no history. */
  years(key: string): ReadonlyMap<number, string> | undefined {
    return this.histories.get(key);
  }

  /** Name for people, or the key itself where there is none. */
  label(key: string): string {
    return this.labels.get(key) ?? key;
  }

  /** This set as if one row were known exactly: its bounds at its central value. */
  withExact(key: string): FactorSet {
    const row = this.row(key);
    const known = { ...row, value: exact(row.value.central) };
    const { setId, rows, citations, labels, byKey, histories } = this;
    return new FactorSet(setId, rows, citations, labels, byKey, known, histories);
  }
}

function historiesOf(rows: readonly Factor[], byKey: ReadonlyMap<string, Factor>) {
  const found = new Map<string, Map<number, string>>();
  for (const { key, year } of rows) {
    if (!HISTORY.test(key)) continue;
    const base = key.slice(0, -5);
    const years = found.get(base) ?? new Map<number, string>();
    found.set(base, years.set(year, key));
  }
  for (const [key, years] of found) {
    const row = byKey.get(key);
    if (row === undefined) throw new UnknownFactor(key);
    years.set(row.year, key);
  }
  return found;
}

function text(row: JsonObject, name: string): string {
  const value = row.get(name);
  if (typeof value === "string") return value;
  throw new InvalidJson(`factor set: ${name} is not text`);
}

function whole(row: JsonObject, name: string): bigint {
  const value = text(row, name);
  if (/^(?:0|[1-9][0-9]*)$/.test(value)) return BigInt(value);
  throw new InvalidJson(`factor set: ${name} is not a whole number`);
}

function member(row: Json | undefined, name: string): JsonObject {
  const value = isObject(row) ? row.get(name) : undefined;
  if (isObject(value)) return value;
  throw new InvalidJson(`factor set: ${name} is not an object`);
}

function readRow(row: Json): Factor {
  if (!isObject(row)) throw new InvalidJson("factor set: a row is not an object");
  return {
    key: text(row, "key"),
    unit: text(row, "unit"),
    value: ordered(whole(row, "low"), whole(row, "central"), whole(row, "high")),
    year: Number(whole(row, "year")),
    sourceId: text(row, "source_id"),
    licence: text(row, "licence"),
    evidence: text(row, "evidence"),
  };
}

/** Reads a factor set file. Throws InvalidJson or RangeError where it is not one. */
export function readFactorSet(document: Json): FactorSet {
  const sources = member(document, "sources");
  const listed = isObject(document) ? document.get("rows") : undefined;
  if (!isObject(document) || !isList(listed)) throw new InvalidJson("factor set: rows is not a list");
  const rows = listed.map(readRow);
  const citations = new Map([...sources.keys()].map((id) => [id, text(member(sources, id), "citation")]));
  rows.forEach(({ key, sourceId }, index) => {
    const before = rows[index - 1];
    if (before !== undefined && !(before.key < key))
      throw new InvalidJson("factor set: expected rows sorted by key, each key once");
    if (!citations.has(sourceId))
      throw new InvalidJson(`factor set: row ${key} names an unknown source ${sourceId}`);
  });
  const labels = member(document, "labels");
  const named = new Map([...labels.keys()].map((key) => [key, text(labels, key)]));
  return new FactorSet(
    text(document, "set_id"),
    rows,
    citations,
    named,
    new Map(rows.map((row) => [row.key, row])),
  );
}
