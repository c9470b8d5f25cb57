import { type BaseUnits, smaller } from "../amounts";
import type { Certificate } from "../chain/credits";
import type { Attestation } from "../chain/ledger";

/** What of a certificate is not allocated yet, in ug. */
export function freeUg(certificate: Pick<Certificate, "amount_ug" | "allocated_ug" | "voided">): BaseUnits {
  return certificate.voided ? 0n : certificate.amount_ug - certificate.allocated_ug;
}

/** What an attestation can still take, in ug: its high bound less what covers it; nothing once it is superseded. */
export function uncoveredUg(
  attestation: Pick<Attestation, "high_ug" | "covered_ug" | "superseded">,
): BaseUnits {
  return attestation.superseded
    ? 0n
    : smaller(attestation.high_ug - attestation.covered_ug, attestation.high_ug);
}

/** The largest amount that both sides allow, in ug. */
export function largestAllocationUg(
  certificate: Pick<Certificate, "amount_ug" | "allocated_ug" | "voided">,
  attestation: Pick<Attestation, "high_ug" | "covered_ug" | "superseded">,
): BaseUnits {
  return smaller(freeUg(certificate), uncoveredUg(attestation));
}
