/** What the rules between fields are made of: this field without that one, or with it. */

import type { Reader } from "./fields";

export function refuse(reader: Reader, names: readonly string[], problem: string, expected: string): void {
  for (const name of names) if (reader.has(name)) reader.fail(name, problem, expected);
}

/** `one` means nothing without `other`. */
export function together(reader: Reader, one: string, other: string): void {
  if (reader.has(one) && !reader.has(other))
    reader.fail(one, `given without ${other}`, `${other} as well, or neither`);
}

/** Measured energy needs its scope, and no PUE where the meter already includes it. */
export function checkMeasured(reader: Reader): void {
  if (reader.has("measured_uwh") && !reader.has("measurement_scope"))
    reader.fail("measurement_scope", "missing", "one of device, node, facility");
  together(reader, "measurement_scope", "measured_uwh");
  if (reader.value.get("measurement_scope") === "facility" && reader.has("pue_ppm"))
    reader.fail("pue_ppm", "given for energy of the facility", "no PUE: the meter already includes it");
}
