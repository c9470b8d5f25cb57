"""Where and when the work was done as the source states it, and what its contracts say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.rules import LONGEST_S
from greenledger.footprint.workload import Place
from greenledger.validation.device_time import Missing
from greenledger.validation.sites import place_of
from greenledger.validation.statement import Statement
from greenledger.validation.work import PPM, whole

Form = dict[str, Any]
NO_DOCUMENT = "0x" + "00" * 32  # a published run brings no document of its contract
_MG_PER_KWH = 10**6  # of ug per uWh
_UL_PER_KWH = 10**9  # of uL per uWh


@dataclass(slots=True)
class Setting:
    """Members of a workload for the site; `notes` say what could not be used."""

    form: Form
    notes: list[str] = field(default_factory=list)


def period_of(stated: Statement, factors: FactorSet) -> Form:
    """From the stated year; a run that states none, or is compared under an assumption of today, is estimated
    in the year of the newest grid factors. Long enough for every device time.
    """
    year = stated.get("year")
    if year is None or stated.assumed is not None:
        year = (stated.assumed.get("year") if stated.assumed else None) or Fraction(
            factors.row("grid/world").year
        )
    if not 2010 <= year < 2100:
        raise Missing(f"inputs.year {float(year):g} (expected one from 2010 to 2099)")
    start = int(datetime(int(year), 1, 1, tzinfo=UTC).timestamp())
    return {"start": str(start), "end": str(start + LONGEST_S)}


def _place(stated: Statement, factors: FactorSet) -> tuple[Place | None, list[str]]:
    texts = stated.texts.get("place", {})
    whole_text = " ".join(texts.values())
    for path, text in [("", whole_text), *texts.items()]:
        found = place_of(text, factors, state=path.endswith("state"))
        if found is not None:
            return found, []
    return None, [f"{path}: {text!r} is no place of the catalogue" for path, text in texts.items()]


def setting_of(stated: Statement, factors: FactorSet, *, boundary: bool, facility: bool) -> Setting:
    """`boundary`: without a PUE in the source its boundary ends at the IT equipment, so 1 is stated.
    `facility`: the energy is of the facility, so no PUE applies.

    An intensity that is only assumed gives way to our own factor where the place is known. Raises Missing if
    the place is needed and not understood.
    """
    place, notes = _place(stated, factors)
    form: Form = (
        {} if place is None else {"place": {k: v for k, v in place._asdict().items() if v is not None}}
    )
    pue = stated.get("pue")
    if pue is not None and not facility:
        form["pue_ppm"] = whole(pue * PPM)
    elif boundary and not facility:
        form["pue_ppm"] = str(PPM)
    if (wue := stated.get("wue")) is not None:
        if pue is not None and not facility and not stated.has("grid-water"):
            wue *= pue  # a source with one WUE beside its PUE takes water on all energy (Morrison 2025)
        form["wue_ul_per_kwh"] = whole(wue * _UL_PER_KWH)
    if (grid_water := stated.get("grid-water")) is not None:
        form["grid_water_ul_per_kwh"] = whole(grid_water * _UL_PER_KWH)
    assumed = stated.assumed is not None and "intensity" in stated.assumed.amounts
    own = stated.get("intensity")
    if own is not None and not (assumed and place is not None):
        form["grid_mg_per_kwh"] = whole(own * _MG_PER_KWH)
    if (residual := stated.get("residual-intensity")) is not None:
        form["residual_mg_per_kwh"] = whole(residual * _MG_PER_KWH)
    if notes and own is None:
        raise Missing(", ".join(notes))
    return Setting(form, notes)


def is_market(stated: Statement, *, tagged: bool) -> bool:
    """Whether the printed figure is the market-based one: it says so, or the source knows no other factor."""
    if tagged:
        return True
    if not stated.has("market-intensity", "coverage", "residual-intensity"):
        return False
    accounting = (stated.text("accounting") or "").lower()
    return "market" in accounting or "net" in accounting or not stated.has("intensity")


def contract_of(stated: Statement) -> tuple[Fraction, int] | None:
    """Share of the energy under contract and its intensity in mg/kWh; None without contracts.

    A market-based intensity alone covers everything; coverage alone is of carbon-free energy.
    """
    intensity, coverage = stated.get("market-intensity"), stated.get("coverage")
    if intensity is None and coverage is None:
        return None
    return (Fraction(1) if coverage is None else coverage), int(
        whole((intensity or Fraction(0)) * _MG_PER_KWH)
    )
