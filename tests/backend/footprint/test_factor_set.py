"""The factor set: every row cited, history where the source has it; and a model of the standard library."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

import greenledger.footprint
from greenledger.evidence.methodology import factor_root
from greenledger.footprint.catalogue import catalogue
from greenledger.footprint.factors import UnknownFactor, load_factor_set, read_factor_set
from greenledger.footprint.ranges import Range

FACTORS = load_factor_set("gal-factors-2026-2")
PACKAGE = Path(greenledger.footprint.__file__).parent
DATA = PACKAGE / "data"
YEAR_OF_KEY = re.compile(r"^(.+)/(20\d\d)$")
PROVIDERS = {"aws": 39, "azure": 65, "gcp": 46}


def test_published_set__stays__byte_for_byte() -> None:
    published = (DATA / "gal-factors-2026-1.json").read_bytes()

    digest = "d3d4717bf38a46f22d28ac98163c06bc1d2a06e6609e2b4909070ba34988f430"
    root = "a965ed3cb48f758f03d6cb79004f0aaf5329e9920f622ddf10a2c8954a2cefb3"
    assert hashlib.sha256(published).hexdigest() == digest
    assert factor_root(load_factor_set("gal-factors-2026-1")).hex() == root


def test_new_set__has_every_key_of_the_set_before_it() -> None:
    for row in load_factor_set("gal-factors-2026-1").rows:
        assert FACTORS.has(row.key), row.key


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


def test_notice__names_every_source_with_its_licence() -> None:
    notice = (DATA / "NOTICE").read_text(encoding="utf-8")

    for source in FACTORS.sources.values():
        assert f"{source.source_id} ({source.licence})\n{source.citation}\n{source.url}\n" in notice
    assert "https://creativecommons.org/licenses/by/4.0/" in notice


def test_history_row__is_of_the_year_in_its_key_and_older_than_the_newest() -> None:
    histories = [(row, match) for row in FACTORS.rows if (match := YEAR_OF_KEY.match(row.key))]

    assert len(histories) > 3000
    for row, match in histories:
        newest = FACTORS.row(match[1])
        assert row.year == int(match[2]) < newest.year
        assert row.unit == newest.unit


def test_country_row__has_the_bounds_of_its_rule() -> None:
    assert FACTORS.row("grid/country/FR").value == Range(35_224, 41_440, 51_800)
    assert FACTORS.row("grid/country/FR/2021").value == Range(50_830, 59_800, 74_750)


@pytest.mark.parametrize(
    ("country", "mg_per_kwh"),
    [("US", 384_400), ("FR", 41_440), ("DE", 329_650), ("CN", 525_340), ("IN", 670_130), ("SE", 35_260)],
)
def test_country_row__newest__equals_another_collection_of_the_same_source(
    country: str, mg_per_kwh: int
) -> None:
    assert FACTORS.row(f"grid/country/{country}").value.central == mg_per_kwh


def test_countries__but_two__have_every_year_from_2015_to_2021() -> None:
    known = {row.key for row in FACTORS.rows}
    countries = FACTORS.names("grid/country/")
    wanted = {name: [f"grid/country/{name}/{year}" for year in range(2015, 2022)] for name in countries}

    short = [name for name in countries if not known.issuperset(wanted[name])]

    assert len(countries) == 213
    assert {name: FACTORS.row(f"grid/country/{name}").year for name in short} == {"CF": 2012, "EH": 2009}


def test_world_row__has_every_year_since_2015() -> None:
    assert FACTORS.row("grid/world").value.central == 458_290
    assert [FACTORS.row(f"grid/world/{year}").year for year in range(2015, 2025)] == list(range(2015, 2025))


def test_grid_rows__of_every_place_and_year__are_above_zero() -> None:
    for row in FACTORS.rows:
        if row.key.startswith("grid/"):
            assert row.unit == "mg/kWh"
            assert row.value.low > 0, row.key


def test_state_row__from_pounds_per_mwh__is_rounded_once() -> None:
    assert FACTORS.row("grid/state/US-CA").value.central == 179_064
    assert FACTORS.row("grid/state/US-CA/2021").value.central == 217_949  # 480.495 lb/MWh
    assert len(FACTORS.names("grid/state/US-")) == 51


@pytest.mark.parametrize("year", [2016, 2019, 2021, 2022])
def test_states__all__have_the_years_of_egrid(year: int) -> None:
    for state in FACTORS.names("grid/state/US-"):
        row = FACTORS.row(f"grid/state/US-{state}/{year}")
        assert row.source_id == f"epa-egrid{year}"


def place_key(name: str) -> str:
    place = FACTORS.label(f"grid/region/{name}/place")
    return f"grid/{'state' if place.startswith('US-') else 'country'}/{place}"


def test_regions__of_each_provider__are_all_there() -> None:
    names = FACTORS.names("grid/region/")

    assert Counter(name.split("/")[0] for name in names) == PROVIDERS
    for name in names:
        assert FACTORS.label(f"grid/region/{name}") != f"grid/region/{name}"
        assert FACTORS.has(place_key(name))


def test_region_rows__without_a_figure_of_the_provider__are_the_row_of_their_place_and_year() -> None:
    copies = [row for row in FACTORS.rows if row.evidence.startswith("no factor of its own")]

    assert len(copies) > 1000
    for row in copies:
        name = "/".join(row.key.split("/")[2:4])
        dated = f"{place_key(name)}/{row.year}"
        place = FACTORS.row(dated if FACTORS.has(dated) else place_key(name))
        assert (row.value, row.year, row.source_id) == (place.value, place.year, place.source_id)


def test_region_rows__of_google__hold_its_figure_and_reach_the_grid_of_the_place() -> None:
    published = [row for row in FACTORS.rows if row.source_id == "google-region-carbon"]

    assert len(published) == 251
    assert FACTORS.row("grid/region/gcp/us-central1/2021").value.central == 394_000
    for row in published:
        name = "/".join(row.key.split("/")[2:4])
        dated = f"{place_key(name)}/{row.year}"
        if FACTORS.has(dated):
            assert row.value.low <= FACTORS.row(dated).value.central <= row.value.high, row.key


def test_region_row__of_google_below_any_life_cycle__is_raised_and_says_so() -> None:
    montreal = FACTORS.row("grid/region/gcp/northamerica-northeast1/2021")

    assert montreal.value.central == 24_000
    assert montreal.value.low == 12_000
    assert "figure of 0 g, raised" in montreal.evidence


def test_site_rows__published_for_a_region_and_year__keep_their_rule() -> None:
    assert FACTORS.row("region/aws/us-east-1/pue").value == Range(1_127_000, 1_150_000, 1_219_000)
    assert FACTORS.row("region/aws/us-east-1/wue/2024").value == Range(96_000, 120_000, 144_000)
    assert FACTORS.row("region/azure/westus2/wue").value.central == 1_090_000
    assert FACTORS.row("region/gcp/us-central1/pue/2022").value.central == 1_110_000


@pytest.mark.parametrize(
    ("key", "central"),
    [
        ("pue/unknown/2021", 1_570_000),
        ("provider/gcp/pue/2021", 1_100_000),
        ("provider/aws/wue/2021", 250_000),
    ],
)
def test_fleet_and_unknown_rows__of_a_year__hold_the_figure_of_that_year(key: str, central: int) -> None:
    assert FACTORS.row(key).value.central == central


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


def test_canonical_row__needs_no_escape__and_is_its_fields_between_fixed_texts() -> None:
    names = ("central", "evidence", "high", "key", "licence", "low", "source_id", "unit", "year")
    rows = json.loads((DATA / "gal-factors-2026-2.json").read_text(encoding="utf-8"))["rows"]

    for stated in rows:
        written = "{" + ",".join(f'"{name}":"{stated[name]}"' for name in names) + "}"
        assert FACTORS.row(stated["key"]).canonical() == written.encode()


def test_row__that_does_not_exist__is_an_error() -> None:
    with pytest.raises(UnknownFactor):
        FACTORS.row("grid/country/ZZ")


@pytest.mark.parametrize("fault", ["order", "source", "bounds"])
def test_set__with_a_fault__is_refused(fault: str) -> None:
    document = json.loads((DATA / "gal-factors-2026-2.json").read_text(encoding="utf-8"))
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
    sections = catalogue(FACTORS)

    assert {name: len(sections[name]) for name in ("countries", "states", "regions", "sources")} == {
        "countries": 213,
        "states": 51,
        "regions": sum(PROVIDERS.values()),
        "sources": len(FACTORS.sources),
    }
    assert len(sections["hardware"]) == len(FACTORS.names("hardware/", "/embodied")) >= 27
    assert len(sections["models"]) == len(FACTORS.names("model/", "/active-params")) >= 28
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
