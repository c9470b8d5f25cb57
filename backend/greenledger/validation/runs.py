"""Published runs: what a source states of its inputs and what it prints as the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from greenledger.footprint.strict_json import InvalidJson, loads_strict

USES = ("exact", "default", "band", "flagged")
PACKAGED = "published_runs.json"
MAX_BYTES = 8_388_608
MOST_DIGITS = 60

_REQUIRED = ("id", "kind", "use", "source", "provenance", "inputs", "expected")


class InvalidRuns(ValueError):
    """A file of published runs that cannot be read. The message says where, what is wrong, what is right."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The printed answer in the printed unit. `band` is a published range, `tolerance_pct` how close we must
    come in percent of the value.
    """

    value: Decimal
    unit: str
    tolerance_pct: Decimal
    band: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class PublishedRun:
    """One published figure with the inputs that its source gives for it. Numbers are exact decimals.

    `use`: `exact` must follow from the inputs, `default` must be met with our default factors, `band` is
    plausibility against our bounds, `flagged` contradicts its own inputs and is shown, never a gate.
    """

    id: str
    kind: str
    use: str
    source: str
    provenance: str
    inputs: Mapping[str, Any]
    expected: Expected
    notes: str = ""


def _decimal(text: str) -> Decimal:
    """An exact decimal whose size lets it be a fraction of whole numbers."""
    number = Decimal(text)
    if number and abs(number.adjusted()) > MOST_DIGITS:
        raise InvalidRuns(f"{text[:40]} is out of range: expected at most {MOST_DIGITS} digits")
    return number


def _number(value: object, path: str) -> Decimal:
    if not isinstance(value, Decimal):
        raise InvalidRuns(f"{path}: {str(value)[:40]!r} is not a number")
    return value


def _expected(value: object, path: str) -> Expected:
    if not isinstance(value, Mapping):
        raise InvalidRuns(f"{path}: expected an object with value, unit and tolerance_pct")
    for name in ("value", "unit", "tolerance_pct"):
        if name not in value:
            raise InvalidRuns(f"{path}.{name}: missing")
    if not isinstance(value["unit"], str):
        raise InvalidRuns(f"{path}.unit: expected text, as tCO2e or Wh/request")
    band = value.get("band")
    if band is not None and (not isinstance(band, list) or len(band) != 2):
        raise InvalidRuns(f"{path}.band: expected a list of two numbers")
    return Expected(
        _number(value["value"], f"{path}.value"),
        value["unit"],
        _number(value["tolerance_pct"], f"{path}.tolerance_pct"),
        None if band is None else (_number(band[0], f"{path}.band[0]"), _number(band[1], f"{path}.band[1]")),
    )


def _run(value: object, index: int) -> PublishedRun:
    path = f"[{index}]"
    if not isinstance(value, Mapping):
        raise InvalidRuns(f"{path}: expected an object")
    for name in _REQUIRED:
        if name not in value:
            raise InvalidRuns(f"{path}.{name}: missing, expected all of {', '.join(_REQUIRED)}")
    texts = {name: value[name] for name in ("id", "kind", "use", "source", "provenance")}
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise InvalidRuns(f"{path}.{name}: expected text")
    if texts["use"] not in USES:
        raise InvalidRuns(
            f"{path}.use: {texts['use'][:40]!r} is not known, expected one of {', '.join(USES)}"
        )
    if not isinstance(value["inputs"], Mapping):
        raise InvalidRuns(f"{path}.inputs: expected an object of stated inputs")
    notes = value.get("notes", "")
    return PublishedRun(
        **texts,
        inputs=value["inputs"],
        expected=_expected(value["expected"], f"{path}.expected"),
        notes=notes if isinstance(notes, str) else "",
    )


def runs_from_json(text: str | bytes) -> tuple[PublishedRun, ...]:
    """Reads a list of published runs, at most 8 MiB of UTF-8. Raises InvalidRuns."""
    try:
        loads_strict(text, MAX_BYTES)  # refuses what two readers could read differently
    except InvalidJson as error:
        raise InvalidRuns(str(error)) from error
    document = json.loads(text, parse_float=_decimal, parse_int=_decimal)
    if not isinstance(document, list) or not document:
        raise InvalidRuns("expected a list of published runs, at least one")
    runs = tuple(_run(value, index) for index, value in enumerate(document))
    seen: set[str] = set()
    for index, run in enumerate(runs):
        if run.id in seen:
            raise InvalidRuns(f"[{index}].id: {run.id!r} is there twice, expected every id once")
        seen.add(run.id)
    return runs


def data_text(name: str) -> str:
    """A file of this package's data."""
    return resources.files("greenledger.validation").joinpath("data", name).read_text(encoding="utf-8")


def published_runs() -> tuple[PublishedRun, ...]:
    """The runs that this version ships, in the order of the file."""
    return runs_from_json(data_text(PACKAGED))
