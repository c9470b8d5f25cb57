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
from greenledger.offsets.serials.reading import SerialsNotUnderstood, read_serials
from greenledger.offsets.serials.serial_range import joined, total_ug
from greenledger.offsets.serials.source import SerialsDisagree, check_quantity, source_of_serials

REGISTRY_BYTES = 32
LONGEST_BYTES = {"project": 32, "beneficiary": 64, "serials": 96}  # String[n] of the contract


def source_of(proof: Proof) -> Source:
    """What can back no more than was retired: the transaction on its chain, or else the serial numbers.

    Raises ProofUnusable for serials that are not one range, or are worth less than the retired amount.
    """
    origin = proof.origin
    if origin is not None:
        return Source(ON_CHAIN_ORIGIN, origin.transaction, origin.chain_id, origin.index)
    try:
        ranges = joined(read_serials(proof.serials))
        # Serials that are worth more than was retired here were retired for others as well.
        shared = proof.amount_ug < total_ug(ranges)
        check_quantity(ranges, proof.amount_ug, shared=shared)
    except (SerialsNotUnderstood, SerialsDisagree) as error:
        raise ProofUnusable(f"serials: {error}") from error
    if len(ranges) != 1:
        raise ProofUnusable(
            f"serials: found {len(ranges)} ranges, expected one, which a certificate can have"
        )
    return source_of_serials(ranges[0], shared=shared)


def retirement_report(
    proof: Proof, holder: str, valid_until: int, minter: str = NO_ACCOUNT, order: bytes = ZERO
) -> RetirementReport:
    """The report for `holder` (checksum address), to be minted before `valid_until` (Unix seconds).

    By anyone, or by the desk `minter` for its `order` alone.
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
    return RetirementReport(holder, minter, order, retirement, source_of(proof))
