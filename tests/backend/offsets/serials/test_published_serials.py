"""Every format is read from examples that registries, marketplaces and their users have published."""

from __future__ import annotations

import pytest

from greenledger.offsets.serials.reading import read_serials
from greenledger.offsets.serials.serial_range import UG_PER_KG, UG_PER_TONNE

VERRA_738 = "9009-245067116-245067119-VCS-VCU-259-VER-BR-14-738-01012017-31122017-0"

# text, registry, project, years, first, last
PUBLISHED = [
    (VERRA_738, "vcs", "VCS-738", (2017, 2017), 245067116, 245067119),
    (
        "9660-115597313-115618057-VCS-VCU-261-VER-US-14-1060-01012019-31122019-0",
        *("vcs", "VCS-1060", (2019, 2019), 115597313, 115618057),
    ),
    (
        "9344-82392553-82392562-VCS-VCU-262-VER-BR-14-1686-01012017-31122017-1",
        *("vcs", "VCS-1686", (2017, 2017), 82392553, 82392562),
    ),
    (
        "11158-289118799-289118805-VCS-VCU-263-VER-KH-14-1748-01012019-31122019-1",
        *("vcs", "VCS-1748", (2019, 2019), 289118799, 289118805),
    ),
    (
        "13557-513004457-513073958-VCS-VCU-1289-VER-TZ-1-2366-16042021-15102021-0",
        *("vcs", "VCS-2366", (2021, 2021), 513004457, 513073958),
    ),
    (  # before 2020 the programme was not named, and this one runs over new year
        "8040-449402275-449402275-VCU-042-MER-PE-14-1360-01072013-30062014-1",
        *("vcs", "VCS-1360", (2013, 2014), 449402275, 449402275),
    ),
    (  # padded, and without a sectoral scope
        "0001-000001-000100-VCS-VCU-003-VER-US-0003-01012020-31122020-1",
        *("vcs", "VCS-3", (2020, 2020), 1, 100),
    ),
    ("GS1-1-KE-GS7495-16-2025-30645-608-30350", "gs", "GS7495", (2025, 2025), 608, 30350),
    ("GS1-1-IN-GS4533-2-2020-22653-106-111", "gs", "GS4533", (2020, 2020), 106, 111),
    ("GS1-1-IN-GS1234-16-2018-12345-101-600", "gs", "GS1234", (2018, 2018), 101, 600),
    (
        "PURO_PR_CORC100+_FI_577166_2020_055a3fbe-eabc-4535-b9cf-1028e7d18f89_1-100",
        *("puro", "PURO-577166", (2020, 2020), 1, 100),
    ),
    ("40980b1a-cff7-4c78-9cc5-a3a2f18c7e0d_1000-1001", "puro", None, (None, None), 1000, 1001),
    (
        "643002406555908610000000140219-643002406555908610000000140220",
        *("puro", None, (None, None), 140219, 140220),
    ),
    ("643002406555908611000000000001", "puro", None, (None, None), 1, 1),
    ("ISO-1-BSTORE-GBR-F5X7-2024-78177-81177", "isometric", "F5X7", (2024, 2024), 78177, 81177),
    ("ACR-US-934-2024-2891-58384 to 58673", "acr", "ACR-934", (2024, 2024), 58384, 58673),
    ("ACR-US-192-2010-203-1-5000", "acr", "ACR-192", (2010, 2010), 1, 5000),
    (
        "CAR-1-US-1480-46-1156-FL-2026-10272-852724 to 860723",
        *("car", "CAR-1480", (2026, 2026), 852724, 860723),
    ),
    ("CAR-1-US-293-1-120-CA-2006-102-1 to 29251", "car", "CAR-293", (2006, 2006), 1, 29251),
]


@pytest.mark.parametrize(("text", "registry", "project", "years", "first", "last"), PUBLISHED)
def test_published_serial__read__gives_registry_project_years_and_numbers(
    text: str,
    registry: str,
    project: str | None,
    years: tuple[int | None, int | None],
    first: int,
    last: int,
) -> None:
    (found,) = read_serials(text, registry)
    assert (found.registry, found.project) == (registry, project)
    assert (found.vintage_first, found.vintage) == years
    assert (found.first, found.last) == (first, last)
    assert found.unit_ug == (UG_PER_KG if registry == "isometric" else UG_PER_TONNE)


@pytest.mark.parametrize("text", [row[0] for row in PUBLISHED])
def test_published_serial__written_again__reads_as_the_same_range(text: str) -> None:
    (found,) = read_serials(text)
    assert read_serials(found.text) == (found,)


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("GS1-1-KE-GS7495-16-2025-30645-608-30350", 29_743),  # number_of_credits of the same record
        ("ACR-US-934-2024-2891-58384 to 58673", 290),  # holdingQuantity of the same record
        ("CAR-1-US-1480-46-1156-FL-2026-10272-852724 to 860723", 8_000),  # quantity of the same row
        ("ACR-US-192-2010-203-1-5000", 5_000),
        ("0001-000001-000100-VCS-VCU-003-VER-US-0003-01012020-31122020-1", 100),
        ("PURO_PR_CORC100+_FI_577166_2020_055a3fbe-eabc-4535-b9cf-1028e7d18f89_1-100", 100),  # its volume
    ],
)
def test_published_serial__with_a_published_quantity__is_worth_that(text: str, tonnes: int) -> None:
    (found,) = read_serials(text)
    assert found.quantity_ug() == tonnes * UG_PER_TONNE


@pytest.mark.parametrize("text", [row[0] for row in PUBLISHED])
def test_published_serial__of_another_registry_than_expected__is_refused(text: str) -> None:
    (found,) = read_serials(text)
    with pytest.raises(ValueError, match=f"not of {found.registry}"):
        read_serials(text, "gs" if found.registry != "gs" else "vcs")
