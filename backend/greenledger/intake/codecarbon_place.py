"""Where a run of CodeCarbon took place. What it says is either known or refused, never passed over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, nearest, shown
from greenledger.intake.countries import ALPHA_2

# What CodeCarbon writes (`external/geography.py`) when neither of its two services said where the machine is.
_NOWHERE = {"country_iso_code": "CAN", "latitude": "46.8", "longitude": "-71.2"}

Cells = Mapping[str, str]
Errors = list[FieldError]


def _cloud(cells: Cells, factors: FactorSet, errors: Errors) -> dict[str, str]:
    provider, region = cells.get("cloud_provider", "").lower(), cells.get("cloud_region", "").lower()
    if factors.has(f"grid/region/{provider}/{region}"):
        return {"provider": provider, "region": region}
    known = factors.names("grid/region/")
    providers = sorted({name.split("/")[0] for name in known})
    if provider not in providers:
        problem = f"{shown(provider)} is not known" if provider else "is empty, and cloud_region is not"
        errors.append(FieldError("cloud_provider", problem, f"one of {', '.join(providers)}"))
        return {}
    regions = [name.split("/")[1] for name in known if name.startswith(f"{provider}/")]
    problem = f"{shown(region)} is not known at {provider}"
    errors.append(FieldError("cloud_region", problem, nearest(region[:60], regions)))
    return {}


@lru_cache(maxsize=4)
def _states(factors: FactorSet) -> Mapping[str, str]:
    """Codes of the US states by their names in small letters. Kept, since each row of a file asks."""
    codes = factors.names("grid/state/US-")
    return {factors.label(f"grid/state/US-{code}").lower(): code for code in codes}


def _state(region: str, factors: FactorSet, errors: Errors) -> dict[str, str]:
    """The US state of this name, or the country if none is named."""
    if not region:
        return {"country": "US"}
    by_name = _states(factors)
    named = by_name.get(region.lower())
    code = named or (region.upper() if region.upper() in by_name.values() else None)
    if code is None:
        expected = f"the name of a US state, {nearest(region[:60], by_name)}"
        errors.append(FieldError("region", f"{shown(region)} is not known", expected))
        return {}
    return {"country": "US", "state": code}


def place_of(cells: Cells, factors: FactorSet, errors: Errors) -> dict[str, str]:
    """The place as a workload states it: region of the provider, else country and US state.

    Regions of other countries are not read, as the factor set has none. Empty after an error.
    """
    if cells.get("cloud_provider") or cells.get("cloud_region"):
        return _cloud(cells, factors, errors)
    code = cells["country_iso_code"]
    expected = "an ISO 3166 three-letter code of a country in the factor set, or a place given for the file"
    if all(cells.get(name) == value for name, value in _NOWHERE.items()):
        problem = "is Canada because CodeCarbon could not tell where the machine was"
        errors.append(FieldError("country_iso_code", problem, expected))
        return {}
    country = ALPHA_2.get(code.upper(), "")
    if not factors.has(f"grid/country/{country}"):
        problem = f"{shown(code)} is not known" if code else "is empty"
        errors.append(FieldError("country_iso_code", problem, expected))
        return {}
    return _state(cells.get("region", ""), factors, errors) if country == "US" else {"country": country}
