/**
 * A workload: one piece of AI work as its owner states it, and the one form of it that is hashed.
 *
 * Units are in the names: uWh, mW, ppm, uL per kWh, mg CO2e per kWh, Unix seconds. Nothing is filled in here: what was
 * not stated is undefined, and the estimate lists each default that it used instead. What each field may hold is in `rules`.
 */

export type Kind = "training" | "fine-tuning" | "inference";
export type Scope = "device" | "node" | "facility";

/** Where the work ran: a country, a US state, or a region of a cloud provider. */
export interface Place {
  readonly country?: string;
  readonly state?: string;
  readonly provider?: string;
  readonly region?: string;
}

/** What a workload, or a phase elsewhere, states of its site. */
export interface SiteFields {
  readonly place?: Place | undefined;
  readonly pue_ppm?: bigint | undefined;
  readonly wue_ul_per_kwh?: bigint | undefined;
  readonly grid_mg_per_kwh?: bigint | undefined;
}

interface Metered {
  readonly measured_uwh?: bigint | undefined;
  readonly measurement_scope?: Scope | undefined;
}

/** One part of the work: accelerators of one kind at one site. */
export interface Phase extends SiteFields, Metered {
  readonly hardware?: string | undefined;
  readonly device_seconds?: bigint | undefined;
  readonly power_mw?: bigint | undefined;
  readonly power_scope?: "system" | "device" | undefined;
  readonly utilisation_ppm?: bigint | undefined;
  readonly tokens?: bigint | undefined;
  readonly params?: bigint | undefined;
  readonly mfu_ppm?: bigint | undefined;
  readonly embodied_mg?: bigint | undefined;
}

/** Contractual energy for the market-based figure; `evidence` is the hash of its document (0x..). */
export interface Contract {
  readonly energy_uwh: bigint;
  readonly grid_mg_per_kwh: bigint;
  readonly evidence: string;
}

/** What the SCI (ISO/IEC 21031) is stated per: `count` of what `name` says, as 50000 million tokens. */
export interface FunctionalUnit {
  readonly name: string;
  readonly count: bigint;
}

/** Tokens are per request; without `requests` they are the totals. */
export interface Workload extends SiteFields, Metered {
  readonly kind: Kind;
  readonly start: bigint;
  readonly end: bigint;
  readonly name?: string | undefined;
  readonly phases: readonly Phase[];
  readonly idle_uwh?: bigint | undefined;
  readonly model?: string | undefined;
  readonly active_params?: bigint | undefined;
  readonly total_params?: bigint | undefined;
  readonly requests?: bigint | undefined;
  readonly input_tokens?: bigint | undefined;
  readonly output_tokens?: bigint | undefined;
  readonly cached_tokens?: bigint | undefined;
  readonly reasoning_tokens?: bigint | undefined;
  readonly batch?: bigint | undefined;
  readonly task?: string | undefined;
  readonly units?: bigint | undefined;
  readonly grid_water_ul_per_kwh?: bigint | undefined;
  readonly contracts: readonly Contract[];
  readonly residual_mg_per_kwh?: bigint | undefined;
  readonly hardware_life_s?: bigint | undefined;
  readonly embodied_share_ppm?: bigint | undefined;
  readonly functional_unit?: FunctionalUnit | undefined;
}

/** The stated members of a record in the form that is hashed: texts, lists and objects only. */
export type Canonical = string | readonly Canonical[] | { readonly [name: string]: Canonical };

/**
 * What was stated and nothing else: integers as decimal strings, text in NFC, nothing for what is absent. Every spelling
 * of a workload has the same result.
 */
export function canonical(record: Workload | Phase | Place | Contract | FunctionalUnit): Canonical {
  const members: Record<string, Canonical> = {};
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    if (Array.isArray(value)) members[name] = value.map(canonical);
    else members[name] = typeof value === "object" ? canonical(value) : String(value);
  }
  return members;
}
