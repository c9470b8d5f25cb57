"""Reading the Isometric registry's records: retirements, and the credit batches that they retired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from greenledger.offsets.errors import ProofUnusable
from greenledger.offsets.market import Purchase
from greenledger.offsets.reply_fields import invalid, items, moment, optional_text, record, text, ug_of_kg
from greenledger.offsets.serials.reading import SerialsNotUnderstood, read_serials
from greenledger.offsets.serials.serial_range import SerialRange

RETIREMENT_ID = re.compile(r"ret_[A-Za-z0-9]{8,33}")
BATCH_ID = re.compile(r"ctb_[A-Za-z0-9]{8,33}")
LONGEST_NOTES = 256
_NOTES = re.compile(r"(q[0-9a-f.]+[A-Za-z0-9_-]{1,20}) (0x[0-9a-fA-F]{40})(?: (.*))?", re.DOTALL)
RETIRED, ACTIVE = "retired", "active"


@dataclass(frozen=True)
class Batch:
    """Credits of one serial range: µgCO2e, the serial as printed and as it was understood."""

    id: str
    status: str
    amount_ug: int
    supplier: str
    country: str
    printed: str
    serials: SerialRange
    ccp: bool | None
    retirement: str | None


@dataclass(frozen=True)
class Retired:
    """A retirement as the registry records it: µgCO2e, Unix seconds; what its notes say if we wrote them."""

    id: str
    amount_ug: int
    beneficiary: str
    retired_at: int
    url: str
    quote: str | None
    address: str
    message: str


def notes(purchase: Purchase) -> str:
    """The public note of a retirement: the quote it is found by, whom it is for, and what for."""
    return f"{purchase.quote_reference} {purchase.beneficiary_address} {purchase.message}"[:LONGEST_NOTES]


def retirement(value: Any) -> Retired:
    """A retirement; raises MarketUnavailable naming what is missing."""
    found = record(value, "retirement")
    identity = text(found.get("id"), "id")
    if not RETIREMENT_ID.fullmatch(identity):
        raise invalid("id", "ret_ and an id")
    size = record(found.get("credit_batch_size_total"), "credit_batch_size_total")
    beneficiary = record(found.get("beneficiary"), "beneficiary")
    match = _NOTES.fullmatch(optional_text(found.get("notes")))
    quote, address, message = match.groups() if match is not None else (None, "", "")
    return Retired(
        id=identity,
        amount_ug=ug_of_kg(size.get("credit_kgs"), "credit_batch_size_total.credit_kgs"),
        beneficiary=text(beneficiary.get("name"), "beneficiary.name"),
        retired_at=moment(found.get("retired_at"), "retired_at"),
        url=optional_text(found.get("url"))[:500],
        quote=quote,
        address=address,
        message=message if message is not None else "",
    )


def batches(value: Any) -> tuple[Batch, ...]:
    """All batches of a list. Raises ProofUnusable if one cannot be understood or the list is incomplete."""
    nodes = items(value, "credit_batches", "nodes")
    total = value.get("total_count") if isinstance(value, dict) else None
    if isinstance(total, int) and total > len(nodes):
        raise ProofUnusable(f"credit_batches: found {len(nodes)}, expected all {total}")
    return tuple(batch(node) for node in nodes)


def batch(value: dict[str, Any]) -> Batch:
    """One batch; raises ProofUnusable for a serial number of another form than the registry's."""
    identity = text(value.get("id"), "credit_batches[].id")
    printed = text(value.get("serial_number"), "credit_batches[].serial_number")
    try:
        (serials,) = read_serials(printed, "isometric")
    except (SerialsNotUnderstood, ValueError) as error:
        raise ProofUnusable(f"credit batch {identity[:40]}: serial_number: {error}") from error
    size = record(value.get("size"), "credit_batches[].size")
    ccp = value.get("ccp_approved")
    return Batch(
        id=identity,
        status=text(value.get("status"), "credit_batches[].status"),
        amount_ug=ug_of_kg(size.get("credit_kgs"), "credit_batches[].size.credit_kgs"),
        supplier=optional_text(value.get("supplier_id")),
        country=optional_text(value.get("country_of_issue"))[:60],
        printed=printed,
        serials=serials,
        ccp=ccp if isinstance(ccp, bool) else None,
        retirement=optional_text(value.get("retirement_id")) or None,
    )


def not_retired(found: tuple[Batch, ...], identity: str) -> Batch | None:
    """A batch of a retirement that is not retired by it (any more); None if all are."""
    return next(
        (one for one in found if one.status != RETIRED or one.retirement not in (None, identity)), None
    )
