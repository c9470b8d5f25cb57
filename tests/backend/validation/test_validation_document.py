"""The calibration, the measured spread, and the document that shows them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from validation_runs import FACTORS

from greenledger.validation import calibration, spread
from greenledger.validation.document import document
from greenledger.validation.runs import published_runs

ROOT = Path(__file__).resolve().parents[3]


def test_document__in_the_repository__is_current() -> None:
    stored = (ROOT / "docs" / "VALIDATION.md").read_text(encoding="utf-8")

    assert stored == document(published_runs(), FACTORS), "run python -m scripts.check.validation --write"


def test_batch_of_32__alone_of_the_table__falls_within_the_five_disclosures() -> None:
    least, most = calibration.disclosed_range()
    within = [request.what for request in calibration.by_batch(FACTORS) if least <= request.wh[1] <= most]

    assert within == ["batch 32", "batch unknown"]


def test_request_of_unknown_batch__holds_all_five_disclosures_and_their_ranges() -> None:
    low, _, high = calibration.by_batch(FACTORS)[-1].wh
    stated = [value for entry in calibration.disclosures() for value in (entry.wh, entry.low, entry.high)]

    assert len(calibration.disclosures()) == 5
    assert all(low <= value <= high for value in stated if value is not None)


def test_gpt_4o__of_the_catalogue__costs_what_the_providers_disclose() -> None:
    found = {request.what: request.wh for request in calibration.closed_models(FACTORS)}
    least, most = calibration.disclosed_range()

    assert least <= found["GPT-4o"][1] <= most
    assert found["GPT-4o mini"][1] < least


def test_long_inputs__as_published__lie_within_our_bounds() -> None:
    for _, wh, (low, _, high) in calibration.long_inputs(FACTORS):
        assert low <= wh <= high


def test_batch_effect__of_each_size__is_15_to_50_times_between_1_and_128() -> None:
    assert all(15 <= ratio <= 50 for _, _, ratio in spread.batch_effect(FACTORS))


def test_measured_spread__every_row__names_a_source_and_is_marked_by_our_bounds() -> None:
    found = spread.measured(FACTORS)

    assert {item.source for item in found} == set(spread.sources())
    assert [item for item in found if item.joule < item.ours[0]] == []
    assert any(item.batch == 64 and item.joule == Decimal("0.20") and item.within for item in found)
