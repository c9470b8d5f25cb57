"""From what a source states to a workload of the model, by class of statement and never by case."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import Range
from greenledger.validation.counts import ONE, count_of
from greenledger.validation.device_time import Missing
from greenledger.validation.making import has_making
from greenledger.validation.names import read_name
from greenledger.validation.printed import Printed, printed_of
from greenledger.validation.runs import PublishedRun
from greenledger.validation.setting import NO_DOCUMENT, contract_of, is_market, period_of, setting_of
from greenledger.validation.statement import Given, Statement, all_unknown, statement_of
from greenledger.validation.words import DAY_S, MONTH_S, YEAR_S
from greenledger.validation.work import Work, whole, work_of

_TIME = read_name("hours")
PERIODS = {"day": DAY_S, "week": 7 * DAY_S, "month": MONTH_S, "year": YEAR_S}
Bounds = tuple[Fraction, Fraction, Fraction]


@dataclass(slots=True)
class Mapped:
    """A workload, which stage of its estimate was printed, and how many base units make one printed unit.

    `added` are base units that the source counts beside the model's stages. `per_energy`: the divisor is in
    Wh of the estimate's own energy. `contract`: share of the energy and its intensity, for a second pass.
    """

    workload: dict[str, Any]
    stage: str
    divisor: Fraction
    added: Fraction = Fraction(0)
    without_host: bool = False
    per_energy: bool = False
    contract: tuple[Fraction, int] | None = None
    notes: list[str] = field(default_factory=list)


def _statement(run: PublishedRun, *, assume: bool) -> Statement:
    """What the source states, and what the run assumes in its place if asked for."""
    stated = statement_of(run.inputs)
    if unknown := list(all_unknown(stated)):
        raise Missing(", ".join(unknown))
    if stated.assumed is not None and assume:
        stated.amounts = stated.assumed.amounts | stated.amounts
        stated.texts = stated.assumed.texts | stated.texts
    return stated


def map_run(run: PublishedRun, factors: FactorSet, *, assume: bool = True) -> Mapped:
    """`assume`: with the run's reference assumption. Raises Missing: what was not understood."""
    stated = _statement(run, assume=assume)
    printed = printed_of(run.expected.unit)
    if printed is None:
        raise Missing(f"expected.unit {run.expected.unit!r}")
    if printed.per in PERIODS and not stated.has("wall-time"):
        stated.amounts["wall-time"] = Given(PERIODS[printed.per], "expected.unit", _TIME)
    embodied = run.kind == "embodied" or "embodied" in printed.tag
    work = work_of(run, stated, printed, factors, embodied=embodied)
    # Without a PUE the source's boundary ends at the IT equipment; the model's energy has the model's PUE.
    boundary = (run.use != "default" and not work.modelled) or printed.accelerators_only
    setting = setting_of(stated, factors, boundary=boundary, facility=work.facility)
    site = setting.form if work.site is None else work.site
    if work.pue is not None:
        site["pue_ppm"] = whole(work.pue * 10**6)
    serves = run.kind == "inference" or not work.form.keys().isdisjoint({"requests", "task"})
    kind = "inference" if serves else "training"
    workload = {"kind": kind, **period_of(stated, factors)} | work.form | site
    mapped = Mapped(
        workload, _stage(run, stated, printed, embodied=embodied), _divisor(stated, printed, work)
    )
    mapped.added = (stated.get("other-carbon") or Fraction(0)) * work.copies
    if printed.measure != "carbon":
        mapped.added = Fraction(0)
    mapped.without_host = printed.accelerators_only and work.hosted
    mapped.per_energy = printed.per == "wh" and not stated.has("carbon")
    mapped.contract = contract_of(stated)
    mapped.notes = [*work.notes, *setting.notes, *(text for text in stated.remarks if ":" in text)]
    return mapped


def _stage(run: PublishedRun, stated: Statement, printed: Printed, *, embodied: bool) -> str:
    if printed.measure == "energy":
        return "energy_uwh"
    if printed.measure == "water":
        return "water_ul"
    if embodied:
        return "embodied_ug"
    market = "_market" if is_market(stated, tagged=printed.market) else ""
    everything = run.kind == "sci" or has_making(stated) or "total" in printed.tag
    return f"total{market}_ug" if everything else f"operational{market}_ug"


def _divisor(stated: Statement, printed: Printed, work: Work) -> Fraction:
    """Base units of the whole workload that make one printed unit."""
    repeats = stated.get("repeats") or ONE
    size = printed.size * work.copies / repeats
    if printed.per is None:
        return size
    if printed.per in PERIODS:
        return size * (stated.get("wall-time") or ONE) / (PERIODS[printed.per] * printed.per_count)
    if printed.per == "wh" and not stated.has("carbon"):
        return printed.size * printed.per_count
    count = count_of(printed.per, stated)
    if count is None:
        raise Missing(f"expected.unit per {printed.per} (inputs tell no number of it)")
    return size * count / printed.per_count


def estimate_of(mapped: Mapped, factors: FactorSet) -> Estimate:
    """The model's estimate; contracts of a share of the energy are stated once that is known.

    Raises Missing if the model refuses the workload, as where a factor set has no row for a field.
    """
    result = _estimated(mapped.workload, factors)
    if mapped.contract is None or not result.energy_uwh.central:
        return result
    share, intensity = mapped.contract
    energy = whole(result.energy_uwh.central * min(share, ONE))
    contracts = [{"energy_uwh": energy, "grid_mg_per_kwh": str(intensity), "evidence": NO_DOCUMENT}]
    return _estimated(mapped.workload | {"contracts": contracts}, factors) if int(energy) else result


def _estimated(workload: dict[str, Any], factors: FactorSet) -> Estimate:
    try:
        return estimate(parse_workload(workload, factors), factors)
    except InvalidWorkload as error:
        raise Missing("; ".join(f"{e.field}: {e.problem}" for e in error.errors)) from error


def figure_of(mapped: Mapped, result: Estimate, factors: FactorSet) -> Bounds:
    """Low, central and high in the printed unit."""
    stage: Range = getattr(result, mapped.stage)
    if mapped.without_host:
        host = factors.row("host-overhead").value
        low, central, high = (
            Fraction(value * 10**6, share) for value, share in zip(stage, host, strict=True)
        )
    else:
        low, central, high = (Fraction(value) for value in stage)
    divisor = mapped.divisor
    if mapped.per_energy:
        divisor = divisor * Fraction(result.energy_uwh.central, 10**6)
    if not divisor:
        raise Missing("inputs (a figure per nothing)")
    added = mapped.added
    return (low + added) / divisor, (central + added) / divisor, (high + added) / divisor
