"""The estimate of one workload: every stage as integers with bounds, the evidence tier, each default used."""

from __future__ import annotations

from typing import NamedTuple

from greenledger.footprint import stages
from greenledger.footprint.embodied import embodied_of
from greenledger.footprint.energy import Part, PathReads, parts_of, site_of_workload
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.market import market_of
from greenledger.footprint.ranges import Range, spread
from greenledger.footprint.sci import Sci, sci_of
from greenledger.footprint.site import Site
from greenledger.footprint.trail import DefaultUsed, Reads, merged, row_of
from greenledger.footprint.workload import Workload

__all__ = ["STAGES", "DefaultUsed", "Estimate", "estimate"]

MOST_UG = 2**72 - 1  # a carbon amount on chain is a uint72
STAGES = (
    "it_energy_uwh",
    "energy_uwh",
    "operational_ug",
    "operational_market_ug",
    "embodied_ug",
    "water_ul",
    "total_ug",
    "total_market_ug",
)


class Estimate(NamedTuple):
    """Result of `estimate`. Ranges in the unit of their name; `factors` are the keys of all rows read.

    `per_request_ug` is the total over the requests of a workload that states them, `sci` the total over its
    functional unit; both None otherwise. Tier 1 is metered, 7 a published average.
    """

    it_energy_uwh: Range
    energy_uwh: Range
    operational_ug: Range
    operational_market_ug: Range
    embodied_ug: Range
    water_ul: Range
    total_ug: Range
    total_market_ug: Range
    per_request_ug: Range | None
    sci: Sci | None
    tier: int
    tier_reason: str
    took: tuple[PathReads, ...]

    @property
    def reads(self) -> Reads:
        """Everything that was read. Put together only when somebody asks: the integers do not need it."""
        return merged(self.took)

    @property
    def defaults(self) -> tuple[DefaultUsed, ...]:
        return self.reads.defaults

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.reads.warnings

    @property
    def factors(self) -> tuple[str, ...]:
        return self.reads.keys

    def as_json(self) -> dict[str, object]:
        """Integers as decimal strings; the methodology is added by `greenledger.evidence.methodology`."""
        members: dict[str, object] = {stage: getattr(self, stage).as_json() for stage in STAGES}
        if self.per_request_ug is not None:
            members["per_request_ug"] = self.per_request_ug.as_json()
        if self.sci is not None:
            members["sci"] = self.sci.as_json()
        members["tier"] = self.tier
        members["tier_reason"] = self.tier_reason
        reads = self.reads
        members["defaults"] = [default.as_json() for default in reads.defaults]
        members["warnings"] = list(reads.warnings)
        members["factors"] = list(reads.keys)
        return members


def tier_of(parts: list[Part], sites: list[Site]) -> tuple[int, str]:
    """Tier of the evidence: that of the weakest part, one worse without a known PUE or finer place, 6 at best
    without any place. Never declared, always computed.
    """
    weakest = parts[0] if len(parts) == 1 else max(parts, key=lambda part: part.tier)
    tier, reason = weakest.tier, weakest.reason
    no_pue = country_only = unknown = False
    for site in sites:
        no_pue = no_pue or not site.rows.pue_known
        country_only = country_only or site.rows.country_only
        unknown = unknown or site.rows.unknown
    if no_pue or country_only:
        tier = min(tier + 1, 7)
        missing = ("no PUE published for the site",) * no_pue + (
            "place known as a country only",
        ) * country_only
        reason += f"; {' and '.join(missing)}: one tier lower"
    if unknown:
        tier = max(tier, 6)
        reason += "; place unknown: tier 6 at best"
    return tier, reason


def estimate(workload: Workload, factors: FactorSet) -> Estimate:
    """Footprint of one workload under methodology `gal-footprint/1`.

    Every part of the work passes the stages and rounds on its own, so that parts add up exactly.
    Pure integer arithmetic: the same integers on every machine. Low and high are bounds under the stated
    factors, not confidence limits. Raises InvalidWorkload if the result exceeds what the chain can hold, and
    UnknownFactor if the workload was read with another factor set.
    """
    parts = parts_of(workload, factors)
    took: list[PathReads] = [read for part in parts for read in part.reads]
    sites = [part.site for part in parts]
    energies = [stages.facility_energy_uwh(part.energy_uwh, part.site.pue_ppm) for part in parts]
    if workload.idle_uwh:
        _add_idle(workload, sites, energies, factors)
    for site in sites:
        _took_site(site, took)
    if workload.idle_uwh:
        took.append(("", row_of(factors, _METER).reads))
    it_energy = stages.added([part.energy_uwh for part in parts])
    energy = stages.added(energies)
    operational = stages.added(
        [stages.location_ug(used, site.grid_mg_per_kwh) for used, site in zip(energies, sites, strict=True)]
    )
    market = market_of(workload, energies, sites, operational, factors, took)
    embodied = embodied_of(workload, parts, it_energy, factors, took)
    water = _water(workload, parts, energy, factors, took)
    total, total_market = operational + embodied, market + embodied
    if total.high > MOST_UG or total_market.high > MOST_UG:
        error = FieldError("", f"the footprint exceeds {MOST_UG} ug", "a workload of at most 4.7 Gt")
        raise InvalidWorkload((error,))
    tier, reason = tier_of(parts, sites)
    return Estimate(
        it_energy,
        energy,
        operational,
        market,
        embodied,
        water,
        total,
        total_market,
        stages.per_unit_ug(total, workload.requests) if workload.requests else None,
        sci_of(workload, total) if workload.functional_unit else None,
        tier,
        reason,
        tuple(took),
    )


_METER = "measured/facility"  # idle energy is of the whole facility


def _add_idle(workload: Workload, sites: list[Site], energies: list[Range], factors: FactorSet) -> None:
    """Idle energy has its PUE inside. Beside phases, which may be elsewhere, it is a part of its own."""
    idle = spread(workload.idle_uwh or 0, row_of(factors, _METER).value)
    if workload.phases and workload.measured_uwh is None:
        sites.append(site_of_workload(workload, factors, facility=True))
        energies.append(idle)
    else:
        energies[0] += idle


def _took_site(site: Site, took: list[PathReads]) -> None:
    took.append(("", site.rows.reads))
    if site.warnings:
        took.append(("", Reads(warnings=site.warnings)))


def _water(
    workload: Workload,
    parts: list[Part],
    energy_uwh: Range,
    factors: FactorSet,
    took: list[PathReads],
) -> Range:
    """Water of the sites; that of the power stations only where its factor is stated."""
    water = stages.added([stages.water_ul(part.energy_uwh, part.site.wue_ul_per_kwh) for part in parts])
    if workload.grid_water_ul_per_kwh is None:
        return water
    rule = row_of(factors, "stated/wue")
    took.append(("", rule.reads))
    return water + stages.grid_water_ul(energy_uwh, spread(workload.grid_water_ul_per_kwh, rule.value))
