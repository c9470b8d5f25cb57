"""A published run made in a line, and its row."""

from __future__ import annotations

import json
from typing import Any

from greenledger.footprint.factors import load_factor_set
from greenledger.validation.runs import PublishedRun, runs_from_json
from greenledger.validation.verdicts import Row, judge

FACTORS = load_factor_set()


def run_of(
    inputs: dict[str, Any],
    value: float,
    unit: str,
    *,
    kind: str = "training",
    use: str = "exact",
    tolerance_pct: float = 0.5,
    band: list[float] | None = None,
) -> PublishedRun:
    """As it would be read from a file."""
    expected: dict[str, Any] = {"value": value, "unit": unit, "tolerance_pct": tolerance_pct}
    document = {
        "id": "made-up",
        "kind": kind,
        "use": use,
        "source": "a test",
        "provenance": "made up",
        "inputs": inputs,
        "expected": expected if band is None else expected | {"band": band},
    }
    return runs_from_json(json.dumps([document]))[0]


def row_of(inputs: dict[str, Any], value: float, unit: str, **more: Any) -> Row:
    return judge(run_of(inputs, value, unit, **more), FACTORS)
