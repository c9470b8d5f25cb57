"""Ranges of any registry: written and read back, compared, joined, and turned into sources."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenledger.evidence.hashing import keccak256
from greenledger.offsets.serials.reading import SerialsNotUnderstood, read_serials
from greenledger.offsets.serials.serial_range import (
    HIGHEST_SERIAL,
    SerialRange,
    certified_text,
    joined,
    overlapping,
    total_ug,
)
from greenledger.offsets.serials.source import SerialsDisagree, check_quantity, source_of_serials

NUMBER = st.integers(1, 10**9)
YEAR = st.integers(1996, 2050)
LETTERS = st.text(string.ascii_uppercase, min_size=2, max_size=2)
SHORT_SPAN = st.tuples(st.integers(1, 10**12), st.integers(0, 10**9)).map(lambda s: (s[0], s[0] + s[1]))


def acr(first: int, last: int, batch: int = 5) -> SerialRange:
    return read_serials(f"ACR-US-934-2024-{batch}-{first} to {last}")[0]


@settings(deadline=None)
@given(SHORT_SPAN, NUMBER, st.integers(1, 2000), LETTERS, st.integers(1, 16), st.integers(1, 999_999), YEAR)
def test_verra__any_fields__is_read_back_as_written(
    span: tuple[int, int], batch: int, body: int, country: str, scope: int, project: int, year: int
) -> None:
    text = (
        f"{batch}-{span[0]}-{span[1]}-VCS-VCU-{body}-VER-{country}-{scope}-{project}-0101{year}-3112{year}-0"
    )
    (found,) = read_serials(text, "vcs")
    assert found.text == text
    assert (found.project, found.vintage) == (f"VCS-{project}", year)


@settings(deadline=None)
@given(SHORT_SPAN, NUMBER, LETTERS, NUMBER, st.integers(1, 99), YEAR)
def test_gold_standard__any_fields__is_read_back_as_written(
    span: tuple[int, int], project: int, country: str, issuance: int, kind: int, year: int
) -> None:
    text = f"GS1-1-{country}-GS{project}-{kind}-{year}-{issuance}-{span[0]}-{span[1]}"
    (found,) = read_serials(text, "gs")
    assert found.text == text
    assert (found.project, found.vintage) == (f"GS{project}", year)


@settings(deadline=None)
@given(
    st.tuples(st.integers(1, 10**12 - 1), st.integers(1, 10**12 - 1)).map(sorted),
    st.sampled_from(["CORC", "CORC20+", "CORC100+", "CORC1000+", "CORC_100"]),
    LETTERS,
    st.integers(0, 999_999),
    YEAR,
    st.uuids(),
    st.integers(10**17, 10**18 - 1),
)
def test_puro__any_fields_in_each_spelling__is_read_back_as_written(
    span: list[int], credit: str, country: str, facility: int, year: int, issuance: object, gsrn: int
) -> None:
    first, last = span
    head = f"PURO_PR_{credit}_{country}_{facility:06d}_{year}_{issuance}_"
    old = f"{gsrn}{first:012d}-{gsrn}{last:012d}"
    for text in (f"{head}{first}-{last}", f"{issuance}_{first}-{last}", old, head + old):
        (found,) = read_serials(text, "puro")
        assert found.text == text
        assert (found.first, found.last) == (first, last)


@settings(deadline=None)
@given(SHORT_SPAN, LETTERS, NUMBER, st.integers(1, 150), NUMBER, LETTERS, YEAR, NUMBER)
def test_acr_and_car__any_fields__are_read_back_as_written(
    span: tuple[int, int],
    country: str,
    project: int,
    kind: int,
    developer: int,
    state: str,
    year: int,
    batch: int,
) -> None:
    numbers = f"{batch}-{span[0]} to {span[1]}"
    for text in (
        f"ACR-{country}-{project}-{year}-{numbers}",
        f"CAR-1-{country}-{project}-{kind}-{developer}-{state}-{year}-{numbers}",
    ):
        (found,) = read_serials(text)
        assert found.text == text
        assert found.vintage == year
        assert found.project is not None and found.project.endswith(f"-{project}")


@settings(deadline=None)
@given(
    SHORT_SPAN, st.sampled_from(["GBR", "USA"]), st.text("0123456789ABCDEFX", min_size=4, max_size=4), YEAR
)
def test_isometric__any_fields__is_read_back_as_written_and_counts_kilograms(
    span: tuple[int, int], country: str, project: str, year: int
) -> None:
    (found,) = read_serials(f"ISO-1-BSTORE-{country}-X{project}-{year}-{span[0]}-{span[1]}", "isometric")
    assert read_serials(found.text) == (found,)
    assert found.quantity_ug() == (span[1] - span[0] + 1) * 10**9


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text__read__is_ranges_or_refused_and_nothing_else(text: str) -> None:
    try:
        found = read_serials(text)
    except SerialsNotUnderstood:
        return
    assert all(read_serials(one.text) == (one,) for one in found)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 10)), min_size=1, max_size=8))
def test_overlap__of_any_ranges__is_found_exactly_if_a_serial_is_in_two(spans: list[tuple[int, int]]) -> None:
    ranges = [acr(first, first + more) for first, more in spans]
    serials = [serial for one in ranges for serial in range(one.first, one.last + 1)]
    assert (overlapping(ranges) is not None) == (len(set(serials)) < len(serials))


@settings(deadline=None)
@given(st.sets(st.integers(1, 60), min_size=1))
def test_joined__single_serials__are_the_same_serials_in_fewest_ranges(numbers: set[int]) -> None:
    found = joined([acr(number, number) for number in numbers])
    assert {serial for one in found for serial in range(one.first, one.last + 1)} == numbers
    assert len(found) == sum(1 for number in numbers if number - 1 not in numbers)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (["acr-us-934-2024-05-1 to 3"], "acr-us-934-2024-05-1 to 3"),
        (
            ["ACR-US-934-2024-5-1 to 3", "ACR-US-934-2024-5-9 to 9"],
            "ACR-US-934-2024-5-1 to 3, ACR-US-934-2024-5-9 to 9",
        ),
        (["acr-us-934-2024-05-4 to 9", "ACR-US-934-2024-5-1-3"], "ACR-US-934-2024-5-1 to 9"),
        (
            ["ACR-US-934-2024-5-4-9", "ACR-US-934-2024-6-1-3", "ACR-US-934-2024-5-1-3"],
            "ACR-US-934-2024-5-1 to 9, ACR-US-934-2024-6-1 to 3",
        ),
    ],
    ids=["one", "with a gap", "joined", "some joined"],
)
def test_certified_text__of_ranges__is_as_printed_or_joined(printed: list[str], text: str) -> None:
    ranges = read_serials("; ".join(printed))
    assert certified_text(printed, ranges) == text
    assert joined(read_serials(text)) == joined(ranges)


def test_overlap__of_the_same_numbers_in_two_books__is_none() -> None:
    assert overlapping([acr(1, 9, batch=5), acr(1, 9, batch=6)]) is None


def test_vintage__that_runs_over_new_year__covers_both_years_only() -> None:
    (found,) = read_serials("8040-1-9-VCU-042-MER-PE-14-1360-01072013-30062014-1")
    assert [found.covers_vintage(year) for year in (2012, 2013, 2014, 2015)] == [False, True, True, False]


def test_vintage__not_told_by_the_text__covers_any_year() -> None:
    (found,) = read_serials("40980b1a-cff7-4c78-9cc5-a3a2f18c7e0d_1000-1001")
    assert found.covers_vintage(1999)


def test_source__of_a_range__has_the_hash_of_its_book_and_its_numbers() -> None:
    found = acr(7, 11)
    source = source_of_serials(found, shared=False)
    assert (source.kind, source.first, source.last) == (1, 7, 11)
    assert source.book == keccak256(b"ACR-US-934-2024-5")
    assert source_of_serials(found, shared=True).kind == 3


def test_highest_serial__of_a_range__is_what_the_contract_can_keep() -> None:
    assert acr(1, HIGHEST_SERIAL).last == 2**128 - 1
    with pytest.raises(ValueError, match=r"2\^128"):
        acr(1, HIGHEST_SERIAL + 1)


def test_quantity__equal_to_the_serials__is_accepted() -> None:
    ranges = [acr(1, 3), acr(5, 5)]
    check_quantity(ranges, total_ug(ranges), shared=False)
    assert total_ug(ranges) == 4 * 10**12


@pytest.mark.parametrize("amount_ug", [0, 1, 4 * 10**12 - 1, 4 * 10**12 + 1])
def test_quantity__other_than_the_serials__is_refused(amount_ug: int) -> None:
    with pytest.raises(SerialsDisagree, match=f"found {amount_ug}, expected {4 * 10**12}"):
        check_quantity([acr(1, 4)], amount_ug, shared=False)


@pytest.mark.parametrize("amount_ug", [1, 10**6, 4 * 10**12])
def test_quantity__within_a_shared_block__is_accepted(amount_ug: int) -> None:
    check_quantity([acr(1, 4)], amount_ug, shared=True)


@pytest.mark.parametrize("amount_ug", [0, 4 * 10**12 + 1])
def test_quantity__outside_a_shared_block__is_refused(amount_ug: int) -> None:
    with pytest.raises(SerialsDisagree, match="the worth of the block"):
        check_quantity([acr(1, 4)], amount_ug, shared=True)
