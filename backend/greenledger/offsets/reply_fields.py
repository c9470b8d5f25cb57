"""Reading fields of a market's reply: what a certificate depends on is checked, everything else may vary."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from greenledger.offsets.amounts import InexactAmount, tonnes_to_ug, usd_to_cents
from greenledger.offsets.errors import MarketUnavailable

MAX_ENTRIES = 5_000
LONGEST_TEXT = 2_000


def invalid(field: str, expected: str) -> MarketUnavailable:
    """An answer that cannot be used, as an error that names the field."""
    return MarketUnavailable(f"the market's reply is not usable: {field}: expected {expected}")


def text(value: Any, field: str) -> str:
    """A non-empty string of sane length."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_TEXT:
        raise invalid(field, "text")
    return value


def optional_text(value: Any) -> str:
    """A string, cut to sane length; empty if it is missing or something else."""
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def number(value: Any, field: str) -> Decimal:
    """A JSON number or a numeric string, exact."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,30}(\.\d{1,30})?", value):
        return Decimal(value)
    raise invalid(field, "a number")


def whole(value: Any, field: str, most: int) -> int:
    """A whole number from 0 to `most`, as number or string."""
    found = number(value, field)
    if not 0 <= found <= most or found != found.to_integral_value():
        raise invalid(field, f"a whole number up to {most}")
    return int(found)


def ug(value: Any, field: str) -> int:
    """Tonnes on the wire as µgCO2e."""
    try:
        return tonnes_to_ug(number(value, field))
    except InexactAmount as error:
        raise invalid(field, f"tonnes in whole micrograms ({error})") from error


def ug_of_kg(value: Any, field: str) -> int:
    """Kilograms on the wire as µgCO2e."""
    kg = number(value, field)
    try:
        return tonnes_to_ug(kg.scaleb(-3) if kg and kg.is_finite() and abs(kg.adjusted()) < 30 else kg)
    except InexactAmount as error:
        raise invalid(field, f"kilograms in whole micrograms ({error})") from error


def cents(value: Any, field: str) -> int:
    """USD on the wire as cents, rounded up."""
    try:
        return usd_to_cents(number(value, field))
    except InexactAmount as error:
        raise invalid(field, f"an amount in USD ({error})") from error


def moment(value: Any, field: str) -> int:
    """An ISO 8601 time as Unix seconds; without an offset it is UTC."""
    try:
        at = datetime.fromisoformat(text(value, field))
    except ValueError:
        raise invalid(field, "a time such as 2026-01-31T12:00:00Z") from None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def record(value: Any, field: str) -> dict[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise invalid(field, "an object")
    return value


def items(value: Any, field: str, name: str = "items") -> list[dict[str, Any]]:
    """A list of objects, bare or under `name`; entries of another kind are left out."""
    found = value.get(name) if isinstance(value, dict) else value
    if not isinstance(found, list):
        raise invalid(field, f"a list, or an object with {name}")
    return [entry for entry in found[:MAX_ENTRIES] if isinstance(entry, dict)]
