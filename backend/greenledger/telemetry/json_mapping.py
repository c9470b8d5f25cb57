"""OTLP's JSON mapping, cut down to its shape before a message is made.

It differs from protobuf's own: ids are hex digits, and unknown fields are passed over.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from typing import Any

from greenledger.footprint.strict_json import InvalidJson, check_depth
from greenledger.telemetry.errors import BadExport, TooLarge
from greenledger.telemetry.shapes import ID, MOST_ITEMS, TOO_MANY_ITEMS, VALUE, Items, Pairs, Shape

LONGEST_ID = 64  # hex digits
# Brackets and quotes: reading takes time and memory by their number. A span of 20 attributes has 250.
MOST_MARKS = 2_000_000
MOST_DEPTH = 100  # attributes may hold maps and lists of their own, four brackets each


def read_json(body: bytes, shape: Shape) -> dict[str, Any]:
    """The parts of a JSON export that are read, as protobuf's JSON reader takes them.

    Raises BadExport with the path of what is wrong, TooLarge beyond MOST_ITEMS.
    """
    try:
        text = body.decode("utf-8")
        if sum(map(text.count, '[{"')) > MOST_MARKS:
            raise TooLarge("body", f"holds more than {MOST_MARKS} brackets and quotes", "smaller exports")
        check_depth(text, MOST_DEPTH)
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        # Without the decoder's own text, which holds a piece of what was sent.
        place = f"body, line {error.lineno}, column {error.colno}"
        raise BadExport(place, "is not JSON", "one JSON object") from None
    except InvalidJson as error:
        raise BadExport("body", f"is {error}", "one JSON object") from None
    except ValueError:
        raise BadExport("body", "is not JSON", "one JSON object in UTF-8") from None
    return _Reader().read_object(value, shape, "")


def _no_constant(_text: str) -> object:
    raise ValueError("NaN and infinities are not JSON")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


class _Reader:
    def __init__(self) -> None:
        self.items = 0

    def read_object(self, value: object, shape: Shape, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadExport(path or "body", "is not an object", "a JSON object")
        kept = {}
        for field, inner in shape.items():
            name = _camel(field)
            if value.get(name) is not None:
                kept[name] = self._member(value[name], inner, f"{path}.{name}".lstrip("."))
        return kept

    def _member(self, value: object, shape: Any, path: str) -> object:
        if isinstance(shape, Items):
            items = _list(value, path)
            self.items += len(items)
            if self.items > MOST_ITEMS:
                raise TooLarge("body", TOO_MANY_ITEMS, "smaller exports, as by a smaller batch")
            return [
                self.read_object(item, shape.shape, f"{path}[{index}]") for index, item in enumerate(items)
            ]
        if isinstance(shape, Pairs):
            return _pairs(_list(value, path), shape.names, path)
        if isinstance(shape, Mapping):
            return self.read_object(value, shape, path)
        return _base64_of_hex(value, path) if shape == ID else _scalar(value, path)


def _list(value: object, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadExport(path, "is not a list", "a JSON list")
    return value


def _scalar(value: object, path: str) -> object:
    if isinstance(value, dict | list):
        raise BadExport(path, "is not a single value", "a number or text")
    return value


def _base64_of_hex(value: object, path: str) -> str:
    try:
        if not isinstance(value, str) or len(value) > LONGEST_ID:
            raise ValueError("no hex digits")
        return base64.b64encode(binascii.unhexlify(value)).decode()
    except ValueError:
        expected = "hex digits, 32 for a trace and 16 for a span"
        raise BadExport(path, "is not an id", expected) from None


def _pairs(pairs: list[Any], kept: Collection[str] | None, path: str) -> list[dict[str, Any]]:
    found = []
    for index, pair in enumerate(pairs):
        if not isinstance(pair, dict):
            raise BadExport(f"{path}[{index}]", "is not an object", "key and value")
        key, value = pair.get("key"), pair.get("value")
        if isinstance(key, str) and isinstance(value, dict) and (kept is None or key in kept):
            found.append({"key": _whole_text(key), "value": _simple(value)})
    return found


_KINDS = tuple(_camel(name) for name in VALUE)


def _simple(value: Mapping[str, Any]) -> dict[str, Any]:
    """A value of one of the simple kinds; of a list or a map nothing."""
    kept = {kind: value[kind] for kind in _KINDS if isinstance(value.get(kind), str | int | float)}
    return {kind: _whole_text(found) if isinstance(found, str) else found for kind, found in kept.items()}


def _whole_text(text: str) -> str:
    """Half a surrogate pair, as JavaScript leaves where it cuts a text off, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
