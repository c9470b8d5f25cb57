# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a site adds: PUE, grid intensity and water use, stated or from the rows of the place and the year
@license AGPL-3.0-only
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


from . import bounds


from . import factor_lookup as lookup


# Factors of one site.
struct SiteFactors:
    has_pue: bool                           # False: the energy is of the whole facility already
    pue_ppm: IFootprintModel.Bounds
    grid_mg_per_kwh: IFootprintModel.Bounds
    wue_ul_per_kwh: IFootprintModel.Bounds
    is_lower_tier: bool                     # no PUE of the site, or the place known as a country only
    is_unknown: bool                        # no place and no grid intensity


@internal
@pure
def _factors(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS],
    site: IFootprintModel.Site,
    year: uint256,
    facility: bool,
) -> SiteFactors:
    """
    @param facility Whether the energy is of the whole facility, so that no PUE applies, also none stated for the rest.
    """
    found: SiteFactors = empty(SiteFactors)
    if site.pue_ppm != 0 and not facility:
        found.has_pue = True
        found.pue_ppm = lookup._spread(factors, site.pue_ppm, "stated/pue in ppm")
        found.pue_ppm.low = max(found.pue_ppm.low, bounds.PPM)
    elif not facility:
        found.has_pue = True
        name: String[116] = self._finest(factors, site.place, "pue in ppm")
        found.pue_ppm = lookup._row_of_year(factors, name, year)
        found.is_lower_tier = not self._begins(name, "region/")
    if site.wue_ul_per_kwh.is_stated:
        found.wue_ul_per_kwh = lookup._spread(factors, site.wue_ul_per_kwh.value, "stated/wue in ppm")
    else:
        name: String[116] = self._finest(factors, site.place, "wue in uL/kWh")
        found.wue_ul_per_kwh = lookup._row_of_year(factors, name, year)
    if site.grid_mg_per_kwh.is_stated:
        found.grid_mg_per_kwh = self._stated_grid(factors, site.grid_mg_per_kwh.value)
    else:
        found.is_unknown = site.place == ""
        place: String[90] = "world" if found.is_unknown else site.place
        found.grid_mg_per_kwh = lookup._row_of_year(factors, concat("grid/", place, " in mg/kWh"), year)
        found.is_lower_tier = found.is_lower_tier or self._begins(place, "country/")
    return found


@internal
@pure
def _stated_grid(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], stated: uint256
) -> IFootprintModel.Bounds:
    """
    @notice Stated intensities are often of combustion alone: the high bound is at least a life-cycle minimum.
    """
    grid: IFootprintModel.Bounds = lookup._spread(factors, stated, "stated/grid in ppm")
    lowest: IFootprintModel.Bounds = lookup._row(factors, "grid/life-cycle/lowest in mg/kWh")
    grid.high = max(grid.high, lowest.high)
    return grid


@internal
@pure
def _finest(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], place: String[90], quantity: String[13]
) -> String[116]:
    """
    @notice The finest of the rows given: of the region, of its provider's fleet, or of unknown sites.
    """
    if not self._begins(place, "region/"):
        return concat(slice(quantity, 0, 3), "/unknown", slice(quantity, 3, len(quantity) - 3))
    own: String[104] = concat(place, "/", quantity)
    if lookup._has_of_year(factors, own):
        return own
    return concat("provider/", self._provider(place), "/", quantity)


@internal
@pure
def _provider(place: String[90]) -> String[90]:
    """
    @notice What stands between the first and the second slash of region/<provider>/<region>.
    """
    for length: uint256 in range(1, 21):
        assert length + 8 < len(place), "model: a region is spelled region/provider/name"
        if slice(place, length + 7, 1) == "/":
            return slice(place, 7, length)
    raise "model: a region is spelled region/provider/name"


@internal
@pure
def _begins(text: String[116], head: String[9]) -> bool:
    return len(text) >= len(head) and slice(text, 0, len(head)) == head
