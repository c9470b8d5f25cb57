import type { AbiParameter, Hex } from "viem";
import { carbon, count, energy, keyText, moment, percent, water } from "../../format";

/** One value of a call, an event or an answer, with its path inside structs and lists. */
export interface ValueRow {
  path: string;
  type: string;
  /** All of it, as the chain has it. */
  exact: string;
  /** The same for people, where its name says what it is. */
  human: string | null;
}

/** Longer texts and lists than this are cut: the raw data below shows all of it. */
const MOST_ITEMS = 100;
const MOST_CHARACTERS = 2_000;
const PPM = 1_000_000n;
const MOMENTS = new Set([
  ...["period_start", "period_end", "recorded_at", "retired_at", "minted_at", "effective_at", "deadline"],
  ...["valid_until", "valid_after", "valid_before", "quote_until", "permit_deadline", "timestamp"],
]);
/** Names of bytes32 that hold a text. */
const KEYS = new Set(["registry", "key"]);
/** Years 2001 to 2100: a number outside is no moment, such as the largest one for "never". */
const MOMENT_FROM = 978_307_200n;
const MOMENT_TO = 4_102_444_800n;

const UNITS: readonly [suffix: string, (value: bigint) => string][] = [
  ["_ug", (value) => carbon(value)],
  ["_uwh", energy],
  ["_ul", water],
  ["_ppm", (value) => percent(value, PPM)],
  ["_mg_per_kwh", (value) => `${count(value)} mg/kWh`],
  ["_ul_per_kwh", (value) => `${count(value)} µL/kWh`],
  ["_mw", (value) => `${count(value)} mW`],
];

function unitOf(name: string) {
  // The longest suffix counts: `ul_per_kwh` also ends like energy would.
  const fitting = UNITS.filter(([suffix]) => name.endsWith(suffix));
  return fitting.sort(([one], [other]) => other.length - one.length)[0]?.[1];
}

/** `path` has the names from the outside in: the low bound of `energy_uwh` has its unit from there. */
function humanOf(names: readonly string[], type: string, value: unknown): string | null {
  const last = names.at(-1) ?? "";
  if (type === "bytes32" && KEYS.has(last)) {
    const read = keyText(value as Hex);
    return read.includes("…") ? null : read;
  }
  if (!/^u?int/.test(type)) return null;
  const number = BigInt(value as bigint | number);
  if (MOMENTS.has(last)) return number >= MOMENT_FROM && number <= MOMENT_TO ? moment(number) : null;
  for (const name of names.toReversed()) {
    const unit = unitOf(name);
    if (unit) return unit(number);
  }
  return null;
}

function exactOf(value: unknown): string {
  const written = String(value);
  return written.length > MOST_CHARACTERS ? `${written.slice(0, MOST_CHARACTERS)}…` : written;
}

function walk(parameter: AbiParameter, value: unknown, path: string, names: readonly string[]): ValueRow[] {
  const list = /^(.*)\[\d*\]$/.exec(parameter.type);
  if (list) {
    const items = value as readonly unknown[];
    const inner = { ...parameter, type: list[1] ?? "" } as AbiParameter;
    if (items.length === 0) return [{ path, type: parameter.type, exact: "[]", human: null }];
    return items.slice(0, MOST_ITEMS).flatMap((item, at) => walk(inner, item, `${path}[${at}]`, names));
  }
  if (parameter.type === "tuple") {
    const { components } = parameter as AbiParameter & { components: readonly AbiParameter[] };
    return components.flatMap((component, at) => {
      const name = component.name || String(at);
      const inner = Array.isArray(value) ? value[at] : (value as Record<string, unknown>)[name];
      return walk(component, inner, path === "" ? name : `${path}.${name}`, [...names, name]);
    });
  }
  return [
    { path, type: parameter.type, exact: exactOf(value), human: humanOf(names, parameter.type, value) },
  ];
}

/** A decoded value as rows, one for each thing that is not a struct or a list. `position` names what has no name. */
export function rowsOf(parameter: AbiParameter, value: unknown, position: string): ValueRow[] {
  const name = parameter.name || position;
  return walk(parameter, value, name, [name]);
}
