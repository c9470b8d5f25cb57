"""What badges and cards say: numbers, and evidence of a retirement; never what that makes of a product."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from greenledger.badges.figures import Figures, Footprint, Retirement
from greenledger.chain.records import Attestation, Certificate

_UNITS = ((12, "t"), (9, "kg"), (6, "g"), (3, "mg"), (0, "µg"))
DIGITS = 4
"""Significant digits of an amount; what is cut off is cut off, so that no badge says more than the chain."""

# Behind white letters: contrast above 7 to 1, more than WCAG 2.2 AA asks (4.5 to 1).
GREEN, GOLD, RED, GREY = "#0b5d44", "#6b4700", "#8f1d1d", "#3f4a45"


@dataclass(frozen=True)
class Badge:
    """The two halves of a badge and the colour of the second, as in "#0b5d44"."""

    label: str
    message: str
    colour: str
    known: bool = True


@dataclass(frozen=True)
class Card:
    """Title and description of a page where a link to it is shown."""

    title: str
    description: str


def mass(amount_ug: int) -> str:
    """An amount in its largest unit, four significant digits, the rest cut off: "92.17 t"."""
    if amount_ug == 0:
        return "0 kg"
    decimals, unit = next(step for step in _UNITS if amount_ug >= 10 ** step[0])
    whole, part = divmod(amount_ug, 10**decimals)
    kept = f"{part:0{decimals}d}"[: max(DIGITS - len(str(whole)), 0)].rstrip("0") if decimals else ""
    return f"{whole:,}.{kept} {unit}" if kept else f"{whole:,} {unit}"


def mass_at_most(amount_ug: int) -> str:
    """The same rounded up, for a bound that must not be understated."""
    step = 10 ** min(max(len(str(amount_ug)) - DIGITS, 0), _UNITS[0][0])
    return mass(-(-amount_ug // step) * step)


def share(part_ug: int, whole_ug: int) -> str:
    """A share in per cent with one digit, cut off: never 100 % unless it is all of it."""
    tenths = part_ug * 1000 // whole_ug
    return f"{tenths // 10:,}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10:,} %"


def coverage(covered_ug: int, high_ug: int) -> str:
    """How much of a high bound is covered, in words."""
    if high_ug == 0:
        return "nothing to cover"
    return f"{share(covered_ug, high_ug)} covered by evidence of retirement"


def badge_of(figures: Figures) -> Badge:
    """The badge of what the chain said."""
    if figures is None:
        return Badge("AI footprint", "nothing recorded on this ledger", GREY, known=False)
    if isinstance(figures, Retirement):
        retired = f"{mass(figures.amount_ug)} CO2e"
        if figures.voided:
            return Badge("retired credits", f"{retired}, certificate void", RED)
        return Badge("retired credits", f"{retired}, evidence on chain", GREEN)
    return _footprint_badge(figures)


def _footprint_badge(figures: Footprint) -> Badge:
    total = f"{mass(figures.central_ug)} CO2e"
    if figures.superseded:
        return Badge("AI footprint", f"{total}, replaced by a later report", GOLD)
    return Badge("AI footprint", f"{total}, {coverage(figures.covered_ug, figures.high_ug)}", GREEN)


def attestation_card(attestation: Attestation) -> Card:
    """How a link to an attestation is announced."""
    bounds = f"between {mass(attestation.low_ug)} and {mass_at_most(attestation.high_ug)}"
    if attestation.superseded:
        state = "replaced by a later report"
    else:
        state = coverage(attestation.covered_ug, attestation.high_ug)
    return Card(
        title=f"AI footprint: {mass(attestation.central_ug)} CO2e",
        description=f"Recorded on chain, {bounds}, evidence tier {attestation.tier} of 7; {state}.",
    )


def certificate_card(certificate: Certificate) -> Card:
    """How a link to a certificate is announced."""
    retired = f"{mass(certificate.amount_ug)} CO2e from {plain(certificate.project)}"
    void = "VOID. " if certificate.voided else ""
    return Card(
        title=f"Certificate: {retired}, vintage {certificate.vintage}",
        description=(
            f"{void}Retired for {plain(certificate.beneficiary)}, registry {plain(certificate.registry)}."
            " Evidence of a retirement. Conveys no unit."
        ),
    )


def plain(text: str) -> str:
    """A text of somebody else with nothing in it that is unseen or turns the writing around."""
    seen = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return " ".join("".join(seen).split())
