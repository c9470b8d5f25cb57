"""The estimate of one workload: every stage as integers with bounds, the evidence tier, each default used."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.footprint import carbon
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.it_energy import ItEnergy, it_energy
from greenledger.footprint.ranges import Range
from greenledger.footprint.site import Site, resolve_site
from greenledger.footprint.trail import DefaultUsed, Trail
from greenledger.footprint.workload import Workload

__all__ = ["DefaultUsed", "Estimate", "estimate"]

MOST_UG = 2**72 - 1  # a carbon amount on chain is a uint72
_STAGES = (
    "it_energy_uwh",
    "energy_uwh",
    "operational_ug",
    "operational_market_ug",
    "embodied_ug",
    "water_ul",
    "total_ug",
    "total_market_ug",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Result of `estimate`. Ranges in the unit of their name; `factors` are the keys of all rows read.

    `per_request_ug` is the SCI of a workload that states its requests, else None. Tier 1 is metered, 7 a
    published average.
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
    tier: int
    tier_reason: str
    defaults: tuple[DefaultUsed, ...]
    warnings: tuple[str, ...]
    factors: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Integers as decimal strings; the methodology is added by `greenledger.evidence.methodology`."""
        members: dict[str, object] = {stage: getattr(self, stage).as_json() for stage in _STAGES}
        if self.per_request_ug is not None:
            members["per_request_ug"] = self.per_request_ug.as_json()
        members["tier"] = self.tier
        members["tier_reason"] = self.tier_reason
        members["defaults"] = [default.as_json() for default in self.defaults]
        members["warnings"] = list(self.warnings)
        members["factors"] = list(self.factors)
        return members


def _tier(energy: ItEnergy, site: Site) -> tuple[int, str]:
    """Tier of the evidence: that of the energy, one worse without a known PUE or finer place, 6 at best
    without any place. Never declared, always computed.
    """
    tier, reasons = energy.tier, [energy.reason]
    missing = []
    if not site.pue_known:
        missing.append("no PUE published for the site")
    if site.country_only:
        missing.append("place known as a country only")
    if missing:
        tier = min(tier + 1, 7)
        reasons.append(" and ".join(missing) + ": one tier lower")
    if site.unknown:
        tier = max(tier, 6)
        reasons.append("place unknown: tier 6 at best")
    return tier, "; ".join(reasons)


def estimate(workload: Workload, factors: FactorSet) -> Estimate:
    """Footprint of one workload under methodology `gal-footprint/1`.

    Pure integer arithmetic: the same integers on every machine. Low and high are bounds under the stated
    factors, not confidence limits. Raises InvalidWorkload if the result exceeds what the chain can hold, and
    UnknownFactor if the workload was read with another factor set.
    """
    trail = Trail(factors)
    energy = it_energy(workload, trail)
    site = resolve_site(workload, trail, pue_included=energy.facility)
    idle_uwh = trail.stated(workload.idle_uwh, "measured/facility") if workload.idle_uwh else Range.exact(0)
    facility_uwh = carbon.facility_energy_uwh(energy.energy_uwh, site.pue_ppm, idle_uwh)
    operational = carbon.location_ug(facility_uwh, site.grid_mg_per_kwh)
    market = carbon.market_ug(facility_uwh, site.grid_mg_per_kwh, workload.contracts)
    if not workload.contracts:
        trail.warn("contracts: none stated, so the market-based figure equals the location-based one")
    else:
        trail.warn("contracts: energy beyond them counts at the grid's factor, no residual mix is known")
        if sum(contract.energy_uwh for contract in workload.contracts) > facility_uwh.central:
            trail.warn("contracts: more energy than was used, counted pro rata")
    if energy.facility and workload.wue_ul_per_kwh is not None:
        trail.warn("wue_ul_per_kwh: taken on the energy of the whole facility, as that of the IT is unknown")
    embodied = carbon.embodied_of(workload, energy.energy_uwh, trail)
    total = operational + embodied
    total_market = market + embodied
    if max(total.high, total_market.high) > MOST_UG:
        error = FieldError("", f"the footprint exceeds {MOST_UG} ug", "a workload of at most 4.7 Gt")
        raise InvalidWorkload((error,))
    tier, reason = _tier(energy, site)
    return Estimate(
        it_energy_uwh=energy.energy_uwh,
        energy_uwh=facility_uwh,
        operational_ug=operational,
        operational_market_ug=market,
        embodied_ug=embodied,
        water_ul=carbon.water_ul(energy.energy_uwh, site.wue_ul_per_kwh),
        total_ug=total,
        total_market_ug=total_market,
        per_request_ug=carbon.per_unit_ug(total, workload.requests) if workload.requests else None,
        tier=tier,
        tier_reason=reason,
        defaults=tuple(trail.defaults),
        warnings=tuple(trail.warnings),
        factors=tuple(trail.keys),
    )
