"""What a workload may name (hardware, places, models), and the sources that a factor set must credit."""

from __future__ import annotations

from greenledger.footprint.factors import FactorSet, Source, load_factor_set


def _hardware(factors: FactorSet) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = []
    for name in factors.names("hardware/", "/embodied"):
        rated = factors.has(f"hardware/{name}/rated-power")
        power = factors.row(f"hardware/{name}/{'rated' if rated else 'system'}-power")
        entries.append(
            {
                "id": name,
                "name": factors.label(f"hardware/{name}"),
                "tdp_mw": str(power.value.central),
                "power_scope": "device" if rated else "system",
            }
        )
    return entries


def _grid(factors: FactorSet, prefix: str, name: str, *, shown: str | None = None) -> dict[str, object]:
    row = factors.row(prefix + name)
    return {
        "id": shown or name,
        "name": factors.label(prefix + name),
        "grid_mg_per_kwh": str(row.value.central),
        "year": row.year,
    }


def _region(factors: FactorSet, name: str) -> dict[str, object]:
    provider, region = name.split("/")
    own = f"region/{name}/pue"
    pue = factors.row(own if factors.has(own) else f"provider/{provider}/pue")
    return _grid(factors, "grid/region/", name) | {
        "provider": provider,
        "region": region,
        "place": factors.label(f"grid/region/{name}/place"),
        "pue_ppm": str(pue.value.central),
    }


def _model(factors: FactorSet, name: str) -> dict[str, object]:
    return {
        "id": name,
        "name": factors.label(f"model/{name}"),
        "active_params": str(factors.row(f"model/{name}/active-params").value.central),
        "total_params": str(factors.row(f"model/{name}/total-params").value.central),
    }


def _source(source: Source) -> dict[str, object]:
    return {"id": source.source_id, "name": source.citation, "licence": source.licence, "url": source.url}


def catalogue(factors: FactorSet | None = None) -> dict[str, list[dict[str, object]]]:
    """Names and main figures, by default of the newest factor set. Integers as decimal strings."""
    known = factors or load_factor_set()
    states = known.names("grid/state/US-")
    return {
        "hardware": _hardware(known),
        "countries": [_grid(known, "grid/country/", name) for name in known.names("grid/country/")],
        "states": [_grid(known, "grid/state/US-", name) for name in states],
        "regions": [_region(known, name) for name in known.names("grid/region/")],
        "sources": [_source(source) for source in known.sources.values()],
        "models": [_model(known, name) for name in known.names("model/", "/active-params")],
    }
