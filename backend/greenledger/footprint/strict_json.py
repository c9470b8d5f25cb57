"""JSON text read strictly: what two readers could understand differently is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

MAX_BYTES = 1_048_576
MAX_DIGITS = 40
MAX_DEPTH = 32

# An unclosed string matches to the end of the text, so that the scan stays linear.
_BRACKET_OR_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


class InvalidJson(ValueError):
    """The text is not JSON that everyone reads alike. The message says what and where."""


def _unique(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise InvalidJson(f"duplicate key {key[:60]!r}: expected every key once")
        members[key] = value
    return members


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise InvalidJson(f"number with {len(text)} digits: expected at most {MAX_DIGITS}")
    return int(text)


def _no_constant(text: str) -> object:
    raise InvalidJson(f"{text} is not JSON: expected a finite number")


def check_depth(text: str, most: int = MAX_DEPTH) -> None:
    """Counts brackets before parsing: the parser recurses in C, where depth can end the whole process.

    Raises InvalidJson.
    """
    depth = 0
    for token in _BRACKET_OR_STRING.finditer(text):
        mark = token[0][0]
        if mark in "[{":
            depth += 1
            if depth > most:
                raise InvalidJson(f"nested deeper than {most} levels")
        elif mark in "]}":
            depth -= 1


def _check_unicode(value: object) -> None:
    if isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise InvalidJson("text with half a surrogate pair: expected valid Unicode")
    elif isinstance(value, dict):
        for key, member in value.items():
            _check_unicode(key)
            _check_unicode(member)
    elif isinstance(value, list):
        for member in value:
            _check_unicode(member)


def loads_strict(text: str | bytes, max_bytes: int = MAX_BYTES) -> object:
    """Parses JSON of at most `max_bytes` (default 1 MiB), in UTF-8.

    Refuses duplicate keys, NaN, infinities, numbers beyond 40 digits, lone surrogates and deep nesting.
    Fractions come back as floats and are refused by whoever reads the field, with its path.
    Raises InvalidJson.
    """
    if len(text) > max_bytes:
        raise InvalidJson(f"{len(text)} bytes of JSON: expected at most {max_bytes}")
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        check_depth(decoded)
        value: object = json.loads(
            decoded, object_pairs_hook=_unique, parse_int=_whole, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise InvalidJson("not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise InvalidJson(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    _check_unicode(value)
    return value
