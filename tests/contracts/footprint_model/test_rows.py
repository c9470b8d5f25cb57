"""A row is believed exactly as it stands in the set: every field, its place in the tree, its set."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import load
from properties.tiers import counted

from footprint_model.comparison import FACTORS, call_of, model
from greenledger.evidence.factor_tree import FactorTree, factor_tree
from greenledger.evidence.methodology import factor_root, methodology_id
from greenledger.evidence.model_call import row_argument
from greenledger.footprint.factors import Factor, load_factor_set, published_sets
from greenledger.footprint.ranges import Range

TRAINING = {
    "kind": "training",
    "place": {"country": "DE"},
    "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": 10**9}],
}
NOT_IN_THE_SET = "model: not in the set: "
# Everything that the build of a set lets pass.
printable = st.characters(exclude_categories=("C", "Z"), exclude_characters='"\\')
texts = st.text(printable, min_size=1, max_size=20)
values = st.lists(st.integers(0, 2**120 - 1), min_size=3, max_size=3)
rows = st.builds(
    Factor,
    key=texts,
    unit=texts.map(lambda text: text[:5]),
    value=values.map(lambda drawn: Range(*sorted(drawn))),
    year=st.integers(0, 9999),
    source_id=texts.map(lambda text: text[:10]),
    licence=texts.map(lambda text: text[:10]),
    evidence=texts,
)


@pytest.fixture(scope="module")
def harness() -> Any:
    return load("tests/contracts/mocks/footprint_stages_harness.vy")


@counted(home=50, ci=200, long=4000)
@given(row=rows)
def test_text__of_any_row__is_its_canonical_json(harness: Any, row: Factor) -> None:
    assert harness.row_json(row_argument(row)) == row.canonical().decode()


def test_text__of_the_longest_row__fits(harness: Any) -> None:
    most = 2**120 - 1
    row = Factor("k" * 80, "u" * 20, Range(most, most, most), 65_535, "s" * 40, "l" * 40, "e" * 200)

    assert harness.row_json(row_argument(row)) == row.canonical().decode()


@pytest.mark.parametrize("set_id", published_sets())
def test_row__of_a_published_set__is_proven_from_either_end_and_between(set_id: str) -> None:
    factors = load_factor_set(set_id)
    tree, count = factor_tree(factors.canonical_rows), len(factors.rows)

    for index in {0, 1, count // 2, *range(0, count, 97), count - 2, count - 1}:
        row = row_argument(factors.rows[index])
        assert model().verify_row(factor_root(factors), row, tree.proof(index))


@pytest.mark.parametrize("count", range(1, 12))
def test_row__of_a_small_set__is_proven_whatever_its_size(count: int) -> None:
    listed = FACTORS.rows[:count]
    tree = FactorTree([row.canonical() for row in listed])

    for index, row in enumerate(listed):
        assert model().verify_row(tree.root, row_argument(row), tree.proof(index))
        assert not model().verify_row(tree.root, row_argument(FACTORS.rows[count]), tree.proof(index))


def test_methodology__of_every_published_set__has_its_name() -> None:
    for factors in map(load_factor_set, published_sets()):
        assert bytes(model().methodology_of(factor_root(factors))) == methodology_id(factors)


CHANGES: dict[str, Any] = {
    "key": "grid/country/FR",
    "unit": "g/kWh",
    "low": 1,
    "central": 400_000,
    "high": 10**6,
    "year": 2000,
    "source_id": "somebody",
    "licence": "none",
    "evidence": "",
}


@pytest.mark.parametrize("name", CHANGES)
def test_row__with_one_field_changed__is_not_in_the_set(name: str) -> None:
    call = call_of(TRAINING)
    call.send()
    row = next(row for row in call.rows if row["key"].startswith("grid/country/DE"))
    assert row[name] != CHANGES[name]
    row[name] = CHANGES[name]

    assert call.refusal() == NOT_IN_THE_SET + row["key"]


def test_row__with_text_moved_between_its_fields__is_not_in_the_set() -> None:
    # The text of a row holds `","unit":"` once; with the quote inside a field it would hold it twice.
    call = call_of(TRAINING)
    row = call.rows[0]
    row["source_id"] += '","unit":"' + row["unit"]

    assert call.refusal() == NOT_IN_THE_SET + row["key"]


def test_proof__with_a_sibling_on_the_other_side__is_refused() -> None:
    call = call_of(TRAINING)
    for level in range(len(call.proofs[0]["siblings"])):
        call.proofs[0]["left"] ^= 1 << level
        assert call.refusal() == NOT_IN_THE_SET + call.keys[0]
        call.proofs[0]["left"] ^= 1 << level
    call.send()


def test_proof__cut_or_longer_or_of_another_row__is_refused() -> None:
    call = call_of(TRAINING)
    whole = call.proofs[0]["siblings"]
    for siblings in (whole[:-1], [*whole, bytes(32)], whole[1:], []):
        call.proofs[0]["siblings"] = siblings
        assert call.refusal() == NOT_IN_THE_SET + call.keys[0]
    call.proofs[0]["siblings"] = whole
    call.proofs.reverse()
    assert call.refusal() == NOT_IN_THE_SET + call.keys[0]


def test_rows__with_a_proof_less__are_refused() -> None:
    call = call_of(TRAINING)
    del call.proofs[-1]

    assert call.refusal() == "model: not as many proofs as rows"


def test_row__of_another_published_set__is_not_in_this_one() -> None:
    older = call_of(TRAINING, load_factor_set("gal-factors-2026-1"))
    older.send()
    older.root = call_of(TRAINING).root

    assert older.refusal() == NOT_IN_THE_SET + older.keys[0]
