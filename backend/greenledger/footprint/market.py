"""The market-based figure: what the contracts of the account say of its electricity, beside the grid's."""

from __future__ import annotations

from greenledger.footprint import stages
from greenledger.footprint.energy import PathReads
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import Range, spread
from greenledger.footprint.site import Site
from greenledger.footprint.trail import Reads, row_of
from greenledger.footprint.workload import Workload

_NO_CONTRACTS = Reads(
    warnings=("contracts: none stated, so the market-based figure equals the location-based one",)
)
_NO_RESIDUAL = Reads(
    warnings=("contracts: energy beyond them counts at the grid's factor, no residual mix is known",)
)
_TOO_MANY = Reads(warnings=("contracts: more energy than was used, counted pro rata",))


def market_of(
    workload: Workload,
    energies_uwh: list[Range],
    sites: list[Site],
    operational_ug: Range,
    factors: FactorSet,
    took: list[PathReads],
) -> Range:
    """Operational carbon by contract, ug; energy beyond the contracts at the residual mix or the grid."""
    if not workload.contracts and workload.residual_mg_per_kwh is None:
        took.append(("", _NO_CONTRACTS))
        return operational_ug
    energy = stages.added(energies_uwh)
    if workload.residual_mg_per_kwh is None:
        took.append(("", _NO_RESIDUAL))
        grids = [site.grid_mg_per_kwh for site in sites]
    else:
        rule = row_of(factors, "stated/grid")
        took.append(("", rule.reads))
        grids = [spread(workload.residual_mg_per_kwh, rule.value)] * len(sites)
    weighted = stages.added([used * grid for used, grid in zip(energies_uwh, grids, strict=True)])
    if not workload.contracts:
        return weighted.divided(stages.PPM)
    if sum(contract.energy_uwh for contract in workload.contracts) > energy.central:
        took.append(("", _TOO_MANY))
    return stages.market_ug(energy, weighted, workload.contracts)
