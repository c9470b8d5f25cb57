"""Reading Carbonmark's replies: what a certificate depends on is checked, everything else may vary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenledger.offsets.amounts import InexactAmount, tonnes_to_ug, tonnes_to_ug_down
from greenledger.offsets.errors import MarketUnavailable
from greenledger.offsets.market import Project
from greenledger.offsets.reply_fields import cents, invalid, items, number, optional_text, text, ug, whole

PROJECT_KEY = re.compile(r"([A-Za-z0-9]{2,12})-[A-Za-z0-9.-]{1,19}")  # "ICR-112", at most 32 characters
TRANSACTION = re.compile(r"0x[0-9a-f]{64}")
# {chainId}-{transactionHash}-{index}
UNIFIED_ID = re.compile(rf"(\d{{1,20}})-({TRANSACTION.pattern})-(\d{{1,10}})")
MINIMUM_TONNES = Decimal("0.001")  # least quantity of any quote
NAME = "carbonmark"


@dataclass(frozen=True)
class OrderReply:
    """The parts of an order that matter here; `amount_ug` in µgCO2e."""

    status: str
    transaction_hash: str | None
    view_url: str
    amount_ug: int
    beneficiary_name: str | None
    beneficiary_address: str | None
    was_completed: bool


def registry_of(project: str) -> str:
    """The registry key in a project key: "ICR-112" is in "icr"."""
    match = PROJECT_KEY.fullmatch(project)
    if match is None:
        raise invalid("projectId", "a key such as ICR-112")
    return match.group(1).lower()


def offer(price: dict[str, Any], projects: dict[str, dict[str, Any]]) -> Project | None:
    """An entry of /prices joined with its project; None if it does not say what it sells or is unusable."""
    try:
        credit = price["listing"]["creditId"]
        project = text(credit["projectId"], "creditId.projectId")
        about = projects.get(project, {})
        token = price["listing"].get("token")
        method = _first(about.get("methodologies"))
        cents(price["purchasePrice"], "purchasePrice")  # bounds only: the price itself stays exact
        supply_ug, minimum_ug = _floor_ug(price["supply"]), ug(price["minFillAmount"], "minFillAmount")
        return Project(
            source_id=text(price["sourceId"], "sourceId"),
            project=project,
            name=optional_text(about.get("name")) or project,
            registry=registry_of(project),
            country=optional_text(about.get("country")),
            vintage=whole(credit["vintage"], "creditId.vintage", 9999),
            price_usd_per_tonne=number(price["purchasePrice"], "purchasePrice"),
            available_ug=supply_ug,
            minimum_ug=max(minimum_ug, tonnes_to_ug(MINIMUM_TONNES)),
            ex_ante=isinstance(token, dict) and token.get("isExAnte") is True,
            market=NAME,
            kind=optional_text(method.get("category")) or None,
            methodology=optional_text(method.get("name")) or optional_text(method.get("id")) or None,
        )
    except (KeyError, TypeError, AttributeError, MarketUnavailable):
        return None  # one bad entry must not hide the others


def order(value: Any) -> dict[str, Any] | None:
    """The one order in a reply that is an object or an array; None for an empty array."""
    if isinstance(value, list):
        if len(value) > 1:
            raise invalid("orders", "one order for one quote")
        value = value[0] if value else None
    if value is None:
        return None
    if not isinstance(value, dict):
        raise invalid("order", "an object")
    return value


def order_reply(value: dict[str, Any], quote_reference: str) -> OrderReply:
    """Read an order; raises MarketUnavailable if it is not of this quote."""
    quote = value.get("quote")
    if not isinstance(quote, dict) or str(quote.get("uuid", "")).lower() != quote_reference.lower():
        raise invalid("quote.uuid", quote_reference)
    transaction = value.get("transaction_hash")
    return OrderReply(
        status=text(value.get("status"), "status"),
        transaction_hash=transaction.lower() if isinstance(transaction, str) and transaction else None,
        view_url=optional_text(value.get("view_retirement_url")),
        amount_ug=ug(quote.get("quantity_tonnes"), "quote.quantity_tonnes"),
        beneficiary_name=optional_text(value.get("beneficiary_name")) or None,
        beneficiary_address=optional_text(value.get("beneficiary_address")).lower() or None,
        was_completed=bool(optional_text(value.get("completed_at"))),
    )


def serials(value: Any) -> tuple[str, ...]:
    """Serial numbers in a provenance reply, each once, in the order given."""
    found: dict[str, None] = {}
    for record in items(value, "provenance"):
        numbers = record.get("registrySerialNumbers")
        for serial in numbers if isinstance(numbers, list) else ():
            if isinstance(serial, str) and serial.strip():
                found[serial.strip()] = None
    return tuple(found)


def _first(value: Any) -> dict[str, Any]:
    entries = value if isinstance(value, list) else []
    return next((entry for entry in entries if isinstance(entry, dict)), {})


def _floor_ug(value: Any) -> int:
    """Supply in µgCO2e, rounded down: tokens divide further than a µg."""
    try:
        return tonnes_to_ug_down(number(value, "supply"))
    except InexactAmount as error:
        raise invalid("supply", f"tonnes ({error})") from error
