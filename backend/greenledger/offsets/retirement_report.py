"""The retirement report that a proof leads to. Gateway and council nodes build it alike."""

from __future__ import annotations

from greenledger.evidence.typed_data import (
    NO_ACCOUNT,
    ON_CHAIN_ORIGIN,
    ZERO,
    Retirement,
    RetirementReport,
    Source,
)
from greenledger.offsets.errors import ProofUnusable
from greenledger.offsets.market import Proof

REGISTRY_BYTES = 32
LONGEST_BYTES = {"project": 32, "beneficiary": 64, "serials": 96}  # String[n] of the contract


def source_of(proof: Proof) -> Source:
    """What can back one certificate only: the transaction, its chain, and the retirement's index in it."""
    return Source(ON_CHAIN_ORIGIN, proof.origin.transaction, proof.origin.chain_id, proof.origin.index)


def retirement_report(proof: Proof, holder: str, valid_until: int) -> RetirementReport:
    """The report for `holder` (checksum address), to be minted by anyone before `valid_until` (Unix seconds).

    Raises ProofUnusable naming the field that a certificate cannot hold.
    """
    registry = proof.registry.encode()
    if not 1 <= len(registry) <= REGISTRY_BYTES or not proof.registry.isascii():
        raise ProofUnusable(f"registry: expected 1 to {REGISTRY_BYTES} ASCII characters")
    for field, longest in LONGEST_BYTES.items():
        text = getattr(proof, field)
        if not 1 <= len(text.encode(errors="replace")) <= longest or not text.isprintable():
            raise ProofUnusable(f"{field}: expected printable text of 1 to {longest} bytes")
    if not 1 <= proof.amount_ug < 2**72:
        raise ProofUnusable("amount_ug: expected 1 to 2^72 - 1")
    if not 1 <= proof.vintage < 2**16 or proof.retired_at < 1:
        raise ProofUnusable("vintage and retired_at: expected a year and a time")
    retirement = Retirement(
        registry=registry.ljust(REGISTRY_BYTES, b"\0"),
        project=proof.project,
        vintage=proof.vintage,
        amount_ug=proof.amount_ug,
        beneficiary=proof.beneficiary,
        serials=proof.serials,
        retired_at=proof.retired_at,
        evidence=proof.evidence,
        valid_until=valid_until,
    )
    return RetirementReport(holder, NO_ACCOUNT, ZERO, retirement, source_of(proof))
