"""Builds the factor set file from the cited inputs beside this script.

Run: python scripts/factors/build.py OUTPUT. Nothing is fetched, and the same inputs give the same bytes. A
published set is never edited: new data become a new set with a new name.

Numbers are read as exact decimals and rounded once, half up for central values, outward for bounds.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

SET_ID = "gal-factors-2026-1"
INPUTS = Path(__file__).parent / "inputs"
LB_PER_MWH_IN_MG_PER_KWH = Decimal("453.59237")  # 1 lb = 453.59237 g, and g per MWh are mg per kWh
COUNTRY_LOW, COUNTRY_HIGH = Decimal("0.85"), Decimal("1.25")  # direct against life cycle, drift over years
STATE_LOW, STATE_HIGH = Decimal("0.95"), Decimal("1.12")  # transmission losses, upstream of fuels
PUE_LOW, PUE_HIGH = Decimal("0.98"), Decimal("1.06")  # campuses of one operator around its fleet
WUE_LOW, WUE_HIGH = Decimal("0.8"), Decimal("1.2")  # one provider's fleet moved so far in a year
PUBLISHED_BY = {"aws": "aws-sustainability", "azure": "azure-sustainability", "gcp": "google-pue"}
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)

Row = dict[str, str]


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (INPUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def row(
    key: str, unit: str, bounds: tuple[Decimal, Decimal, Decimal], year: str, source: str, note: str
) -> Row:
    low, central, high = bounds
    return {
        "key": key,
        "unit": unit,
        "low": str(low.to_integral_value(ROUND_FLOOR)),
        "central": str(central.to_integral_value(ROUND_HALF_UP)),
        "high": str(high.to_integral_value(ROUND_CEILING)),
        "year": year,
        "source_id": source,
        "licence": "",
        "evidence": note,
    }


def triple(central: Decimal, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    return central * low, central, central * high


def grids(labels: dict[str, str]) -> Iterator[Row]:
    places: dict[str, Row] = {}
    for entry in rows_of("countries"):
        key = f"grid/country/{entry['country']}"
        mg = Decimal(entry["g_per_kwh"]) * 1000
        bounds = triple(mg, COUNTRY_LOW, COUNTRY_HIGH)
        places[entry["country"]] = row(
            key, "mg/kWh", bounds, entry["year"], "ember-owid-2026", "generation mix of the year"
        )
        labels[key] = entry["name"]
    for entry in rows_of("us_states"):
        key = f"grid/state/US-{entry['state']}"
        mg = Decimal(entry["lb_per_mwh"]) * LB_PER_MWH_IN_MG_PER_KWH
        bounds = triple(mg, STATE_LOW, STATE_HIGH)
        places[f"US-{entry['state']}"] = row(
            key, "mg/kWh", bounds, "2023", "epa-egrid2023", "annual total output rate"
        )
        labels[key] = entry["name"]
    yield from places.values()
    for entry in rows_of("regions"):
        key = f"grid/region/{entry['provider']}/{entry['region']}"
        yield places[entry["place"]] | {
            "key": key,
            "evidence": f"no factor of its own: the grid of {entry['place']}",
        }
        labels[key] = entry["name"]
        labels[f"{key}/place"] = entry["place"]


def sites() -> Iterator[Row]:
    """PUE and WUE that a provider published for a region. Its other regions take the provider's own rows."""
    one = Decimal(1_000_000)
    published = "published for the region"
    for entry in rows_of("regions"):
        region = f"region/{entry['provider']}/{entry['region']}"
        source = PUBLISHED_BY[entry["provider"]]
        if entry["pue"]:
            pue = Decimal(entry["pue"]) * one
            bounds = (max(pue * PUE_LOW, one), pue, pue * PUE_HIGH)
            yield row(f"{region}/pue", "ppm", bounds, entry["pue_year"], source, published)
        if entry["wue"]:
            bounds = triple(Decimal(entry["wue"]) * one, WUE_LOW, WUE_HIGH)
            yield row(f"{region}/wue", "uL/kWh", bounds, entry["wue_year"], source, published)


