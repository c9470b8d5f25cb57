"""Reading CNaught's orders: states, and the retirements that each part of an order led to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from greenledger.offsets.bounded_json import object_or_none
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable
from greenledger.offsets.market import Order, OrderState, Purchase
from greenledger.offsets.reply_fields import items, moment, optional_text, record, text, ug_of_kg
from greenledger.offsets.serials.reading import SerialsNotUnderstood, read_serials
from greenledger.offsets.serials.serial_range import SerialRange, certified_text

ORDER_ID = re.compile(r"[A-Za-z0-9_-]{4,60}")
REFERENCE = re.compile(rf"({ORDER_ID.pattern})/(\d{{1,3}})")  # {order id}/{index of the allocation}
BEHALF = "On behalf of "
# Names that CNaught's orders may give a registry, as the keys that serial numbers are read by.
REGISTRIES = {
    "verra": "vcs",
    "verified carbon standard": "vcs",
    "gold standard": "gs",
    "puro.earth": "puro",
    "puro": "puro",
    "isometric": "isometric",
    "american carbon registry": "acr",
    "acr": "acr",
    "climate action reserve": "car",
}


@dataclass(frozen=True)
class Memo:
    """What we wrote into an order's metadata when it was placed."""

    quote: str
    beneficiary: str
    address: str
    message: str


@dataclass(frozen=True)
class Part:
    """One project's share of an order: µgCO2e, the serials as a certificate has them, and as understood."""

    amount_ug: int
    serials: str
    ranges: tuple[SerialRange, ...]
    url: str


def memo_text(purchase: Purchase) -> str:
    """The metadata of an order: who it is for, and the quote that it is found by."""
    memo = {
        "quote": purchase.quote_reference,
        "beneficiary": purchase.beneficiary_name,
        "address": purchase.beneficiary_address,
        "message": purchase.message,
    }
    return json.dumps(memo, ensure_ascii=False, sort_keys=True)


def read_memo(value: Any) -> Memo | None:
    """What we wrote into the metadata; None for orders that somebody else placed."""
    memo = object_or_none(value.encode(errors="replace")) if isinstance(value, str) else None
    if memo is None or not isinstance(memo.get("quote"), str):
        return None
    return Memo(*(optional_text(memo.get(name)) for name in ("quote", "beneficiary", "address", "message")))


def order_of(value: dict[str, Any], quote_reference: str) -> Order:
    """An order as the port has it; raises MarketUnavailable naming a state that is not known here."""
    identity = order_id(value)
    state = text(value.get("state"), "state")
    references = tuple(
        f"{identity}/{index}" for index, part in enumerate(allocations(value)) if _serials(part)
    )
    if state == "placed":
        return Order(quote_reference, OrderState.PENDING, state)
    if state == "cancelled":
        # A cancelled order with serial numbers was fulfilled once, and its retirement was taken back.
        ended = OrderState.REVERTED if references else OrderState.FAILED
        return Order(quote_reference, ended, state)
    if state != "fulfilled":
        raise MarketUnavailable(
            f"order {identity}: state {state[:60]} is not known here, expected placed, fulfilled or cancelled"
        )
    if not references or len(references) < len(allocations(value)):
        return Order(quote_reference, OrderState.PENDING, f"{state}, serial numbers not told yet")
    return Order(quote_reference, OrderState.RETIRED, state, references[0], references[1:])


def order_id(value: dict[str, Any]) -> str:
    """The order's id, of a form that may stand in a path."""
    identity = text(value.get("id"), "id")
    if not ORDER_ID.fullmatch(identity):
        raise MarketUnavailable(f"the market's reply is not usable: id: expected {ORDER_ID.pattern}")
    return identity


def allocations(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of an order by project; none while they are not told."""
    found = value.get("project_allocations")
    return items(found, "project_allocations") if found is not None else []


def part_of(value: dict[str, Any], index: int) -> Part:
    """One part of a fulfilled order. Raises ProofUnusable naming what a certificate lacks."""
    parts = allocations(value)
    if index >= len(parts):
        raise ProofUnusable(f"project_allocations: found {len(parts)}, expected more than {index}")
    part, where = parts[index], f"project_allocations[{index}]"
    project = record(part.get("project"), f"{where}.project")
    printed = _serials(part)
    try:
        ranges = read_serials("; ".join(printed))
    except SerialsNotUnderstood as error:
        raise ProofUnusable(f"{where}.retirements[].serial_number_range: {error}") from error
    _check_registry(project, ranges, where)
    retirements = items(part.get("retirements"), f"{where}.retirements")
    urls = [optional_text(entry.get("url")) for entry in retirements]
    return Part(
        amount_ug=ug_of_kg(part.get("amount_kg"), f"{where}.amount_kg"),
        serials=certified_text(printed, ranges),
        ranges=ranges,
        url=next((url for url in urls if url), "") or optional_text(project.get("registry_url")),
    )


def placed_at(value: dict[str, Any]) -> int:
    """When the order was made, Unix seconds."""
    return moment(value.get("created_on"), "created_on")


def _serials(part: dict[str, Any]) -> list[str]:
    found = part.get("retirements")
    entries = items(found, "retirements") if found is not None else []
    printed = (optional_text(entry.get("serial_number_range")).strip() for entry in entries)
    return [serials for serials in printed if serials]


def _check_registry(project: dict[str, Any], ranges: tuple[SerialRange, ...], where: str) -> None:
    """What CNaught says of the project has to agree with the registry's own serial numbers."""
    named = optional_text(project.get("registry_name"))
    expected = REGISTRIES.get(named.strip().lower())
    if expected is None:
        known = ", ".join(sorted(set(REGISTRIES)))
        raise ProofUnusable(f"{where}.project.registry_name: found {named[:60]!r}, expected one of {known}")
    if {one.registry for one in ranges} != {expected}:
        raise ProofUnusable(f"{where}: the serial numbers are not of {named[:60]}")
    if len({(one.project, one.vintage) for one in ranges}) != 1:
        raise ProofUnusable(f"{where}: the serial numbers are of several projects or vintages, expected one")
    stated = _digits(optional_text(project.get("registry_id")))
    printed = _digits(ranges[0].project or "")
    if stated and printed and stated != printed:
        raise ProofUnusable(
            f"{where}.project.registry_id: found {stated}, expected {printed} as in the serial numbers"
        )


def _digits(identity: str) -> str:
    return re.sub(r"[^0-9]", "", identity).lstrip("0")


def hint(body: bytes) -> str | None:
    """The quote reference in the body of a call about an order; None if it is not about one of ours."""
    memo = read_memo((object_or_none(body) or {}).get("metadata"))
    return memo.quote if memo is not None else None
