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

/** A quality label and when the marketplace last showed it; it may be withdrawn at any time. */
export interface SeenLabel {
  title: string;
  /** Unix seconds. */
  seen_at: string | number;
}

/** An offer. What a marketplace does not tell is null or absent, and never guessed. */
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
  /** What can be ordered: at least this much, and a multiple of the step. */
  smallest_ug?: string;
  step_ug?: string;
  type?: string | null;
  methodology?: string | null;
  removal?: boolean | null;
  labels?: readonly SeenLabel[] | null;
  /** Names of the fields that the marketplace does not tell. */
  not_told?: readonly string[];
}

/** A transaction that the gateway prepared and the person's wallet sends. */
export interface Transaction {
  to: Address;
  data: Hex;
  chain_id: number;
}

/** An order of the desk as the gateway states it; the page takes none of it on trust. */
export interface DeskView {
  id: Hex;
  address: Address;
  order: unknown;
  signature: Hex;
  transactions: readonly Transaction[];
}

export interface Quote {
  id: string;
  source_id: string;
  project: string;
  name: string;
  registry: string;
  vintage: number | string;
  ex_ante: boolean;
  amount_ug: string;
  /** The marketplace's price, and the seller's own fee on top. */
  cost_usd: string;
  fee_usd: string;
  price_usd_per_tonne: string;
  expires_at: string | number;
  /** Id of the order that it becomes when it is paid. */
  order?: string | null;
  desk?: DeskView | null;
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

export interface OrderStep {
  state: OrderState;
  at: string | number;
  transaction?: Hex | null;
}

export interface Order {
  id: string;
  state: OrderState;
  quote: Quote;
  beneficiary_name: string;
  message: string;
  steps: readonly OrderStep[];
  created_at: string | number;
  /** What it waits for, or how it ended, in the gateway's words. */
  waits_for?: string | null;
  ended?: string | null;
  desk?: DeskView | null;
  error?: { code: string; detail: string } | null;
  certificate?: Hex | null;
  /** Parts beyond the paid one, of a purchase that the market split over several projects. */
  further?: readonly { certificate: Hex | null; problem: string | null }[];
}
