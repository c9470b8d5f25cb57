"""Constants of every combination of model, batch, site and life that occurs, by the model's own look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from greenledger.columns.arrays import Ints
from greenledger.columns.distinct import distinct
from greenledger.columns.inference import InferenceColumns
from greenledger.columns.quotients import Constants, constants
from greenledger.columns.unrounded import ONE, token_energies
from greenledger.footprint import stages
from greenledger.footprint.embodied import reference_cost
from greenledger.footprint.energy import Part
from greenledger.footprint.estimate import tier_of
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import ZERO
from greenledger.footprint.site import Site, SiteStated, site_of
from greenledger.footprint.tokens import ServedModel, Serving, serving_of

OUTPUT, FRESH_INPUT, CACHED_INPUT = range(3)  # in the order of `token_energies`


class Resolved(NamedTuple):
    """Constants by combination; `served`, `site` and `life` tell for each row which are its own.

    `kinds` are the kinds of tokens that `tokens` has a term for. The tier of a row is in `tiers` at the
    position that `serving_tiers` gives for what served it, and its site.
    """

    served: Ints
    tokens: Constants
    kinds: tuple[int, ...]
    site: Ints
    facility: Constants
    location: Constants
    water: Constants
    life: Ints
    embodied: Constants
    serving_tiers: NDArray[np.int64]
    tiers: NDArray[np.int8]


def resolve(columns: InferenceColumns, factors: FactorSet) -> Resolved:
    """Looks every combination up once. Raises UnknownFactor. At least one row, all of them checked."""
    kinds = _kinds(columns)
    served, servings = _servings(columns, factors, kinds)
    site, sites = _sites(columns, factors)
    life, costs = _lives(columns, factors)
    energies = [token_energies(serving.costs) for serving in servings]
    tiers = sorted({serving.tier for serving in servings})
    return Resolved(
        served=served,
        tokens=constants([[of_kinds[kind] for kind in kinds] for of_kinds in energies]),
        kinds=kinds,
        site=site,
        facility=constants([[stages.facility_energy_uwh(ONE, one.pue_ppm)] for one in sites]),
        location=constants([[stages.location_ug(ONE, one.grid_mg_per_kwh)] for one in sites]),
        water=constants([[stages.water_ul(ONE, one.wue_ul_per_kwh)] for one in sites]),
        life=life,
        embodied=constants([[stages.embodied_by_energy_ug(cost, ONE)] for cost in costs]),
        serving_tiers=np.array([tiers.index(serving.tier) for serving in servings]),
        tiers=_tiers([next(one for one in servings if one.tier == tier) for tier in tiers], sites),
    )


def _kinds(columns: InferenceColumns) -> tuple[int, ...]:
    """The kinds of tokens that any row has; costs of the others are not even looked up."""
    cached = 0 if columns.cached_tokens is None else columns.cached_tokens
    found = {
        OUTPUT: columns.output_tokens.any(),
        FRESH_INPUT: (columns.input_tokens > cached).any(),
        CACHED_INPUT: np.any(cached),
    }
    return tuple(kind for kind, has in found.items() if has) or (OUTPUT,)


def _servings(
    columns: InferenceColumns, factors: FactorSet, kinds: tuple[int, ...]
) -> tuple[Ints, list[Serving]]:
    """A kind costs the same whichever others a request has, so that all rows may be asked for alike."""
    uses = FRESH_INPUT in kinds or CACHED_INPUT in kinds, CACHED_INPUT in kinds, OUTPUT in kinds
    examples, codes = distinct((columns.model, columns.batch), len(columns))
    found = []
    for row in examples.tolist():
        name, active, total = columns.models[columns.model[row]]
        served = ServedModel(name, active, total, columns.stated("batch", row))
        found.append(serving_of(factors, served, uses))
    return codes, found


def _sites(columns: InferenceColumns, factors: FactorSet) -> tuple[Ints, list[Site]]:
    names = ("pue_ppm", "grid_mg_per_kwh", "wue_ul_per_kwh")
    stated = [columns.place, columns.year, *(getattr(columns, name) for name in names)]
    examples, codes = distinct(stated, len(columns))
    found = []
    for row in examples.tolist():
        place, year = columns.places[columns.place[row]], int(columns.year[row])
        pue_ppm, grid_mg_per_kwh, wue_ul_per_kwh = (columns.stated(name, row) for name in names)
        site = SiteStated(place, year, pue_ppm, grid_mg_per_kwh, wue_ul_per_kwh, facility=False)
        found.append(site_of(factors, site))
    return codes, found


def _lives(columns: InferenceColumns, factors: FactorSet) -> tuple[Ints, list[stages.EnergyCost]]:
    examples, codes = distinct((columns.hardware_life_s, columns.embodied_share_ppm), len(columns))
    found = []
    for row in examples.tolist():
        share_ppm = columns.stated("embodied_share_ppm", row) or stages.PPM
        found.append(reference_cost(factors, columns.stated("hardware_life_s", row), share_ppm))
    return codes, found


def _tiers(servings: Sequence[Serving], sites: Sequence[Site]) -> NDArray[np.int8]:
    def tier(serving: Serving, site: Site) -> int:
        return tier_of([Part(ZERO, site, serving.tier, serving.reason, ())], [site])[0]

    return np.array([[tier(serving, site) for site in sites] for serving in servings], np.int8)
