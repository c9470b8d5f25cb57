/** Rules between the fields of a workload: what goes together, what excludes what, and sums in range. */

import { checkPhase } from "./consistencyOfPhases";
import { deviceSecondsOf } from "./energy";
import type { FactorSet } from "./factors";
import { Reader } from "./fields";
import { LONGEST_S, MOST_DEVICES, MOST_TOKENS } from "./rules";
import { isList, isObject, type Json } from "./strictJson";
import { checkMeasured, refuse } from "./togetherness";
import type { Phase } from "./workload";

/** What was read; values that could not be read are undefined. */
type Values = Readonly<Record<string, unknown>>;

const TOKEN_FIELDS = [
  ...["model", "active_params", "total_params", "input_tokens", "output_tokens"],
  ...["cached_tokens", "reasoning_tokens", "batch"],
];
const TASK_FIELDS = ["task", "units"];
const SITE_FIELDS = ["place", "pue_ppm", "wue_ul_per_kwh", "grid_mg_per_kwh"];

/** All rules between the fields; findings are added to the reader. */
export function checkWorkload(reader: Reader, values: Values, factors: FactorSet): void {
  checkMeasured(reader);
  if (values.kind === "inference") checkInference(reader);
  else if (values.kind !== undefined) checkTraining(reader);
  phasesOf(reader).forEach((phase, index) => {
    if (isObject(phase))
      checkPhase(new Reader(phase, `${reader.at("phases")}[${index}]`, reader.errors), factors);
  });
  checkPhasesAndMeter(reader);
  if (values.start !== undefined && values.end !== undefined) checkTime(reader, values, factors);
  checkTokens(reader, values);
}

function phasesOf(reader: Reader): readonly Json[] {
  const phases = reader.value.get("phases");
  return isList(phases) ? phases : [];
}

function checkTraining(reader: Reader): void {
  const unless = "no such field unless kind is inference";
  refuse(reader, [...TOKEN_FIELDS, ...TASK_FIELDS, "requests"], "given for training", unless);
  if (!reader.has("phases") && !reader.has("measured_uwh"))
    reader.fail("phases", "missing", "phases (hardware and device time), measured_uwh, or both");
}

function checkInference(reader: Reader): void {
  const tokens = TOKEN_FIELDS.filter((name) => reader.has(name));
  const task = TASK_FIELDS.filter((name) => reader.has(name));
  if (reader.has("phases")) {
    const either = "either tokens or device time, not both";
    refuse(reader, [...tokens, ...task], "given together with phases", either);
  } else if (task.length > 0) {
    refuse(reader, tokens, "given together with task", "either tokens of a model or units of a task");
    for (const name of TASK_FIELDS)
      if (!reader.has(name)) reader.fail(name, "missing", "task (of the catalogue) and units");
  } else if (tokens.length > 0) checkModel(reader);
  else checkWithoutTokens(reader);
}

function checkModel(reader: Reader): void {
  if (reader.has("model") === reader.has("active_params")) {
    const problem = reader.has("model") ? "given together with active_params" : "missing";
    reader.fail("model", problem, "either model (an id of the catalogue) or active_params");
  }
  if (reader.has("total_params") && !reader.has("active_params"))
    reader.fail("total_params", "given without active_params", "active_params as well");
  if (!reader.has("output_tokens") && !reader.has("input_tokens"))
    reader.fail("output_tokens", "missing", "output_tokens, input_tokens, or both");
}

function checkWithoutTokens(reader: Reader): void {
  if (reader.has("measured_uwh")) return;
  if (!reader.has("requests")) {
    const expected = "model and tokens, task and units, phases, measured_uwh, or at least requests";
    reader.fail("model", "missing", expected);
  } else if (reader.has("pue_ppm")) {
    // Published averages per request are of the facility; a PUE would be applied twice.
    reader.fail("pue_ppm", "given with nothing but requests", "no PUE, or model and tokens");
  }
}

/** One meter for the whole work cannot be split between phases at other sites or with their own meters. */
function checkPhasesAndMeter(reader: Reader): void {
  if (!reader.has("measured_uwh")) return;
  phasesOf(reader).forEach((phase, index) => {
    for (const name of [...SITE_FIELDS, "measured_uwh"]) {
      if (isObject(phase) && phase.has(name))
        reader.fail(
          `phases[${index}].${name}`,
          "given together with measured_uwh of the workload",
          "a meter for each phase, or no sites and meters in phases",
        );
    }
  });
}

/** Device time of a phase, by its arithmetic the low bound; 0 where hardware without a peak is refused. */
function leastSeconds(phase: Phase, factors: FactorSet): bigint {
  if (phase.tokens !== undefined && !factors.has(`hardware/${phase.hardware}/peak-flops`)) return 0n;
  return deviceSecondsOf(phase, factors).seconds.low;
}

function checkTime(reader: Reader, values: Values, factors: FactorSet): void {
  const [start, end] = [values.start as bigint, values.end as bigint];
  const phases = (values.phases ?? []) as readonly Phase[];
  const seconds = phases.reduce((sum, phase) => sum + leastSeconds(phase, factors), 0n);
  if (!(start < end && end <= start + LONGEST_S))
    reader.fail("end", `${end - start} s after start`, `1 to ${LONGEST_S} s after start (ten years)`);
  else if (seconds > MOST_DEVICES * (end - start)) {
    const hasTokens = phases.some(({ tokens }) => tokens !== undefined);
    const included = hasTokens ? ", the device time of tokens and params included" : "";
    const expected = `at most a million devices between start and end${included}`;
    reader.fail("phases", "more device time than start and end allow", expected);
  }
}

/** Rules between numbers that were each in range. */
function checkTokens(reader: Reader, values: Values): void {
  const number = (name: string) => (values[name] ?? 0n) as bigint;
  if (reader.has("total_params") && number("total_params") < number("active_params"))
    reader.fail("total_params", "fewer than active_params", "at least active_params");
  for (const [part, whole] of [
    ["cached_tokens", "input_tokens"],
    ["reasoning_tokens", "output_tokens"],
  ] as const) {
    if (number(part) > number(whole))
      reader.fail(part, `more than ${whole}`, `at most ${whole}, of which they are a part`);
  }
  const tokens = number("input_tokens") + number("output_tokens");
  if ((number("requests") || 1n) * tokens > MOST_TOKENS)
    reader.fail("requests", "requests times tokens is out of range", `at most ${MOST_TOKENS} tokens in all`);
}
