"""What the site adds: PUE, grid intensity and water use, stated or from the place and the year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import Range, spread
from greenledger.footprint.stages import PPM
from greenledger.footprint.trail import Reads, Trail
from greenledger.footprint.workload import Place


class SiteStated(NamedTuple):
    """What a workload says of one site. `facility`: the energy is of the whole facility, no PUE applies."""

    place: Place | None
    year: int
    pue_ppm: int | None
    grid_mg_per_kwh: int | None
    wue_ul_per_kwh: int | None
    facility: bool


class Site(NamedTuple):
    """Factors of one site. `pue_ppm` is None where the energy already includes it."""

    stated: SiteStated
    pue_ppm: Range | None
    grid_mg_per_kwh: Range
    wue_ul_per_kwh: Range
    rows: SiteRows
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SiteRows:
    """Rows of a site: its factors, or the spreads of stated values. The flags feed the tier."""

    pue_ppm: Range | None
    grid_mg_per_kwh: Range
    wue_ul_per_kwh: Range
    pue_known: bool
    country_only: bool
    unknown: bool
    reads: Reads


class GridRule(NamedTuple):
    """Spread of stated intensities (ppm) and the life-cycle range that none of them is below (mg/kWh)."""

    spread_ppm: Range
    lowest: Range


def site_of(factors: FactorSet, stated: SiteStated) -> Site:
    """The factors of a site. Rows are looked up once for each place, year and kind of statement."""
    place, year, pue_ppm, grid_mg, wue_ul, facility = stated
    if facility:
        pue_ppm = None  # one stated for the rest of the work is inside this energy already
    warnings: tuple[str, ...] = ()
    grid, source = None, "place"
    if grid_mg is not None:
        grid, source = _stated_grid(grid_mg, grid_rule(factors))
        if source == "raised" and grid_mg < grid_rule(factors).lowest.low:
            warnings = (_below_any_source(grid_mg, grid_rule(factors).lowest),)
    rows = _site_rows(factors, place, year, facility, pue_ppm is not None, source, wue_ul is not None)
    pue = rows.pue_ppm
    if pue_ppm is not None and pue is not None:
        low, central, high = spread(pue_ppm, pue)
        pue = Range(max(low, PPM), central, high)
    wue = rows.wue_ul_per_kwh if wue_ul is None else spread(wue_ul, rows.wue_ul_per_kwh)
    return Site(stated, pue, rows.grid_mg_per_kwh if grid is None else grid, wue, rows, warnings)


@lru_cache(maxsize=64)
def grid_rule(factors: FactorSet) -> GridRule:
    return GridRule(factors.row("stated/grid").value, factors.row("grid/life-cycle/lowest").value)


def _stated_grid(value: int, rule: GridRule) -> tuple[Range, str]:
    """Stated intensities are often of combustion alone: the high bound is at least a life-cycle minimum."""
    grid = spread(value, rule.spread_ppm)
    if grid.high >= rule.lowest.high:
        return grid, "stated"
    return Range(grid.low, grid.central, rule.lowest.high), "raised"


def _below_any_source(value: int, lowest: Range) -> str:
    return (
        f"grid_mg_per_kwh: {value} is below the life cycle of any source of electricity ({lowest.low});"
        f" the high bound uses {lowest.high}"
    )


@lru_cache(maxsize=4096)
def _site_rows(
    factors: FactorSet,
    place: Place | None,
    year: int,
    facility: bool,
    pue_stated: bool,
    grid: str,
    wue_stated: bool,
) -> SiteRows:
    trail = Trail(factors)
    pue, pue_known = None, True
    if pue_stated:
        pue = trail.read("stated/pue").value
    elif not facility:
        key = _default_key(place, year, factors, "pue")
        pue, pue_known = trail.default("pue_ppm", key), key.startswith("region/")
    grid_mg = _place_grid(place, year, trail) if grid == "place" else trail.read("stated/grid").value
    if grid == "raised":
        trail.read("grid/life-cycle/lowest")
    if wue_stated:
        wue = trail.read("stated/wue").value
    else:
        wue = trail.default("wue_ul_per_kwh", _default_key(place, year, factors, "wue"))
    if facility and wue_stated:
        trail.warn("wue_ul_per_kwh: taken on the energy of the whole facility, as that of the IT is unknown")
    by_place = grid == "place"
    return SiteRows(
        pue_ppm=pue,
        grid_mg_per_kwh=grid_mg,
        wue_ul_per_kwh=wue,
        pue_known=pue_known,
        country_only=by_place and place is not None and place.state is None and place.provider is None,
        unknown=by_place and place is None,
        reads=trail.reads(),
    )


def _of_year(key: str, year: int, factors: FactorSet) -> str:
    """The row of that year, else of the nearest; of two as near the older, which was known then."""
    years = factors.years(key)
    if not years:
        return key
    nearest = min(years, key=lambda known: (abs(known - year), known))
    return years[nearest]


def _default_key(place: Place | None, year: int, factors: FactorSet, quantity: str) -> str:
    """The finest row there is: published for the region, of the provider's fleet, or of unknown sites."""
    if place is None or place.provider is None:
        return _of_year(f"{quantity}/unknown", year, factors)
    region = f"region/{place.provider}/{place.region}/{quantity}"
    key = region if factors.has(region) else f"provider/{place.provider}/{quantity}"
    return _of_year(key, year, factors)


def _place_grid(place: Place | None, year: int, trail: Trail) -> Range:
    factors = trail.factors
    key = _of_year(_grid_key(place), year, factors)
    row = factors.row(key)
    if place is None:
        trail.warn("place: not stated, so the world average of the grid is used")
    elif place.provider is not None and row.evidence.startswith("no factor of its own"):
        mapped = factors.label(f"{_grid_key(place)}/place")
        region = f"{place.provider}/{place.region}"
        trail.warn(f"place: {region} has no grid factor of its own; that of {mapped} is used")
    if abs(year - row.year) > 1:
        trail.warn(f"grid_mg_per_kwh: the work began in {year}, the grid factor is of {row.year}")
    return trail.default("grid_mg_per_kwh", key)


def _grid_key(place: Place | None) -> str:
    if place is None:
        return "grid/world"
    if place.provider is not None:
        return f"grid/region/{place.provider}/{place.region}"
    if place.state is not None:
        return f"grid/state/{place.country}-{place.state}"
    return f"grid/country/{place.country}"
