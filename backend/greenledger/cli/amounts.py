"""Amounts of carbon as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

import typer

_UG = {"g": 10**6, "kg": 10**9, "t": 10**12}
_AMOUNT = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,12})?)\s*(g|kg|t)", re.ASCII)


def amount_ug(text: str, where: str) -> int:
    """Micrograms of CO2e of a text such as 250kg. Raises typer.BadParameter."""
    found = _AMOUNT.fullmatch(text.strip())
    value = Decimal(found[1]) * _UG[found[2]] if found else Decimal(0)
    if value < 1 or value != int(value):
        raise typer.BadParameter(f"{text[:40]!r}: expected such as 250kg, 1.5t or 800g", param_hint=where)
    return int(value)
