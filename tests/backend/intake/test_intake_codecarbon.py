"""CodeCarbon's emissions.csv. The columns are those that 2.3 and 3.3 write; the numbers are made up."""

from __future__ import annotations

from typing import Any

import pytest
from intake_rows import results

from greenledger.footprint.workload import Kind, Workload
from greenledger.intake import Accepted, CodeCarbonOptions, Format, Rejected

V2 = [
    *(
        "timestamp",
        "project_name",
        "run_id",
        "duration",
        "emissions",
        "emissions_rate",
        "cpu_power",
        "gpu_power",
    ),
    *("ram_power", "cpu_energy", "gpu_energy", "ram_energy", "energy_consumed", "country_name"),
    *("country_iso_code", "region", "cloud_provider", "cloud_region", "os", "python_version"),
    *("codecarbon_version", "cpu_count", "cpu_model", "gpu_count", "gpu_model", "longitude", "latitude"),
    *("ram_total_size", "tracking_mode", "on_cloud", "pue"),
]
V3 = [*V2[:3], "experiment_id", *V2[3:13], "water_consumed", *V2[13:29], "ram_used_gb", *V2[29:], "wue"]
ROW = {
    "timestamp": "2024-05-01T12:00:00",
    "project_name": "codecarbon",
    "run_id": "5b0fa12a",
    "duration": "3600.4",
    "emissions": "0.012",
    "energy_consumed": "0.1234567894",
    "country_iso_code": "FRA",
    "region": "ile-de-france",
    "cpu_model": '"Intel(R) Xeon(R), 2.2 GHz"',
    "on_cloud": "N",
    "pue": "1.0",
    "wue": "0",
}
WRITTEN_AT = 1_714_564_800


def emissions(*changes: dict[str, str], columns: list[str] = V3) -> str:
    lines = [",".join((ROW | change).get(column, "") for column in columns) for change in changes]
    return "\n".join([",".join(columns), *lines]) + "\n"


def read(*changes: dict[str, str], **options: Any) -> list[Accepted | Rejected]:
    return results(emissions(*changes), Format.CODECARBON, CodeCarbonOptions(**options))


def workload(*changes: dict[str, str], **options: Any) -> Workload:
    (row,) = read(*changes, **options)
    assert isinstance(row, Accepted), row
    return row.workload


@pytest.mark.parametrize("columns", [V2, V3, list(reversed(V3)), V2[:-1]])
def test_row__of_any_version__becomes_a_workload(columns: list[str]) -> None:
    (row,) = results(emissions({}, columns=columns), Format.CODECARBON)
    assert isinstance(row, Accepted)
    assert row.workload.canonical() == {
        "kind": "training",
        "name": "codecarbon/5b0fa12a",
        "start": str(WRITTEN_AT - 3601),
        "end": str(WRITTEN_AT),
        "place": {"country": "FR"},
        "measured_uwh": "123456789",
        "measurement_scope": "device",
    }


@pytest.mark.parametrize(
    ("kwh", "uwh"),
    [
        ("0.1234567895", 123_456_790),
        ("1e-06", 1_000),
        ("5e-10", 1),
        ("12", 12_000_000_000),
        ("9007199.254740993", 9_007_199_254_740_993),  # beyond what a float of 53 bits tells apart
    ],
)
def test_energy__any_spelling_of_a_float__is_exact(kwh: str, uwh: int) -> None:
    assert workload({"energy_consumed": kwh}).measured_uwh == uwh


@pytest.mark.parametrize(
    "kwh", ["0", "0.0", "4e-10", "-0.1", "nan", "inf", "", "1e400", "0x1", "1" * 60, "1_0"]
)
def test_energy__nothing_or_no_number__is_refused(kwh: str) -> None:
    (row,) = read({"energy_consumed": kwh})
    assert isinstance(row, Rejected) and row.field == "energy_consumed"


def test_pue__above_one__is_taken_out_of_the_energy_and_stated() -> None:
    made = workload({"pue": "1.25", "energy_consumed": "0.5"})
    assert (made.measured_uwh, made.pue_ppm) == (400_000_000, 1_250_000)


@pytest.mark.parametrize("pue", ["1", "1.0", ""])
def test_pue__one_or_empty__was_not_known(pue: str) -> None:
    assert workload({"pue": pue}).pue_ppm is None


@pytest.mark.parametrize("pue", ["-1.2", "0.9", "0", "nan"])
def test_pue__below_one__is_refused(pue: str) -> None:
    (row,) = read({"pue": pue})
    assert isinstance(row, Rejected) and row.field == "pue"


def test_wue__above_zero__is_stated_in_microlitres() -> None:
    assert workload({"wue": "1.8"}).wue_ul_per_kwh == 1_800_000
    assert workload({"wue": "0.0"}).wue_ul_per_kwh is None


