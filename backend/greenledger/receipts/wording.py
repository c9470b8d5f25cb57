"""The words and numbers of a receipt. Numbers are exact, or rounded down where that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from greenledger.receipts.receipt import CoveredPart, Payment, Receipt

STATEMENT = "Evidence of a retirement. Conveys no unit."
TITLE = "Retirement receipt"
NOTE = (
    "Coverage is what was allocated, over the high bound that an attestation states: a number about"
    " a recorded footprint, which says nothing about a product. The chain is the record, and this page a copy"
    " of it. Characters that are not visible or that the font lacks are shown as [U+…], their Unicode number."
)
MOST_PARTS = 4  # attestations named one by one; the others are summed up


@dataclass(frozen=True)
class Fact:
    """A label and its value; where the page is short of room, `free` texts are cut before all others."""

    label: str
    value: str
    hash_like: bool = False
    free: bool = False


@dataclass(frozen=True)
class Section:
    """Facts under a heading."""

    title: str
    facts: tuple[Fact, ...]


def exact_mass(amount_ug: int) -> str:
    """The same amount in t, kg and g, all digits: "0.0015 t = 1.5 kg = 1,500 g"."""
    return " = ".join(f"{decimal_text(amount_ug, digits)} {unit}" for digits, unit in _UNITS)


def mass(amount_ug: int) -> str:
    """An amount in the largest of t, kg and g that makes it 1 or more, all digits."""
    digits, unit = next((step for step in _UNITS if amount_ug >= 10 ** step[0]), _UNITS[-1])
    return f"{decimal_text(amount_ug, digits)} {unit}"


def decimal_text(units: int, decimals: int) -> str:
    """An integer of small units as a decimal with thousands marks and no trailing zeros."""
    whole, part = divmod(units, 10**decimals)
    digits = f"{part:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole:,}.{digits}" if digits else f"{whole:,}"


def moment(unix_s: int) -> str:
    """Unix seconds as a UTC date and time."""
    return datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def sections(receipt: Receipt) -> tuple[Section, ...]:
    """Everything that a receipt states, in reading order; what there was none of is left out or said so."""
    groups = (
        ("Retired", _retired(receipt)),
        ("For", _named(receipt)),
        ("Paid", _paid(receipt.payment) if receipt.payment else ()),
        ("Certificate", _certificate(receipt)),
        ("Evidence", _evidence(receipt)),
        ("Coverage", _coverage(receipt)),
    )
    return tuple(Section(title, facts) for title, facts in groups if facts)


_UNITS = ((12, "t"), (9, "kg"), (6, "g"))


def _retired(receipt: Receipt) -> tuple[Fact, ...]:
    project = f"{receipt.project} · {receipt.project_name}" if receipt.project_name else receipt.project
    return (
        Fact("Quantity of CO₂e", exact_mass(receipt.amount_ug)),
        Fact("Registry", receipt.registry),
        Fact("Project", project, free=True),
        Fact("Vintage", str(receipt.vintage)),
        Fact("Serials", receipt.serials or "none: the registry gives a reference only"),
        *((Fact("Origin", receipt.origin, hash_like=True),) if receipt.origin else ()),
        Fact("Labels", "; ".join(receipt.labels) or "none known", free=True),
        Fact("Retired at", moment(receipt.retired_at)),
    )


def _named(receipt: Receipt) -> tuple[Fact, ...]:
    return (
        Fact("Beneficiary", receipt.beneficiary),
        Fact("Reason as given", receipt.reason or "not on the chain: the order has it", free=True),
        Fact("Account", receipt.holder, hash_like=True),
    )


def _paid(payment: Payment) -> tuple[Fact, ...]:
    def money(units: int) -> str:
        return f"{decimal_text(units, payment.token_decimals)} {payment.token}"

    return (
        Fact("Price", f"{payment.price_usd_per_tonne} USD per tonne"),
        Fact("Amount", f"{money(payment.amount_units)}, of which fees {money(payment.fee_units)}"),
        Fact("Transaction", payment.transaction or "not on a chain", hash_like=bool(payment.transaction)),
    )


def _certificate(receipt: Receipt) -> tuple[Fact, ...]:
    return (
        Fact("Certificate id", receipt.certificate, hash_like=True),
        Fact("Contract", receipt.contract, hash_like=True),
        Fact("Chain", f"{receipt.chain_name} ({receipt.chain_id}), block {receipt.block:,}"),
        Fact("Transaction", receipt.transaction, hash_like=True),
        Fact("Minted at", moment(receipt.minted_at)),
        _council(receipt.signers),
    )


def _council(signers: tuple[str, ...] | None) -> Fact:
    if signers is None:
        return Fact("Council", "signed, as the contract checked; the transaction does not show by whom")
    if not signers:
        return Fact("Council", "not asked: the credits were retired in the minting transaction itself")
    return Fact(f"Council ({len(signers)})", ", ".join(signers), hash_like=True)


def _evidence(receipt: Receipt) -> tuple[Fact, ...]:
    return (
        Fact("SHA-256", receipt.evidence_sha256 or "none: the chain is the evidence", hash_like=True),
        *((Fact("Address", receipt.evidence_url, hash_like=True),) if receipt.evidence_url else ()),
    )


def _coverage(receipt: Receipt) -> tuple[Fact, ...]:
    allocated_ug = sum(part.allocated_ug for part in receipt.coverage)
    left_ug = receipt.amount_ug - allocated_ug
    total = f"{mass(allocated_ug)} of {mass(receipt.amount_ug)} allocated, {mass(left_ug)} not"
    others = receipt.coverage[MOST_PARTS:]
    rest = f"{len(others)} more attestations, {mass(sum(part.allocated_ug for part in others))} together"
    return (
        Fact("This certificate", total),
        *(Fact("Attestation", _part(part)) for part in receipt.coverage[:MOST_PARTS]),
        *((Fact("", rest),) if others else ()),
    )


def _part(part: CoveredPart) -> str:
    short = f"{part.attestation[:10]}…{part.attestation[-8:]}"
    if part.high_ug == 0:
        return f"{short}: {mass(part.allocated_ug)}, high bound 0 g"
    hundredths = part.allocated_ug * 10_000 // part.high_ug
    share = f"{hundredths // 100:,}.{hundredths % 100:02d} %"
    amounts = f"{mass(part.allocated_ug)} of {mass(part.high_ug)} (high bound)"
    return f"{short}: {amounts}, {share} of it from this certificate"
