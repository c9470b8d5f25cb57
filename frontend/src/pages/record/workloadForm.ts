import { parseDecimal } from "../../amounts";
import type { WorkloadInput } from "../../api/types";
import { text } from "../../strings/text";

/** What the form holds: texts as typed, so that nothing is lost or rounded while somebody types. */
export interface WorkloadForm {
  kind: "training" | "inference";
  name: string;
  start: string;
  end: string;
  country: string;
  hardware: string;
  deviceHours: string;
  powerW: string;
  powerScope: "system" | "device";
  pue: string;
  gridGrams: string;
  model: string;
  requests: string;
  inputTokens: string;
  outputTokens: string;
  batch: string;
}

export type FormErrors = Partial<Record<keyof WorkloadForm, string>>;

export const EMPTY_FORM: WorkloadForm = {
  kind: "training",
  name: "",
  start: "",
  end: "",
  country: "",
  hardware: "",
  deviceHours: "",
  powerW: "",
  powerScope: "system",
  pue: "",
  gridGrams: "",
  model: "",
  requests: "",
  inputTokens: "",
  outputTokens: "",
  batch: "",
};

/** The training run of BLOOM-176B as published by Luccioni, Viguier and Ligozat (arXiv:2211.02001). */
export const BLOOM_FORM: WorkloadForm = {
  ...EMPTY_FORM,
  name: "BLOOM-176B",
  start: "2022-03-11",
  end: "2022-07-06",
  country: "FR",
  hardware: "a100-sxm-80gb",
  deviceHours: "1082990",
  powerW: "400",
  powerScope: "system",
  pue: "1.2",
  gridGrams: "57",
};

const SECONDS_PER_HOUR = 3600n;
const HOUR_DECIMALS = 4;
const HOUR_UNIT = 10n ** BigInt(HOUR_DECIMALS);
const MAX_NAME_CHARACTERS = 100;
const words = text.record.errors;

interface NumberField {
  decimals: number;
  required?: boolean;
  /** Smallest allowed value in base units. */
  least?: bigint;
  leastMessage?: string;
}

/** Collects the errors of the form, so that each field is judged once and all of them are shown. */
class Reader {
  readonly errors: FormErrors = {};

  constructor(private readonly form: WorkloadForm) {}

  number(
    key: keyof WorkloadForm,
    { decimals, required = false, least = 1n, leastMessage }: NumberField,
  ): bigint | undefined {
    const parsed = parseDecimal(this.form[key], decimals);
    if (parsed.ok) {
      if (parsed.value >= least) return parsed.value;
      this.errors[key] = leastMessage ?? words.positive;
      return undefined;
    }
    if (parsed.problem === "empty") {
      if (required) this.errors[key] = words.required;
      return undefined;
    }
    const problems = {
      "not-a-number": words.number,
      "too-precise": words.precise(decimals),
      "too-large": words.tooLarge,
    };
    this.errors[key] = problems[parsed.problem];
    return undefined;
  }

  choice(key: "hardware" | "model"): string {
    if (this.form[key] === "") this.errors[key] = words.required;
    return this.form[key];
  }

  day(key: "start" | "end"): number | undefined {
    const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(this.form[key])
      ? Date.parse(`${this.form[key]}T00:00:00Z`)
      : Number.NaN;
    if (!Number.isNaN(milliseconds)) return milliseconds / 1000;
    this.errors[key] = words.required;
    return undefined;
  }
}

function readPeriod(reader: Reader, nowSeconds: number): { start: number; end: number } | undefined {
  const start = reader.day("start");
  const end = reader.day("end");
  if (start === undefined || end === undefined) return undefined;
  if (end <= start) reader.errors.end = words.period;
  else if (end > nowSeconds) reader.errors.end = words.future;
  return { start, end };
}

function readTraining(reader: Reader, form: WorkloadForm): Record<string, unknown> {
  const hardware = reader.choice("hardware");
  const hours = reader.number("deviceHours", { decimals: HOUR_DECIMALS, required: true });
  // The model takes whole seconds: half up, as everywhere in the model.
  const deviceSeconds =
    hours === undefined ? 0n : (hours * SECONDS_PER_HOUR * 2n + HOUR_UNIT) / (HOUR_UNIT * 2n);
  const powerMw = reader.number("powerW", { decimals: 3 });
  const phase = {
    hardware,
    device_seconds: String(deviceSeconds),
    ...(powerMw === undefined ? {} : { power_mw: String(powerMw), power_scope: form.powerScope }),
  };
  return { phases: [phase] };
}

function readInference(reader: Reader, form: WorkloadForm): Record<string, unknown> {
  const members = {
    requests: reader.number("requests", { decimals: 0, required: true }),
    input_tokens: reader.number("inputTokens", { decimals: 0, required: true, least: 0n }),
    output_tokens: reader.number("outputTokens", { decimals: 0, required: true, least: 0n }),
    batch: reader.number("batch", { decimals: 0 }),
  };
  reader.choice("model");
  return { model: form.model, ...stated(members) };
}

function stated(members: Record<string, bigint | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

export type ReadForm =
  | { workload: WorkloadInput; errors?: undefined }
  | { workload?: undefined; errors: FormErrors };

/** Turns the form into a workload in base units, or says which fields are wrong. Fills in nothing that was left out. */
export function readForm(form: WorkloadForm, nowSeconds: number): ReadForm {
  const reader = new Reader(form);
  const period = readPeriod(reader, nowSeconds);
  const work = form.kind === "training" ? readTraining(reader, form) : readInference(reader, form);
  const site = stated({
    pue_ppm: reader.number("pue", { decimals: 6, least: 1_000_000n, leastMessage: words.pue }),
    grid_mg_per_kwh: reader.number("gridGrams", { decimals: 3, least: 0n }),
  });
  if (form.name.length > MAX_NAME_CHARACTERS) reader.errors.name = words.long(MAX_NAME_CHARACTERS);
  if (Object.keys(reader.errors).length > 0 || !period) return { errors: reader.errors };
  const workload = {
    kind: form.kind,
    ...(form.name.trim() === "" ? {} : { name: form.name.trim() }),
    ...period,
    ...(form.country === "" ? {} : { place: { country: form.country } }),
    ...work,
    ...site,
  };
  return { workload };
}

/** Last part of the backend's field path, and the form's field that it comes from. */
const FIELD_OF: Readonly<Record<string, keyof WorkloadForm>> = {
  name: "name",
  start: "start",
  end: "end",
  country: "country",
  place: "country",
  hardware: "hardware",
  device_seconds: "deviceHours",
  power_mw: "powerW",
  power_scope: "powerScope",
  pue_ppm: "pue",
  grid_mg_per_kwh: "gridGrams",
  model: "model",
  requests: "requests",
  input_tokens: "inputTokens",
  output_tokens: "outputTokens",
  batch: "batch",
};

/** The form's field that a path of the backend such as "phases[0].hardware" means. */
export function formField(path: string): keyof WorkloadForm | undefined {
  return FIELD_OF[
    path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .pop() ?? ""
  ];
}
