"""Rows of places: grid intensity of countries, states and cloud regions, PUE and WUE of sites, by year.

A key holds the newest value; the values before it stand under the key with their year: grid/country/FR/2021.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from scripts.factors.rows import Bounds, Row, row, rows_of, triple

LB_PER_MWH_IN_MG_PER_KWH = Decimal("453.59237")  # 1 lb = 453.59237 g, and g per MWh are mg per kWh
COUNTRY_LOW, COUNTRY_HIGH = Decimal("0.85"), Decimal("1.25")  # direct against life cycle, drift over years
STATE_LOW, STATE_HIGH = Decimal("0.95"), Decimal("1.12")  # transmission losses, upstream of fuels
PUE_LOW, PUE_HIGH = Decimal("0.98"), Decimal("1.06")  # campuses of one operator around its fleet
WUE_LOW, WUE_HIGH = Decimal("0.8"), Decimal("1.2")  # one provider's fleet moved so far in a year
LEAST_LOW_MG, LEAST_MG = Decimal(12_000), Decimal(24_000)  # the row grid/life-cycle/lowest: none is zero
GOOGLE_IS_LIFE_CYCLE_UNTIL = 2020  # its later figures count direct emissions
PUBLISHED_BY = {"aws": "aws-sustainability", "azure": "azure-sustainability", "gcp": "google-pue"}

ByYear = dict[int, Row]


def place_rows(labels: dict[str, str]) -> Iterator[Row]:
    """Every row that names a place. Adds the names of places to `labels`."""
    countries, states = country_years(), state_years()
    for entry in rows_of("countries"):
        key = f"grid/country/{entry['country']}"
        labels[key] = entry["name"]
        yield from with_history(key, countries[entry["country"]])
    yield from with_history("grid/world", countries["world"])
    for entry in rows_of("us_states"):
        key = f"grid/state/US-{entry['state']}"
        labels[key] = entry["name"]
        yield from with_history(key, states[f"US-{entry['state']}"])
    yield from regions(countries | states, labels)
    yield from sites()


def with_history(key: str, years: ByYear) -> Iterator[Row]:
    """The newest row under `key`, each one before it under `key` and its year."""
    newest = max(years)
    for year, entry in years.items():
        yield entry | {"key": key if year == newest else f"{key}/{year}"}


def add_year(series: dict[str, ByYear], key: str, entry: Row) -> None:
    """Puts the row into the series of its key. Raises ValueError if its year is there already."""
    year = int(entry["year"])
    if year in series[key]:
        raise ValueError(f"{key}: expected one value a year, {year} stands twice in the inputs")
    series[key][year] = entry


def country_years() -> dict[str, ByYear]:
    """Rows without a key of every country and of the world, by year."""
    places: dict[str, ByYear] = defaultdict(dict)
    for entry in rows_of("country_years"):
        bounds = triple(Decimal(entry["g_per_kwh"]) * 1000, COUNTRY_LOW, COUNTRY_HIGH)
        note = "generation mix of the year"
        year_row = row("", "mg/kWh", bounds, entry["year"], "ember-owid-2026", note)
        add_year(places, entry["country"], year_row)
    return places


def state_years() -> dict[str, ByYear]:
    """Rows without a key of every state of the United States, by year."""
    places: dict[str, ByYear] = defaultdict(dict)
    for entry in rows_of("state_years"):
        bounds = triple(Decimal(entry["lb_per_mwh"]) * LB_PER_MWH_IN_MG_PER_KWH, STATE_LOW, STATE_HIGH)
        year_row = row("", "mg/kWh", bounds, entry["year"], entry["source_id"], entry["evidence"])
        add_year(places, f"US-{entry['state']}", year_row)
    return places


def regions(places: dict[str, ByYear], labels: dict[str, str]) -> Iterator[Row]:
    """Grids of cloud regions: the provider's figure where it publishes one, else the row of the place."""
    published: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for entry in rows_of("google_grids"):
        published[f"gcp/{entry['region']}"][int(entry["year"])] = Decimal(entry["g_per_kwh"]) * 1000
    for entry in rows_of("regions"):
        name, place = f"{entry['provider']}/{entry['region']}", entry["place"]
        key = f"grid/region/{name}"
        labels[key] = entry["name"]
        labels[f"{key}/place"] = place
        figures = published.get(name, {})
        of_year = " for the year" if figures else ""
        note = f"no factor of its own{of_year}: the grid of {place}"
        years = {year: copied | {"evidence": note} for year, copied in places[place].items()}
        years |= {year: google_row(mg, year, place, places[place]) for year, mg in figures.items()}
        yield from with_history(key, years)
    refuse_unlisted("google_grids.csv", set(published))


def refuse_unlisted(table: str, names: set[str]) -> None:
    """Raises ValueError if a table names a region (as gcp/us-central1) that regions.csv does not list."""
    unlisted = names - {f"{entry['provider']}/{entry['region']}" for entry in rows_of("regions")}
    if unlisted:
        raise ValueError(f"{table}: regions.csv does not list {', '.join(sorted(unlisted))}")


def google_row(mg: Decimal, year: int, place: str, grids: ByYear) -> Row:
    """Google's figure for one of its regions and a year, in mg/kWh.

    It is that of the balancing area, and since 2021 it counts direct emissions only and reaches 0. So the
    bounds reach the figure of the place, and the central value at least the life cycle of hydropower.
    """
    place_mg = Decimal(grids[min(grids, key=lambda known: (abs(known - year), known))]["central"])
    is_direct = year > GOOGLE_IS_LIFE_CYCLE_UNTIL
    central = max(mg, LEAST_MG) if is_direct else mg
    low = max(mg * COUNTRY_LOW, LEAST_LOW_MG) if is_direct else mg * COUNTRY_LOW
    bounds = min(low, place_mg), central, max(central * COUNTRY_HIGH, place_mg)
    raised = "" if central == mg else ", raised to the life cycle of hydropower"
    note = f"Google's figure of {mg / 1000} g{raised}; bounds reach the grid of {place}"
    return row("", "mg/kWh", bounds, str(year), "google-region-carbon", note)


def pue_bounds(text: str) -> Bounds:
    one = Decimal(1_000_000)
    pue = Decimal(text) * one
    return max(pue * PUE_LOW, one), pue, pue * PUE_HIGH


def wue_bounds(text: str) -> Bounds:
    return triple(Decimal(text) * 1_000_000, WUE_LOW, WUE_HIGH)


def sites() -> Iterator[Row]:
    """PUE and WUE that a provider published for a region. Its other regions take the provider's own rows."""
    kinds = (("pue", "ppm", pue_bounds), ("wue", "uL/kWh", wue_bounds))
    values: dict[str, ByYear] = defaultdict(dict)
    for entry in rows_of("sites"):
        region = f"region/{entry['provider']}/{entry['region']}"
        source = PUBLISHED_BY[entry["provider"]]
        for kind, unit, bounds in kinds:
            if entry[kind]:
                note = "published for the region"
                year_row = row("", unit, bounds(entry[kind]), entry["year"], source, note)
                add_year(values, f"{region}/{kind}", year_row)
    refuse_unlisted("sites.csv", {"/".join(key.split("/")[1:3]) for key in values})
    for key, years in values.items():
        yield from with_history(key, years)
