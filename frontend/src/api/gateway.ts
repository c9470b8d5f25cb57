import type { Address, Hex } from "viem";
import { Problem } from "./problem";
import { request } from "./request";
import type {
  Catalogue,
  EstimateResult,
  Order,
  Project,
  Quote,
  Session,
  SignedReport,
  StoredWorkload,
  WorkloadInput,
} from "./types";

interface Items<T> {
  items: readonly T[];
}

export function getNonce(): Promise<{ nonce: string }> {
  return request("/v1/auth/nonce");
}

export function postSignIn(message: string, signature: Hex): Promise<Session> {
  return request("/v1/auth/sign-in", { method: "POST", body: { message, signature } });
}

/** The session of this browser, or null if nobody is signed in. */
export async function getSession(): Promise<Session | null> {
  try {
    return await request<Session>("/v1/auth/session");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export function postSignOut(): Promise<void> {
  return request("/v1/auth/sign-out", { method: "POST" });
}

export function getCatalogue(): Promise<Catalogue> {
  return request("/v1/catalogue");
}

export function postEstimate(workload: WorkloadInput, signal?: AbortSignal): Promise<EstimateResult> {
  return request("/v1/footprints/estimate", {
    method: "POST",
    body: workload,
    ...(signal ? { signal } : {}),
  });
}

/** The same `eventId` gives the same stored workload, so that a repeated request does not state the work twice. */
export function postWorkload(workload: WorkloadInput, eventId: string): Promise<StoredWorkload> {
  return request("/v1/workloads", { method: "POST", body: { workload, event_id: eventId } });
}

export function postReport(workloadIds: readonly string[]): Promise<SignedReport> {
  return request("/v1/reports", { method: "POST", body: { workload_ids: workloadIds } });
}

/** Reports of the signed-in account, recorded or not. */
export async function getReports(): Promise<readonly SignedReport[]> {
  return (await request<Items<SignedReport>>("/v1/reports")).items;
}

/** The file with which anyone can recompute an attestation. Only its owner may fetch it. */
export function getEvidence(reportId: string): Promise<unknown> {
  return request(`/v1/reports/${encodeURIComponent(reportId)}/evidence`);
}

export async function getProjects(): Promise<readonly Project[]> {
  return (await request<Items<Project>>("/v1/projects")).items;
}

/** What a quote is asked for: for whom and why stands in the order for good. */
export interface QuoteRequest {
  sourceId: string;
  amountUg: bigint;
  token: Address;
  beneficiary: string;
  reason: string;
  holder: Address;
}

/** A firm price, signed by the seller as an order of the desk. */
export function postQuote(asked: QuoteRequest): Promise<Quote> {
  return request("/v1/quotes", {
    method: "POST",
    body: {
      source_id: asked.sourceId,
      amount_ug: asked.amountUg.toString(),
      payment_token: asked.token,
      beneficiary_name: asked.beneficiary,
      reason: asked.reason,
      holder: asked.holder,
    },
  });
}

export function getOrder(id: string, signal?: AbortSignal): Promise<Order> {
  return request(`/v1/orders/${encodeURIComponent(id)}`, signal ? { signal } : {});
}

export async function getOrders(): Promise<readonly Order[]> {
  return (await request<Items<Order>>("/v1/orders")).items;
}
