"""Reading attributes by an allow-list: short text and whole numbers, nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

LONGEST_TEXT = 200  # a longer value is no name of anything, so it is not taken along
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]*", re.ASCII)

Value = str | int
Attributes = Mapping[str, Value]


def read_attributes(pairs: Iterable[Any], names: Collection[str]) -> dict[str, Value]:
    """The named attributes of a list of OTLP KeyValue messages; of a repeated key the last."""
    found: dict[str, Value] = {}
    for pair in pairs:
        if pair.key in names and (value := _value(pair.value)) is not None:
            found[pair.key] = value
    return found


def _value(value: Any) -> Value | None:
    match value.WhichOneof("value"):
        case "int_value":
            return int(value.int_value)
        case "string_value" if len(value.string_value) <= LONGEST_TEXT:
            return str(value.string_value)
        case "double_value" if value.double_value.is_integer():
            return int(value.double_value)  # JavaScript has no other number
        case _:
            return None


def first_text(attributes: Attributes, names: Iterable[str]) -> str | None:
    """The first of these attributes that is text."""
    return next((value for name in names if isinstance(value := attributes.get(name), str) and value), None)


def first_number(attributes: Attributes, names: Iterable[str]) -> int | None:
    """The first of these attributes that is a number."""
    return next((value for name in names if isinstance(value := attributes.get(name), int)), None)


def is_code(text: str, longest: int) -> bool:
    """Whether the text can only be a name: short, ASCII, no blanks. What is not is never repeated."""
    return len(text) <= longest and _CODE.fullmatch(text) is not None
