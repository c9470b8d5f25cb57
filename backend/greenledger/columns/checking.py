"""The rules of a workload's fields, over whole columns: the same limits, and the row in every error."""

from __future__ import annotations

import time

import numpy as np

from greenledger.columns.arrays import Bools, Ints
from greenledger.columns.inference import COUNTED, NOT_STATED, NUMBERS, InferenceColumns
from greenledger.footprint.fields import MOST_ERRORS, FieldError, InvalidWorkload
from greenledger.footprint.rules import EARLIEST, LATEST, MOST_TOKENS, RULES, Whole
from greenledger.footprint.workload import Workload

_YEARS = (time.gmtime(EARLIEST).tm_year, time.gmtime(LATEST).tm_year)


def check_columns(columns: InferenceColumns) -> None:
    """Raises InvalidWorkload with the first 20 problems, each as `rows[17].requests`."""
    errors = _models(columns)
    _within(errors, "model", columns.model, 0, len(columns.models) - 1)
    _within(errors, "place", columns.place, 0, len(columns.places) - 1)
    _within(errors, "year", columns.year, *_YEARS)
    for name in NUMBERS:
        column: Ints | None = getattr(columns, name)
        if column is not None:
            rule = _rule(name)
            _within(errors, name, column, rule.low, rule.high, optional=name not in COUNTED)
    if not errors:  # sums of numbers that are each in range
        _cached(errors, columns)
        _tokens(errors, columns)
    if errors:
        raise InvalidWorkload(tuple(errors[:MOST_ERRORS]))


def _rule(name: str) -> Whole:
    rule = RULES[Workload][name]
    if not isinstance(rule, Whole):
        raise TypeError(f"{name}: expected a field of whole numbers")
    return rule


def _models(columns: InferenceColumns) -> list[FieldError]:
    errors: list[FieldError] = []
    for at, model in enumerate(columns.models):
        if (model.name is None) == (model.active_params is None):
            expected = "either name (an id of the catalogue) or active_params"
            errors.append(FieldError(f"models[{at}]", f"{model} names no model or two", expected))
        for name in ("active_params", "total_params"):
            value, rule = getattr(model, name), _rule(name)
            if value is not None and not rule.low <= value <= rule.high:
                expected = f"a whole number from {rule.low} to {rule.high}"
                errors.append(FieldError(f"models[{at}].{name}", f"{value} is out of range", expected))
        if model.total_params is not None and model.total_params < (model.active_params or 0):
            expected = "at least active_params"
            errors.append(FieldError(f"models[{at}].total_params", "fewer than active_params", expected))
    return errors


def _within(
    errors: list[FieldError], name: str, column: Ints, low: int, high: int, *, optional: bool = False
) -> None:
    if column.size == 0 or (low <= int(column.min()) and int(column.max()) <= high):
        return
    wrong = (column < low) | (column > high)
    if optional:
        wrong &= column != NOT_STATED
    expected = f"a whole number from {low} to {high}"
    if optional:
        expected += f", or {NOT_STATED} for not stated"
    _add(errors, name, wrong, [f"{value} is out of range" for value in column[_first(wrong)]], expected)


def _cached(errors: list[FieldError], columns: InferenceColumns) -> None:
    if columns.cached_tokens is None:
        return
    wrong = columns.cached_tokens > columns.input_tokens
    expected = "at most input_tokens, of which they are a part"
    _add(errors, "cached_tokens", wrong, ["more than input_tokens"] * MOST_ERRORS, expected)


def _tokens(errors: list[FieldError], columns: InferenceColumns) -> None:
    """The float64 product tells where the exact one of int64 may have wrapped."""
    requests = np.ones(1, np.int64) if columns.requests is None else columns.requests
    most = int(columns.input_tokens.max(initial=0)) + int(columns.output_tokens.max(initial=0))
    if most * int(requests.max(initial=1)) <= MOST_TOKENS:
        return
    tokens, requests = columns.input_tokens + columns.output_tokens, np.maximum(requests, 1)
    about = tokens.astype(np.float64) * requests
    wrong = (about > 2.0 * MOST_TOKENS) | (tokens * requests > MOST_TOKENS)
    problem = "requests times tokens is out of range"
    _add(errors, "requests", wrong, [problem] * MOST_ERRORS, f"at most {MOST_TOKENS} tokens in all")


def _first(wrong: Bools) -> Ints:
    return np.flatnonzero(wrong)[:MOST_ERRORS]


def _add(errors: list[FieldError], name: str, wrong: Bools, problems: list[str], expected: str) -> None:
    for row, problem in zip(_first(wrong), problems, strict=False):
        errors.append(FieldError(f"rows[{row}].{name}", problem, expected))
