"""Exact conversions between a market's decimals and our integers; rounding only where it is said."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, Inexact, InvalidOperation

UG_PER_TONNE_EXPONENT = 12  # 1 t = 10^12 µg
_UNITS = ((12, "t"), (9, "kg"), (6, "g"), (3, "mg"), (0, "µg"))
MAX_UG = 2**72 - 1  # uint72 on chain, 4.7 Gt
MAX_CENTS = 10**15  # far above any order; keeps hostile exponents out
# Enough digits for any accepted value; a value that needs more is refused instead of rounded.
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])


class InexactAmount(ValueError):
    """A decimal that is not a whole number of base units, or is out of range."""


def tonnes_to_ug(tonnes: Decimal) -> int:
    """Tonnes to µgCO2e, 0 to 2^72 - 1; raises InexactAmount for a fraction of a µg or out of range."""
    scaled = _scaled(tonnes, UG_PER_TONNE_EXPONENT)
    if scaled != scaled.to_integral_value():
        raise InexactAmount(f"expected at most {UG_PER_TONNE_EXPONENT} decimals")
    return _bounded(scaled, MAX_UG)


def tonnes_to_ug_down(tonnes: Decimal) -> int:
    """Tonnes to µgCO2e, a fraction of a µg dropped: for supplies, which tokens divide further."""
    return _bounded(_scaled(tonnes, UG_PER_TONNE_EXPONENT).to_integral_value(ROUND_FLOOR), MAX_UG)


def ug_to_tonnes(amount_ug: int) -> Decimal:
    """µgCO2e to tonnes, without trailing zeros; raises InexactAmount out of range."""
    if not 0 <= amount_ug <= MAX_UG:
        raise InexactAmount(f"expected 0 to {MAX_UG} µgCO2e")
    return plain(_EXACT.scaleb(Decimal(amount_ug), -UG_PER_TONNE_EXPONENT))


def usd_to_cents(usd: Decimal) -> int:
    """USD to cents, a fraction of a cent rounded up so that a price is never understated."""
    return _bounded(_scaled(usd, 2).to_integral_value(ROUND_CEILING), MAX_CENTS)


def cents_to_usd(cents: int) -> str:
    """Cents as a decimal string of USD: 3250 becomes "32.50"."""
    return f"{cents // 100}.{cents % 100:02d}"


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent in its text."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def amount_text(amount_ug: int) -> str:
    """An amount for people, exact: in the largest of t, kg, g, mg and µg that makes it a whole number."""
    size, unit = next(step for step in _UNITS if amount_ug % 10 ** step[0] == 0)
    return f"{amount_ug // 10**size:,} {unit}"


def _scaled(value: Decimal, exponent: int) -> Decimal:
    # Bounds first: writing out 1E+999999999 would not come back, nor 1E-999999999.
    if not value.is_finite() or value < 0 or (value and not -30 <= value.adjusted() <= 30):
        raise InexactAmount("expected a non-negative number of sane size")
    try:
        return _EXACT.scaleb(_EXACT.plus(value), exponent)
    except (Inexact, InvalidOperation):
        raise InexactAmount("too many digits") from None


def _bounded(whole: Decimal, most: int) -> int:
    if whole > most:
        raise InexactAmount(f"expected at most {most}")
    return int(whole)
