"""JSON from strangers: exact numbers, and a depth that the parser survives."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

MAX_DEPTH = 32
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def loads_bounded(raw: bytes) -> Any:
    """The value, numbers as int or Decimal; raises ValueError or ArithmeticError for what is not JSON.

    Brackets are counted before parsing: the parser recurses in C, where depth can end the whole process.
    """
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
    return json.loads(raw, parse_float=Decimal, parse_constant=_refuse)


def object_or_none(raw: bytes) -> dict[str, Any] | None:
    """The same where only an object is of use: None for anything else."""
    try:
        value = loads_bounded(raw)
    except (ValueError, ArithmeticError):
        return None
    return value if isinstance(value, dict) else None


def _refuse(name: str) -> None:
    raise ValueError(name)
