/** What each field of a workload may hold. A test compares this table with the one of the Python package. */

export type Rule =
  /** An integer in [low, high], written as a JSON integer or a decimal string. */
  | { readonly is: "whole"; readonly low: bigint; readonly high: bigint; readonly required: boolean }
  /** Printable text of 1 to `longest` characters, in Unicode normal form C. */
  | { readonly is: "text"; readonly longest: number; readonly required: boolean }
  /** A name of the catalogue (`section` of it) in any case, ASCII. */
  | { readonly is: "code"; readonly longest: number; readonly section: string; readonly required: boolean }
  /** One of a few words. */
  | { readonly is: "choice"; readonly words: readonly string[]; readonly required: boolean }
  /** 0x and 64 hex digits. */
  | { readonly is: "hash"; readonly required: boolean }
  /** An object with fields of its own, and a list of 1 to `most` such objects. */
  | { readonly is: "one"; readonly record: RecordName; readonly required: boolean }
  | { readonly is: "many"; readonly record: RecordName; readonly most: number; readonly required: boolean };

export type RecordName = "Workload" | "Phase" | "Place" | "Contract" | "FunctionalUnit";
export type Rules = Readonly<Record<string, Rule>>;

export const LONGEST_S = 10n * 366n * 86_400n;
export const MOST_DEVICES = 1_000_000n;
export const MOST_TOKENS = 10n ** 15n;

const EARLIEST = 1_262_304_000n; // 2010-01-01
const LATEST = 4_102_444_800n; // 2100-01-01
const MOST_ENERGY_UWH = 10n ** 20n; // 100 TWh
const MOST_PARAMS = 10n ** 14n;
const MOST_UNITS = 10n ** 13n;
const MOST_GRID_MG = 2_000_000n; // oil shale and lignite stay below 1.5 kg
const MILLION = 1_000_000n;

function whole(low: bigint, high: bigint, required = false): Rule {
  return { is: "whole", low, high, required };
}

function text(longest: number, required = false): Rule {
  return { is: "text", longest, required };
}

function code(longest: number, section: string): Rule {
  return { is: "code", longest, section, required: false };
}

function choice(words: readonly string[], required = false): Rule {
  return { is: "choice", words, required };
}

function one(record: RecordName): Rule {
  return { is: "one", record, required: false };
}

function many(record: RecordName, most: number): Rule {
  return { is: "many", record, most, required: false };
}

const SITE: Rules = {
  place: one("Place"),
  pue_ppm: whole(MILLION, 3n * MILLION),
  wue_ul_per_kwh: whole(0n, 20n * MILLION),
  grid_mg_per_kwh: whole(0n, MOST_GRID_MG),
};
const MEASURED: Rules = {
  measured_uwh: whole(0n, MOST_ENERGY_UWH),
  measurement_scope: choice(["device", "node", "facility"]),
};

/** Fields in reading order. */
export const RULES: Readonly<Record<RecordName, Rules>> = {
  Workload: {
    kind: choice(["training", "fine-tuning", "inference"], true),
    start: whole(EARLIEST, LATEST, true),
    end: whole(EARLIEST, LATEST, true),
    name: text(100),
    phases: many("Phase", 64),
    ...MEASURED,
    idle_uwh: whole(0n, MOST_ENERGY_UWH),
    model: code(80, "models"),
    active_params: whole(MILLION, MOST_PARAMS),
    total_params: whole(MILLION, MOST_PARAMS),
    requests: whole(1n, MOST_UNITS),
    input_tokens: whole(0n, MOST_TOKENS),
    output_tokens: whole(0n, MOST_TOKENS),
    cached_tokens: whole(0n, MOST_TOKENS),
    reasoning_tokens: whole(0n, MOST_TOKENS),
    batch: whole(1n, 4096n),
    task: code(60, "tasks"),
    units: whole(1n, MOST_UNITS),
    ...SITE,
    grid_water_ul_per_kwh: whole(0n, 20n * MILLION),
    contracts: many("Contract", 64),
    residual_mg_per_kwh: whole(0n, MOST_GRID_MG),
    hardware_life_s: whole(2_592_000n, 1_600_000_000n),
    embodied_share_ppm: whole(1n, MILLION),
    functional_unit: one("FunctionalUnit"),
  },
  Phase: {
    hardware: code(60, "hardware"),
    device_seconds: whole(1n, 32_000_000_000_000n), // a million devices for a year
    power_mw: whole(1n, 20n * MILLION),
    power_scope: choice(["system", "device"]),
    utilisation_ppm: whole(1n, MILLION),
    tokens: whole(1n, 10n ** 17n),
    params: whole(MILLION, MOST_PARAMS),
    mfu_ppm: whole(10_000n, MILLION),
    ...MEASURED,
    embodied_mg: whole(0n, 10n ** 12n),
    ...SITE,
  },
  Place: {
    country: code(2, "countries"),
    state: code(2, "states"),
    provider: code(20, "providers"),
    region: code(60, "regions"),
  },
  Contract: {
    energy_uwh: whole(1n, MOST_ENERGY_UWH, true),
    grid_mg_per_kwh: whole(0n, MOST_GRID_MG, true),
    evidence: { is: "hash", required: true },
  },
  FunctionalUnit: {
    name: text(40, true),
    count: whole(1n, 10n ** 30n, true),
  },
};

/** The names of a record's fields, in the order in which they are listed for people. */
export const FIELDS: Readonly<Record<RecordName, readonly string[]>> = {
  Workload: [
    ...["kind", "start", "end", "name", "place", "phases", "measured_uwh", "measurement_scope", "idle_uwh"],
    ...["model", "active_params", "total_params", "requests", "input_tokens", "output_tokens"],
    ...["cached_tokens", "reasoning_tokens", "batch", "task", "units", "pue_ppm", "wue_ul_per_kwh"],
    ...["grid_mg_per_kwh", "grid_water_ul_per_kwh", "contracts", "residual_mg_per_kwh", "hardware_life_s"],
    ...["embodied_share_ppm", "functional_unit"],
  ],
  Phase: [
    ...["hardware", "device_seconds", "power_mw", "power_scope", "utilisation_ppm", "tokens", "params"],
    ...["mfu_ppm", "measured_uwh", "measurement_scope", "embodied_mg", "place", "pue_ppm", "wue_ul_per_kwh"],
    "grid_mg_per_kwh",
  ],
  Place: ["country", "state", "provider", "region"],
  Contract: ["energy_uwh", "grid_mg_per_kwh", "evidence"],
  FunctionalUnit: ["name", "count"],
};
