"""Cutting a protobuf message down to its shape while it is still bytes.

A message takes up to a hundred times the memory of its bytes, and most of an export is of no use here. So the
bytes are walked over first, and a message is made only of what is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenledger.telemetry.errors import BadExport, TooLarge
from greenledger.telemetry.shapes import MOST_ITEMS, TOO_MANY_ITEMS, VALUE, Items, Pairs, Shape

MOST_FIELDS = 1_000_000  # that are walked over: one or two seconds
LENGTH = 2  # the wire type of text, bytes and messages
KEY, KEY_VALUE = 1, 2  # fields of an OTLP KeyValue


@dataclass(frozen=True, slots=True)
class Plan:
    """A shape by the numbers of its fields. Without `fields` a field is kept as it is."""

    fields: Mapping[int, Plan] = field(default_factory=dict)
    is_item: bool = False
    is_pair: bool = False
    names: Collection[str] | None = None  # of pairs: which are kept


def plan_of(shape: Shape, descriptor: Any) -> Plan:
    """The plan for a message, made once. Fields that this message has not are passed over."""
    fields = {}
    for name, inner in shape.items():
        if name in descriptor.fields_by_name:
            found = descriptor.fields_by_name[name]
            fields[found.number] = _inner(inner, found.message_type)
    return Plan(fields)


def _inner(shape: Any, descriptor: Any) -> Plan:
    if isinstance(shape, Pairs):
        value = plan_of(VALUE, descriptor.fields_by_number[KEY_VALUE].message_type)
        return Plan(value.fields, is_pair=True, names=shape.names)
    if isinstance(shape, Items):
        return Plan(plan_of(shape.shape, descriptor).fields, is_item=True)
    return plan_of(shape, descriptor) if isinstance(shape, Mapping) else Plan()


def trimmed(body: bytes, plan: Plan) -> bytes:
    """The message with nothing but the fields of the plan. Raises BadExport if it is cut off or broken,
    TooLarge beyond MOST_ITEMS or MOST_FIELDS."""
    return _Trimmer(body).message(0, len(body), plan)


def _broken() -> BadExport:
    return BadExport("body", "is not what its Content-Type says", "a whole protobuf message")


class _Trimmer:
    def __init__(self, body: bytes) -> None:
        self.body = body
        self.fields = 0
        self.items = 0

    def message(self, start: int, end: int, plan: Plan) -> bytes:
        kept = bytearray()
        for number, wire, at, value, after in self._walk(start, end):
            inner = plan.fields.get(number)
            if inner is None:
                continue
            if inner.is_item:
                self._count()
            if wire != LENGTH or not inner.fields:
                kept += self.body[at:after]
            elif inner.is_pair:
                kept += self._pair(number, value, after, inner)
            else:
                kept += _framed(number, self.message(value, after, inner))
        return bytes(kept)

    def _count(self) -> None:
        self.items += 1
        if self.items > MOST_ITEMS:
            raise TooLarge("body", TOO_MANY_ITEMS, "smaller exports, as by a smaller batch")

    def _pair(self, number: int, start: int, end: int, plan: Plan) -> bytes:
        """The attribute again with a simple value, or nothing if it is not kept."""
        key, value = b"", b""
        for found, wire, _at, inner, after in self._walk(start, end):
            if wire == LENGTH and found == KEY:
                key = self.body[inner:after]
            elif wire == LENGTH and found == KEY_VALUE:
                value = self.message(inner, after, plan)
        if plan.names is not None and key.decode("utf-8", "replace") not in plan.names:
            return b""
        return _framed(number, _framed(KEY, key) + _framed(KEY_VALUE, value))

    def _walk(self, start: int, end: int) -> Iterator[tuple[int, int, int, int, int]]:
        """Number, wire type, start, start of the value and end of each field between two places."""
        at = start
        while at < end:
            self.fields += 1
            if self.fields > MOST_FIELDS:
                raise TooLarge("body", f"holds more than {MOST_FIELDS} fields", "smaller exports")
            tag, value = self._varint(at, end)
            number, wire = tag >> 3, tag & 7
            match wire:
                case 0:  # a number of 1 to 10 bytes
                    _, after = self._varint(value, end)
                case 1:
                    after = value + 8
                case 2:  # LENGTH
                    length, value = self._varint(value, end)
                    after = value + length
                case 5:
                    after = value + 4
                case _:
                    raise _broken()
            if after > end or number == 0:
                raise _broken()
            yield number, wire, at, value, after
            at = after

    def _varint(self, at: int, end: int) -> tuple[int, int]:
        """The number at a place, and the place after it."""
        if at < end and (first := self.body[at]) < 0x80:  # as most are
            return first, at + 1
        number = shift = 0
        while at < end and shift < 70:
            byte = self.body[at]
            at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number, at
            shift += 7
        raise _broken()


def _framed(number: int, content: bytes) -> bytes:
    return _written(number << 3 | LENGTH) + _written(len(content)) + content


def _written(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
