"""Numbers and times of CodeCarbon's rows, without a float in between."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction

from greenledger.footprint.fields import FieldError, shown
from greenledger.footprint.ranges import half_up
from greenledger.intake.times import unix_seconds

UWH_PER_KWH = 10**9
MILLION = 10**6
_MOST_DIGITS = 40
# As Python and pandas write a float: 0.5, 12.0, 1e-06. The exponent is bounded: no text makes a huge number.
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)

Cells = Mapping[str, str]


def _number(cells: Cells, name: str, expected: str, errors: list[FieldError]) -> Fraction | None:
    """The number in a column exactly as its digits say, at least 0; None after an error."""
    text = cells[name]
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        problem = f"{shown(text)} is not a number" if text else "is empty"
        errors.append(FieldError(name, problem, expected))
        return None
    return Fraction(text)


def rounded(value: Fraction) -> int:
    """To the nearest integer, halves up; for values from 0 on."""
    return half_up(value.numerator, value.denominator)


def energy_uwh(cells: Cells, pue_ppm: int | None, errors: list[FieldError]) -> int:
    """`energy_consumed` in uWh, rounded once, half up; without the PUE that is in it, if that is given."""
    expected = "the energy of the run in kWh, above 0"
    energy = _number(cells, "energy_consumed", expected, errors)
    if energy is None:
        return 0
    uwh = rounded(energy * UWH_PER_KWH * Fraction(MILLION, pue_ppm or MILLION))
    if uwh == 0:
        errors.append(FieldError("energy_consumed", "is zero: nothing was measured", expected))
    return uwh


def ratio_millionths(cells: Cells, name: str, none: int, errors: list[FieldError]) -> int | None:
    """A ratio in millionths, at least `none`; None where the column is not there, empty, or says `none`."""
    if not cells.get(name):
        return None
    expected = f"a number of at least {none}"
    ratio = _number(cells, name, expected, errors)
    if ratio is None or ratio == none:
        return None
    if ratio < none:
        errors.append(FieldError(name, f"{shown(cells[name])} is out of range", expected))
        return None
    return rounded(ratio * MILLION)


def written_s(cells: Cells, utc_offset_s: int, errors: list[FieldError]) -> int:
    """When the row was written, in Unix seconds: `timestamp` has no offset, so it is the caller's."""
    text = cells["timestamp"]
    try:
        return unix_seconds(f"{text}Z") - utc_offset_s
    except ValueError:
        expected = "a local time such as 2026-01-31T00:00:00"
        errors.append(FieldError("timestamp", f"{shown(text)} is not a time", expected))
        return 0


def begun_s(cells: Cells, end: int, errors: list[FieldError]) -> int:
    """When the run began, in Unix seconds: `duration` before `end`, rounded up to whole seconds."""
    expected = "the seconds that the run took, above 0"
    duration = _number(cells, "duration", expected, errors)
    if duration == 0:
        errors.append(FieldError("duration", "is zero", expected))
    return end - math.ceil(duration or 0)
