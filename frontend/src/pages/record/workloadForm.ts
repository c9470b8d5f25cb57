/** What the form holds: texts as typed, so that nothing is lost or rounded while somebody types. */
export interface WorkloadForm {
  /** What the person has: it decides which fields there are. */
  kind: "training" | "inference" | "measured";
  /** What the work was, where `kind` does not say. */
  work: "training" | "fine-tuning" | "inference";
  name: string;
  start: string;
  end: string;
  country: string;
  hardware: string;
  deviceHours: string;
  powerW: string;
  powerScope: "system" | "device";
  energyKwh: string;
  scope: "device" | "node" | "facility";
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
  work: "training",
  name: "",
  start: "",
  end: "",
  country: "",
  hardware: "",
  deviceHours: "",
  powerW: "",
  powerScope: "system",
  energyKwh: "",
  scope: "node",
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

/** What the work of a form can be: the kinds that the model knows, less those that cannot be stated so. */
export function worksOf(kind: WorkloadForm["kind"]): readonly WorkloadForm["work"][] {
  if (kind === "inference") return ["inference"];
  if (kind === "training") return ["training", "fine-tuning"];
  return ["training", "fine-tuning", "inference"];
}

/** The work that the form states: what was chosen, or the first that there is. */
export function workOf({ kind, work }: WorkloadForm): WorkloadForm["work"] {
  const works = worksOf(kind);
  return works.includes(work) ? work : (works[0] ?? work);
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
  measured_uwh: "energyKwh",
  measurement_scope: "scope",
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
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  return FIELD_OF[parts.pop() ?? ""];
}
