"""Checks an evidence bundle against the chain and against the model, field by field."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from greenledger.cli.chain_reader import CannotRead, ChainAttestation, ChainReader
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import compare
from greenledger.evidence.methodology import METHOD, methodology_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import FactorSet

STORED = ("low_ug", "central_ug", "high_ug", "tier")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what the bundle states, and what was found at `source` (digest, chain or model)."""

    field: str
    stated: str
    found: str
    source: str

    @property
    def equal(self) -> bool:
        return self.stated == self.found


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of a bundle. `attestation` and `coverage_bps` are as the chain has them now."""

    id: str
    checks: tuple[Check, ...]
    attestation: ChainAttestation
    coverage_bps: int

    @property
    def equal(self) -> bool:
        return all(check.equal for check in self.checks)

    def as_json(self) -> dict[str, object]:
        stored = asdict(self.attestation)
        amounts = {name: str(value) for name, value in stored.items() if name.endswith("_ug")}
        return {
            "equal": self.equal,
            "id": self.id,
            "checks": [
                {
                    "field": check.field,
                    "stated": check.stated,
                    "found": check.found,
                    "source": check.source,
                    "equal": check.equal,
                }
                for check in self.checks
            ],
            "attestation": stored | amounts,
            "coverage_bps": str(self.coverage_bps),
        }


def _chain_checks(bundle: EvidenceBundle, attestation: ChainAttestation) -> list[Check]:
    recorded = "yes" if attestation.recorded_at > 0 else "no"
    checks = [Check("recorded", "yes", recorded, "chain")]
    if attestation.recorded_at > 0:
        stated = bundle.report.footprint
        checks += [
            Check(f"footprint.{name}", str(getattr(stated, name)), str(getattr(attestation, name)), "chain")
            for name in STORED
        ]
    return checks


def _known_methodology(bundle: EvidenceBundle, factors: FactorSet) -> None:
    stated, known = bundle.report.footprint.methodology, methodology_id(factors)
    if stated != known:
        raise CannotRead(
            f"report.footprint.methodology: 0x{stated.hex()} is not known to this version, which has"
            f" 0x{known.hex()} ({METHOD} with {factors.set_id}); use the version that made the report"
        )


def verify_bundle(bundle: EvidenceBundle, reader: ChainReader, factors: FactorSet) -> Verification:
    """Reads the attestation and recomputes the footprint.

    A bundle whose id is not the digest of its own report is judged by that alone. Raises CannotRead when the
    chain or the methodology is out of reach, InvalidDisclosure when the workloads cannot be read.
    """
    chain_id = reader.chain_id()
    if chain_id != bundle.chain_id:
        raise CannotRead(
            f"chain_id: the node is on chain {chain_id}, expected {bundle.chain_id} as in the bundle"
        )
    if not reader.has_code():
        raise CannotRead(f"ledger: no contract at {bundle.ledger} on chain {chain_id}")
    attestation = reader.attestation(bundle.id)
    coverage_bps = reader.coverage_bps(bundle.id)
    id_ = as_hex(bundle.id)
    checks = [Check("id", id_, as_hex(bundle.digest()), "digest"), *_chain_checks(bundle, attestation)]
    if checks[0].equal:
        _known_methodology(bundle, factors)
        checks += [
            Check(field.field, field.stated, field.recomputed, "model")
            for field in compare(bundle.report, bundle.workloads, factors)
        ]
    return Verification(id_, tuple(checks), attestation, coverage_bps)
