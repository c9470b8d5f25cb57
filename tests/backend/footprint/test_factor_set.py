"""The factor set: built from its inputs, every row cited; and a model of the standard library alone."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import greenledger.footprint
from greenledger.footprint.catalogue import catalogue
from greenledger.footprint.factors import NEWEST, UnknownFactor, load_factor_set, read_factor_set
from greenledger.footprint.ranges import Range

FACTORS = load_factor_set()
PACKAGE = Path(greenledger.footprint.__file__).parent
BUILD = Path(__file__).parents[3] / "scripts" / "factors" / "build.py"


def test_factor_set__built_again_from_its_inputs__is_the_same_file(tmp_path: Path) -> None:
    built = tmp_path / "set.json"

    subprocess.run([sys.executable, str(BUILD), str(built)], check=True, timeout=60)

    assert built.read_bytes() == (PACKAGE / "data" / f"{NEWEST}.json").read_bytes()


def test_rows__all__name_a_source_a_licence_and_their_evidence() -> None:
    for row in FACTORS.rows:
        source = FACTORS.sources[row.source_id]
        assert row.licence == source.licence
        assert source.citation
        assert source.url.startswith("https://")
        assert row.evidence
        assert 2000 <= row.year <= 2026


def test_ember_rows__under_cc_by__carry_the_attribution_and_the_change() -> None:
    source = FACTORS.sources["ember-owid-2026"]

    assert source.licence == "CC BY 4.0"
    assert "Ember (2026), with major processing by Our World in Data" in source.citation
    assert "Changed:" in source.citation


def test_country_row__has_the_bounds_of_its_rule() -> None:
    assert FACTORS.row("grid/country/FR").value == Range(35_224, 41_440, 51_800)
    assert FACTORS.row("grid/country/US").value.central == 384_400
    assert len(FACTORS.names("grid/country/")) == 213


def test_state_row__from_pounds_per_mwh__is_rounded_once() -> None:
    assert FACTORS.row("grid/state/US-CA").value.central == 179_064
    assert len(FACTORS.names("grid/state/US-")) == 51


def test_region_rows__all__are_the_row_of_the_place_they_name() -> None:
    for name in FACTORS.names("grid/region/"):
        place = FACTORS.label(f"grid/region/{name}/place")
        kind = "state" if place.startswith("US-") else "country"
        assert FACTORS.row(f"grid/region/{name}").value == FACTORS.row(f"grid/{kind}/{place}").value


def test_hardware__all__has_embodied_carbon_and_one_kind_of_power() -> None:
    for name in FACTORS.names("hardware/", "/embodied"):
        rated = FACTORS.has(f"hardware/{name}/rated-power")
        system = FACTORS.has(f"hardware/{name}/system-power")
        assert rated != system


def test_canonical_row__is_sorted_json_with_strings_only() -> None:
    row = FACTORS.row("grid/country/FR").canonical()

    assert row.decode() == json.dumps(
        json.loads(row), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert all(isinstance(value, str) for value in json.loads(row).values())


def test_row__that_does_not_exist__is_an_error() -> None:
    with pytest.raises(UnknownFactor):
        FACTORS.row("grid/country/ZZ")


@pytest.mark.parametrize("fault", ["order", "source", "bounds"])
def test_set__with_a_fault__is_refused(fault: str) -> None:
    document = json.loads((PACKAGE / "data" / f"{NEWEST}.json").read_text(encoding="utf-8"))
    rows = document["rows"]
    if fault == "order":
        rows[0], rows[1] = rows[1], rows[0]
    elif fault == "source":
        rows[0]["source_id"] = "hearsay"
    else:
        rows[0]["low"] = "999999999999"

    with pytest.raises(ValueError, match=r"order|source|expected"):
        read_factor_set(json.dumps(document))


def test_catalogue__lists_every_name_with_its_figures() -> None:
    sections = catalogue()

    assert {name: len(entries) for name, entries in sections.items()} == {
        "hardware": 27,
        "countries": 213,
        "states": 51,
        "regions": 45,
        "models": 28,
        "sources": len(FACTORS.sources),
    }
    france = next(entry for entry in sections["countries"] if entry["id"] == "FR")
    assert france == {"id": "FR", "name": "France", "grid_mg_per_kwh": "41440", "year": 2025}
    a100 = next(entry for entry in sections["hardware"] if entry["id"] == "a100-sxm-80gb")
    assert a100["tdp_mw"] == "400000"


def test_model__imports__only_the_standard_library_and_itself() -> None:
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in modules:
                own = module.startswith("greenledger.footprint")
                assert own or module.split(".")[0] in sys.stdlib_module_names, f"{file.name} imports {module}"