def test_flushed_rows__of_one_run__give_the_last_total_and_name_the_others() -> None:
    found = read(
        {"energy_consumed": "0.1"},
        {"run_id": "other"},
        {"energy_consumed": "0.2"},
        {"energy_consumed": "0.2", "duration": "4000"},
    )
    refused = [(row.line, row.field, row.reason) for row in found if isinstance(row, Rejected)]
    assert refused == [
        (2, "run_id", "is the same as in line 4, which holds the later total"),
        (4, "run_id", "is the same as in line 5, which holds the later total"),
    ]
    taken = [(row.line, row.workload.measured_uwh) for row in found if isinstance(row, Accepted)]
    assert taken == [(3, 123_456_789), (5, 200_000_000)]


def test_total__that_falls_within_a_run__is_refused_and_the_larger_kept() -> None:
    refused, taken = read({"energy_consumed": "0.2"}, {"energy_consumed": "0.1"})
    assert isinstance(refused, Rejected) and (refused.line, refused.field) == (3, "energy_consumed")
    assert isinstance(taken, Accepted) and taken.line == 2


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"country_iso_code": "DEU", "region": "hesse"}, {"country": "DE"}),
        ({"country_iso_code": "usa", "region": "California"}, {"country": "US", "state": "CA"}),
        ({"country_iso_code": "USA", "region": "ca"}, {"country": "US", "state": "CA"}),
        ({"country_iso_code": "USA", "region": ""}, {"country": "US"}),
        ({"country_iso_code": "CAN", "region": "quebec"}, {"country": "CA"}),
        (
            {"cloud_provider": "gcp", "cloud_region": "europe-west9", "country_iso_code": "FRA"},
            {"provider": "gcp", "region": "europe-west9"},
        ),
    ],
)
def test_place__that_is_known__is_stated(change: dict[str, str], place: dict[str, str]) -> None:
    assert workload(change).canonical()["place"] == place


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"country_iso_code": "XYZ"}, "country_iso_code"),
        ({"country_iso_code": ""}, "country_iso_code"),
        ({"country_iso_code": "FR"}, "country_iso_code"),
        ({"country_iso_code": "USA", "region": "califrnia"}, "region"),
        ({"cloud_provider": "gcp", "cloud_region": "europe-west99"}, "cloud_region"),
        ({"cloud_provider": "gcp"}, "cloud_region"),
        ({"cloud_provider": "acme", "cloud_region": "eu"}, "cloud_provider"),
        ({"cloud_region": "eu-west-1"}, "cloud_provider"),
        ({"country_iso_code": "CAN", "latitude": "46.8", "longitude": "-71.2"}, "country_iso_code"),
    ],
)
def test_place__that_is_not_known__is_refused_and_never_replaced(change: dict[str, str], field: str) -> None:
    (row,) = read(change)
    assert isinstance(row, Rejected) and row.field == field and row.expected


def test_options__kind_scope_place_and_clock__are_the_callers() -> None:
    options: dict[str, Any] = {"kind": Kind.FINE_TUNING, "scope": "node", "utc_offset_s": 7200}
    made = workload({"country_iso_code": "XYZ"}, place={"country": "NO"}, **options)
    assert (made.kind, made.measurement_scope, made.end) == (Kind.FINE_TUNING, "node", WRITTEN_AT - 7200)
    assert made.canonical()["place"] == {"country": "NO"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"timestamp": "2024-05-01"}, "timestamp"),
        ({"timestamp": ""}, "timestamp"),
        ({"duration": "0"}, "duration"),
        ({"duration": "-5"}, "duration"),
        ({"run_id": ""}, "run_id"),
        ({"project_name": "a\tb"}, "name"),
    ],
)
def test_row__with_a_wrong_column__names_it(change: dict[str, str], field: str) -> None:
    (row,) = read(change)
    assert isinstance(row, Rejected) and (row.line, row.field) == (2, field)


def test_row__with_several_wrong_columns__names_each() -> None:
    found = read({"pue": "-1", "duration": "x", "country_iso_code": "XYZ"})
    assert {row.field for row in found if isinstance(row, Rejected)} == {
        "pue",
        "duration",
        "country_iso_code",
    }


def test_name__longer_than_a_name_may_be__is_the_run_alone() -> None:
    assert workload({"project_name": "p" * 100}).name == "5b0fa12a"


@pytest.mark.parametrize(
    "missing", ["timestamp", "duration", "energy_consumed", "run_id", "country_iso_code"]
)
def test_header__without_a_needed_column__ends_the_file(missing: str) -> None:
    columns = [column for column in V3 if column != missing]
    (row,) = results(emissions({}, columns=columns), Format.CODECARBON)
    assert isinstance(row, Rejected) and (row.field, row.entry) == (missing, 0)


def test_header__of_single_tasks__ends_the_file() -> None:
    (row,) = results(emissions({}, columns=["task_name", *V3]), Format.CODECARBON)
    assert isinstance(row, Rejected) and (row.field, row.entry) == ("task_name", 0)
