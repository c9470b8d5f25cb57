"""Which ledger contract an attestation is looked up at, and who said so."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.evidence.bundle import EvidenceBundle


@dataclass(frozen=True, slots=True)
class LedgerAt:
    """A ledger's address, the chain it is on if that is known, and the first block that can hold its events.

    `source` says where this is from.
    """

    address: str
    chain_id: int | None
    first_block: int
    source: str


def bundle_ledger(bundle: EvidenceBundle) -> LedgerAt:
    """The ledger that a bundle names; its id is bound to it."""
    return LedgerAt(bundle.ledger, bundle.chain_id, 0, "the bundle")
