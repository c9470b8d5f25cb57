import type { WorkloadInput } from "../../api/types";
import { LONGEST_S, MOST_DEVICES, MOST_TOKENS, RULES } from "../../model/rules";
import { text } from "../../strings/text";
import { boundsOf, FormReader, shownBound } from "./formReader";
import { type FormErrors, type WorkloadForm, workOf } from "./workloadForm";

type Reader = FormReader<WorkloadForm>;
type Members = Record<string, unknown>;

interface Period {
  start: number;
  end: number;
}

const SECONDS_PER_HOUR = 3600n;
const HOUR_DECIMALS = 4;
const HOUR_UNIT = 10n ** BigInt(HOUR_DECIMALS);
const UWH_DECIMALS = 9; // of a kWh
const words = text.record.errors;
const LONGEST_NAME = RULES.Workload.name?.is === "text" ? RULES.Workload.name.longest : 0;

/** A number of the workload, by the bounds that the model has for it. */
function stated(
  reader: Reader,
  key: keyof WorkloadForm,
  field: string,
  decimals: number,
  required = false,
  tooSmall?: string,
): Members {
  const bounds = boundsOf("Workload", field);
  const value = reader.number(key, { decimals, ...bounds, required, ...(tooSmall ? { tooSmall } : {}) });
  return value === undefined ? {} : { [field]: String(value) };
}

function readPeriod(reader: Reader, nowSeconds: number): Period | undefined {
  const start = reader.day("start");
  const end = reader.day("end");
  if (start === undefined || end === undefined) return undefined;
  if (BigInt(start) < boundsOf("Workload", "start").low) reader.errors.start = words.early;
  if (end <= start) reader.errors.end = words.period;
  else if (end > nowSeconds) reader.errors.end = words.future;
  else if (BigInt(end - start) > LONGEST_S) reader.errors.end = words.longPeriod;
  return { start, end };
}

/** Whole seconds of all devices: half up, as everywhere in the model. */
function readDeviceSeconds(reader: Reader, period: Period | undefined): Members {
  const { low, high } = boundsOf("Phase", "device_seconds");
  const least = (low * HOUR_UNIT + 2n * SECONDS_PER_HOUR - 1n) / (2n * SECONDS_PER_HOUR);
  const hours = reader.number("deviceHours", {
    decimals: HOUR_DECIMALS,
    low: least,
    high: (high * HOUR_UNIT) / SECONDS_PER_HOUR,
    required: true,
    tooSmall: words.positive,
  });
  if (hours === undefined) return {};
  const seconds = (hours * SECONDS_PER_HOUR * 2n + HOUR_UNIT) / (HOUR_UNIT * 2n);
  if (period && period.end > period.start && seconds > MOST_DEVICES * BigInt(period.end - period.start))
    reader.errors.deviceHours = words.devices(shownBound(MOST_DEVICES));
  return { device_seconds: String(seconds) };
}

function readTraining(reader: Reader, form: WorkloadForm, period: Period | undefined): Members {
  const hardware = reader.choice("hardware");
  const seconds = readDeviceSeconds(reader, period);
  const power = boundsOf("Phase", "power_mw");
  const powerMw = reader.number("powerW", { decimals: 3, ...power, tooSmall: words.positive });
  const powerPart = powerMw === undefined ? {} : { power_mw: String(powerMw), power_scope: form.powerScope };
  return { phases: [{ hardware, ...seconds, ...powerPart }] };
}

function readInference(reader: Reader, form: WorkloadForm): Members {
  const members: Record<string, string> = {
    ...stated(reader, "requests", "requests", 0, true, words.positive),
    ...stated(reader, "inputTokens", "input_tokens", 0, true),
    ...stated(reader, "outputTokens", "output_tokens", 0, true),
    ...stated(reader, "batch", "batch", 0, false),
  } as Record<string, string>;
  const number = (name: string) => BigInt(members[name] ?? 0);
  if (number("requests") * (number("input_tokens") + number("output_tokens")) > MOST_TOKENS)
    reader.errors.requests = words.tokens(shownBound(MOST_TOKENS));
  reader.choice("model");
  return { model: form.model, ...members };
}

/** Metered energy, and the devices if they are known: making them counts as well. */
function readMeasured(reader: Reader, form: WorkloadForm, period: Period | undefined): Members {
  const energy = stated(reader, "energyKwh", "measured_uwh", UWH_DECIMALS, true);
  if (form.scope === "facility" && form.pue.trim() !== "") reader.errors.pue = words.facility;
  const metered = { ...energy, measurement_scope: form.scope };
  const hasHours = form.deviceHours.trim() !== "";
  if (form.hardware === "" && !hasHours) return metered;
  if (form.hardware === "" || !hasHours) {
    reader.errors[hasHours ? "deviceHours" : "hardware"] = words.pair;
    return metered;
  }
  return { ...metered, phases: [{ hardware: form.hardware, ...readDeviceSeconds(reader, period) }] };
}

function readWork(reader: Reader, form: WorkloadForm, period: Period | undefined): Members {
  if (form.kind === "training") return readTraining(reader, form, period);
  if (form.kind === "inference") return readInference(reader, form);
  return readMeasured(reader, form, period);
}

export type ReadForm =
  | { workload: WorkloadInput; errors?: undefined }
  | { workload?: undefined; errors: FormErrors };

/** Turns the form into a workload in base units, or says which fields are wrong. Fills in nothing that was left out. */
export function readForm(form: WorkloadForm, nowSeconds: number): ReadForm {
  const reader = new FormReader(form);
  const period = readPeriod(reader, nowSeconds);
  const site = {
    ...stated(reader, "pue", "pue_ppm", 6, false, words.pue),
    ...stated(reader, "gridGrams", "grid_mg_per_kwh", 3),
  };
  const work = readWork(reader, form, period);
  const name = form.name.trim().normalize("NFC");
  if ([...name].length > LONGEST_NAME) reader.errors.name = words.long(LONGEST_NAME);
  if (Object.keys(reader.errors).length > 0 || !period) return { errors: reader.errors };
  const workload = {
    kind: workOf(form),
    ...(name === "" ? {} : { name }),
    ...period,
    ...(form.country === "" ? {} : { place: { country: form.country } }),
    ...work,
    ...site,
  };
  return { workload };
}