def hardware(labels: dict[str, str]) -> Iterator[Row]:
    for entry in rows_of("hardware"):
        key = f"hardware/{entry['id']}"
        labels[key] = entry["name"]
        kilogram = Decimal(1_000_000)
        embodied = tuple(
            Decimal(entry[f"embodied_kg_{bound}"]) * kilogram for bound in ("low", "central", "high")
        )
        yield row(
            f"{key}/embodied",
            "mg",
            (embodied[0], embodied[1], embodied[2]),
            "2025",
            entry["embodied_source"],
            entry["embodied_evidence"],
        )
        if entry["rated_w"]:
            rated = Decimal(entry["rated_w"]) * 1000
            yield row(
                f"{key}/rated-power",
                "mW",
                (rated, rated, rated),
                "2025",
                entry["power_source"],
                "power of the card alone",
            )
        else:
            power = tuple(Decimal(entry[f"system_w_{bound}"]) * 1000 for bound in ("low", "central", "high"))
            yield row(
                f"{key}/system-power",
                "mW",
                (power[0], power[1], power[2]),
                "2025",
                entry["power_source"],
                "measured average per chip with its share of the host",
            )


def serving(labels: dict[str, str]) -> Iterator[Row]:
    """Energy per token of the accelerators alone, in nWh: a fixed part and a part per 10^9 parameters.

    Decode at batch B: m/B + c per 10^9 parameters, because the weights are read once per step for the whole
    batch (m) while the arithmetic is done for every sequence (c). With 0.06 J fixed, m = 0.349 J and
    c = 0.00575 J meet the anchors named in the source: 2.63 J (7.25B, H100, batch 1), 0.15 J (8B, batch 64),
    and 0.32 Wh for a request of 400 tokens to a model of 100B at the central batch and site.
    Bounds: 0.75 and 1.80 times, from 0.12 J (8B, batch 64, newest software) to 4.35 J (6.74B, A100, batch 1);
    the high bound with half of the batch filled, as 13B at batch 2 on A100 measured the 8.0 J of batch 1.
    Prefill: 2 FLOP per parameter and token at 989 TFLOP/s and 700 W (H100): 40 % use, bounds 60 % and 20 %.
    """
    joule = Decimal(10**9) / 3600  # nWh
    low, high = Decimal("0.75"), Decimal("1.80")
    weights, arithmetic = Decimal("0.349"), Decimal("0.00575")
    for batch in BATCHES:
        full, half = (
            (weights / slots + arithmetic) * joule
            for slots in (Decimal(batch), max(Decimal(batch) / 2, Decimal(1)))
        )
        yield row(
            f"decode/per-billion/batch-{batch:03}",
            "nWh/token",
            (full * low, full, half * high),
            "2025",
            "gal-calibration",
            "fit to the anchors, accelerators alone; high bound with half of the batch filled",
        )
    yield row(
        "decode/fixed",
        "nWh/token",
        triple(Decimal("0.06") * joule, low, high),
        "2025",
        "gal-calibration",
        "fit to the anchors, accelerators alone",
    )
    peak = Decimal(2 * 10**9) / Decimal("989e12") * 700 * joule
    bounds = (peak / Decimal("0.6"), peak / Decimal("0.4"), peak / Decimal("0.2"))
    yield row(
        "prefill/per-billion",
        "nWh/token",
        bounds,
        "2025",
        "gal-calibration",
        "arithmetic of an H100 at 60, 40 and 20 % use",
    )
    for entry in rows_of("models"):
        key = f"model/{entry['id']}"
        labels[key] = entry["name"]
        for name in ("active", "total"):
            value = Decimal(entry[f"{name}_params"])
            yield row(
                f"{key}/{name}-params",
                "parameters",
                (value, value, value),
                "2025",
                "model-cards",
                "published weights",
            )


def constants() -> Iterator[Row]:
    for entry in rows_of("constants"):
        bounds = (Decimal(entry["low"]), Decimal(entry["central"]), Decimal(entry["high"]))
        yield row(entry["key"], entry["unit"], bounds, entry["year"], entry["source_id"], entry["evidence"])


def build() -> str:
    labels: dict[str, str] = {}
    with localcontext() as context:
        context.prec = 50
        rows = [*grids(labels), *sites(), *hardware(labels), *serving(labels), *constants()]
    sources = {
        entry["source_id"]: {name: entry[name] for name in ("citation", "licence", "url")}
        for entry in rows_of("sources")
    }
    used = {entry["source_id"] for entry in rows}
    if used != set(sources):
        raise SystemExit(f"sources and rows differ: {sorted(used ^ set(sources))}")
    for entry in rows:
        entry["licence"] = sources[entry["source_id"]]["licence"]
    document = {
        "set_id": SET_ID,
        "sources": dict(sorted(sources.items())),
        "labels": dict(sorted(labels.items())),
        "rows": sorted(rows, key=lambda entry: entry["key"]),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build(), encoding="utf-8")
