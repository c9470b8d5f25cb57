"""The outcome of a verification: one comparison for each field, and what they add up to."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from greenledger.client.verification.chain_reader import ChainAttestation
from greenledger.client.verification.ledger_at import LedgerAt
from greenledger.evidence.typed_data import FootprintReport, report_as_json

NOTHING = "nothing to recompute: give --workload with what the account disclosed"


@dataclass(frozen=True, slots=True)
class Check:
    """One field: what the report states, what the chain holds, what was recomputed; None for nothing."""

    field: str
    stated: str | None = None
    chain: str | None = None
    recomputed: str | None = None

    @property
    def equal(self) -> bool | None:
        """Whether all that there is agrees; None if there is only one value."""
        known = [value for value in (self.stated, self.chain, self.recomputed) if value is not None]
        return None if len(known) < 2 else len(set(known)) == 1

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"equal": self.equal}


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks of an attestation. `attestation` and `coverage_bps` are as the chain has them now.

    `report` is None if the id was never recorded. `recomputed` of `report.footprint.count` workloads were
    recomputed under the factor set `factor_set`; `whole` says that the report's sums were as well.
    """

    id: str
    chain_id: int
    ledger: LedgerAt
    attestation: ChainAttestation
    coverage_bps: int
    report: FootprintReport | None
    checks: tuple[Check, ...]
    recomputed: int = 0
    whole: bool = False
    factor_set: str | None = None

    @property
    def different(self) -> tuple[str, ...]:
        return tuple(check.field for check in self.checks if check.equal is False)

    @property
    def equal(self) -> bool | None:
        """False if a field differs, True if none does; None if nothing differs and nothing was recomputed."""
        if self.different:
            return False
        return True if self.recomputed else None

    def as_json(self) -> dict[str, object]:
        stored = asdict(self.attestation)
        amounts = {name: str(value) for name, value in stored.items() if name.endswith("_ug")}
        members: dict[str, object] = {
            "equal": self.equal,
            "id": self.id,
            "chain_id": self.chain_id,
            "ledger": {"address": self.ledger.address, "source": self.ledger.source},
            "checks": [check.as_json() for check in self.checks],
            "workloads_recomputed": self.recomputed,
            "sums_recomputed": self.whole,
            "factor_set": self.factor_set,
            "report": None if self.report is None else report_as_json(self.report),
            "attestation": stored | amounts,
            "coverage_bps": str(self.coverage_bps),
        }
        return members | ({"error": NOTHING} if self.equal is None else {})
