"""Run by the peers' environment: emissions of given energy by CodeCarbon, as JSON on standard output.

Measured is its computation without its meters: `Emissions.get_private_infra_emissions` for a country, which
is what offline use comes to, and `get_cloud_emissions` for a cloud region. Each gives one number, energy
times grid intensity: no bounds, PUE, embodied carbon or water. The nearest of ours is the estimate of
measured energy.
"""

from __future__ import annotations

import json
import logging
import random
import sys
from importlib.metadata import version

from codecarbon.core.emissions import Emissions
from codecarbon.core.units import Energy
from codecarbon.external.geography import CloudMetadata, GeoMetadata
from codecarbon.external.logger import logger
from codecarbon.input import DataSource

from scripts.bench.timing import rate


def main() -> None:
    logger.setLevel(logging.ERROR)
    data, pick = DataSource(), random.Random(2026)
    emissions = Emissions(data)
    countries = [
        (Energy.from_energy(kWh=pick.uniform(0.1, 10_000)), GeoMetadata(code, str(mix["country_name"])))
        for code, mix in data.get_global_energy_mix_data().items()
    ]
    table = data.get_cloud_emissions_data()
    regions = [
        (Energy.from_energy(kWh=pick.uniform(0.1, 10_000)), CloudMetadata(provider, region))
        for provider, region in zip(table["provider"], table["region"], strict=True)
    ]

    def by_country() -> None:
        for energy, place in countries:
            emissions.get_private_infra_emissions(energy, place)

    def by_region() -> None:
        for energy, place in regions:
            emissions.get_cloud_emissions(energy, place)

    installed = version("codecarbon")
    named = f"CodeCarbon {installed}, energy to emissions"
    figures = {
        "codecarbon_per_s": rate(f"{named}, by country", by_country, len(countries)),
        "codecarbon_cloud_per_s": rate("  by cloud region", by_region, len(regions)),
    }
    report = {
        "figures": {key: figure.as_json() for key, figure in figures.items()},
        "versions": {"codecarbon": installed},
    }
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
