"""Files of published runs: what is refused, and where the message says it is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from greenledger.validation.runs import InvalidRuns, runs_from_json

RUN: dict[str, Any] = {
    "id": "one",
    "kind": "training",
    "use": "exact",
    "source": "s",
    "provenance": "p",
    "inputs": {"energy_mwh": 0.1},
    "expected": {"value": 0.1, "unit": "MWh", "tolerance_pct": 1},
}


def test_numbers__are_read_as_exact_decimals() -> None:
    run = runs_from_json(json.dumps([RUN]))[0]

    assert run.inputs["energy_mwh"] == Decimal("0.1")
    assert run.expected.value == Decimal("0.1")
    assert run.notes == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("{}", "expected a list of published runs"),
        ("[]", "at least one"),
        ("[1]", r"\[0\]: expected an object"),
        (json.dumps([RUN, RUN]), r"\[1\].id: 'one' is there twice"),
        (json.dumps([{**RUN, "use": "maybe"}]), r"\[0\].use: 'maybe' is not known"),
        (json.dumps([{**RUN, "inputs": []}]), r"\[0\].inputs: expected an object"),
        (json.dumps([{**RUN, "id": ""}]), r"\[0\].id: expected text"),
        (json.dumps([{k: v for k, v in RUN.items() if k != "source"}]), r"\[0\].source: missing"),
        (json.dumps([{**RUN, "expected": {"value": 1}}]), r"\[0\].expected.unit: missing"),
        (json.dumps([{**RUN, "expected": {**RUN["expected"], "value": "1"}}]), "is not a number"),
        (json.dumps([{**RUN, "expected": {**RUN["expected"], "band": [1]}}]), "a list of two numbers"),
        ('[{"id": "a", "id": "b"}]', "duplicate key 'id'"),
        ('[{"id": NaN}]', "NaN is not JSON"),
        ("[" * 100_000, "nested deeper"),
        (json.dumps([RUN]).replace("0.1", "1e999"), "1e999 is out of range"),
    ],
)
def test_file__that_two_readers_could_read_differently__is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidRuns, match=message):
        runs_from_json(text)


def test_bytes__that_are_no_text__are_refused() -> None:
    with pytest.raises(InvalidRuns, match="UTF-8"):
        runs_from_json(b"\xff\xfe")
