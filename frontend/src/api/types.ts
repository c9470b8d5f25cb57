import type { Address, Hex } from "viem";

/** Answers of the gateway. Quantities in base units are decimal strings. */

export interface Session {
  account: Address;
  expires_at: string | number;
}

export interface Range {
  low: string;
  central: string;
  high: string;
}

export interface DefaultUsed {
  field: string;
  factor: string;
  value: string;
  unit: string;
  source: string;
}

export interface Estimate {
  energy_uwh: Range;
  operational_ug: Range;
  operational_market_ug: Range;
  embodied_ug: Range;
  water_ul: Range;
  total_ug: Range;
  total_market_ug: Range;
  tier: number;
  tier_reason: string;
  defaults: readonly DefaultUsed[];
  warnings: readonly string[];
}

/** A stage on the way from the energy of the machines to the carbon. */
export interface Step extends Range {
  name: "machines" | "facility" | "operational" | "embodied" | "total";
  unit: "uWh" | "ug";
}

/** What the bounds of the total would lose if one unknown field were stated; `state` says what to state. */
export interface Narrowing {
  field: string;
  factor: string;
  saved_ppm: string;
  state: string;
}

export interface Share {
  stage: string;
  of: "energy_uwh" | "total_ug";
  share_ppm: string;
}

export interface Explanation {
  shares: readonly Share[];
  narrowing: readonly Narrowing[];
  steps: readonly Step[];
}

export interface EstimateResult {
  methodology: Hex;
  estimate: Estimate;
  explanation: Explanation;
}

/** One piece of AI work as the model takes it; what is not given is left out, never null. */
export type WorkloadInput = Readonly<Record<string, unknown>>;

export interface StoredWorkload {
  id: string;
  workload_hash: Hex;
  salt: Hex;
  estimate: Estimate;
}

export interface SignedReport {
  id: string;
  report: unknown;
  footprint_hash: Hex;
  signatures: readonly Hex[];
  valid_until: string | number;
}

export interface Hardware {
  id: string;
  name: string;
  tdp_mw: string | number;
}

export interface Country {
  id: string;
  name: string;
  grid_mg_per_kwh: string | number;
  year: number;
}

export interface Model {
  id: string;
  name?: string;
}

export interface Catalogue {
  hardware: readonly Hardware[];
  countries: readonly Country[];
  models: readonly Model[];
}

export interface Project {
  source_id: string;
  project: string;
  name: string;
  registry: string;
  country: string;
  vintage: number | string;
  price_usd_per_tonne: string;
  available_ug: string;
  minimum_ug: string;
  ex_ante: boolean;
}

export interface Quote {
  id: string;
  source_id: string;
  project: string;
  amount_ug: string;
  cost_usd: string;
  price_usd_per_tonne: string;
  expires_at: string | number;
}

export type OrderState =
  | "quoted"
  | "opened"
  | "paid"
  | "placed"
  | "retired"
  | "cosigned"
  | "minted"
  | "allocated"
  | "refunding"
  | "refunded"
  | "failed"
  | "stranded";

export interface Order {
  id: string;
  state: OrderState;
  quote: Quote;
  beneficiary_name: string;
  message: string;
  steps: readonly { state: OrderState; at: string | number }[];
  error?: string | { detail?: string } | null;
  report?: unknown;
  signatures?: readonly Hex[] | null;
  certificate?: string | null;
}
