"""What the site adds: PUE, grid intensity and water use, stated or from the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from greenledger.footprint.ranges import Range
from greenledger.footprint.trail import Trail
from greenledger.footprint.workload import Workload

UNITY_PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Site:
    """`pue_ppm` is None where the energy already includes it. The flags feed the tier."""

    pue_ppm: Range | None
    grid_mg_per_kwh: Range
    wue_ul_per_kwh: Range
    pue_known: bool
    country_only: bool
    unknown: bool


def _default_key(workload: Workload, trail: Trail, quantity: str) -> str:
    """The finest row there is: published for the region, of the provider's fleet, or of unknown sites."""
    place = workload.place
    if place is None or place.provider is None:
        return f"{quantity}/unknown"
    region = f"region/{place.provider}/{place.region}/{quantity}"
    return region if trail.factors.has(region) else f"provider/{place.provider}/{quantity}"


def _pue(workload: Workload, trail: Trail) -> tuple[Range, bool]:
    if workload.pue_ppm is not None:
        pue = trail.stated(workload.pue_ppm, "stated/pue")
        return Range(max(pue.low, UNITY_PPM), pue.central, pue.high), True
    key = _default_key(workload, trail, "pue")
    return trail.default("pue_ppm", key), key.startswith("region/")


def _wue(workload: Workload, trail: Trail) -> Range:
    if workload.wue_ul_per_kwh is not None:
        return trail.stated(workload.wue_ul_per_kwh, "stated/wue")
    return trail.default("wue_ul_per_kwh", _default_key(workload, trail, "wue"))


def _stated_grid(value: int, trail: Trail) -> Range:
    """Stated intensities are often of combustion alone: the high bound is at least a life-cycle minimum."""
    grid = trail.stated(value, "stated/grid")
    floor = trail.factors.row("grid/life-cycle/lowest").value
    if grid.high >= floor.high:
        return grid
    trail.read("grid/life-cycle/lowest")
    if value < floor.low:
        trail.warn(
            f"grid_mg_per_kwh: {value} is below the life cycle of any source of electricity ({floor.low});"
            f" the high bound uses {floor.high}"
        )
    return Range(grid.low, grid.central, floor.high)


def _place_grid(workload: Workload, trail: Trail) -> Range:
    place = workload.place
    if place is None:
        trail.warn("place: not stated, so the world average of the grid is used")
        key = "grid/world"
    elif place.provider is not None:
        key = f"grid/region/{place.provider}/{place.region}"
        mapped = trail.factors.label(f"{key}/place")
        trail.warn(
            f"place: {place.provider}/{place.region} has no grid factor of its own; that of {mapped} is used"
        )
    elif place.state is not None:
        key = f"grid/state/{place.country}-{place.state}"
    else:
        key = f"grid/country/{place.country}"
    grid = trail.default("grid_mg_per_kwh", key)
    year, row_year = datetime.fromtimestamp(workload.start, UTC).year, trail.factors.row(key).year
    if abs(year - row_year) > 1:
        trail.warn(f"grid_mg_per_kwh: the work began in {year}, the grid factor is of {row_year}")
    return grid


def resolve_site(workload: Workload, trail: Trail, *, pue_included: bool) -> Site:
    """Factors of the site. With `pue_included` (energy of the whole facility) no PUE is read at all."""
    pue, known = (None, True) if pue_included else _pue(workload, trail)
    stated = workload.grid_mg_per_kwh
    grid = _place_grid(workload, trail) if stated is None else _stated_grid(stated, trail)
    place = workload.place
    return Site(
        pue_ppm=pue,
        grid_mg_per_kwh=grid,
        wue_ul_per_kwh=_wue(workload, trail),
        pue_known=known,
        country_only=stated is None and place is not None and place.state is None and place.provider is None,
        unknown=stated is None and place is None,
    )
