"""Reads an untrusted workload: each field by its rule, then the rules between fields."""

from __future__ import annotations

from typing import Any

from greenledger.footprint.consistency import check_workload
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.fields import FieldError, InvalidWorkload, Reader, nearest, shown
from greenledger.footprint.places import read_place
from greenledger.footprint.rules import RULES, Choice, Code, Hash, Many, One, Rule, Text, Whole
from greenledger.footprint.workload import FIELDS, Kind, Place, Workload

# Where the names of a catalogue's section stand in the keys of a factor set.
SECTIONS = {
    "hardware": ("hardware/", "/embodied"),
    "models": ("model/", "/active-params"),
    "tasks": ("task/", ""),
}
_INSTEAD = {"models": " (or active_params)"}
# Fields that a factor set made before them has no rows for.
NEEDED_ROWS = {
    "embodied_mg": "stated/embodied",
    "tokens": "training/mfu",
}


def _name(reader: Reader, name: str, rule: Code, factors: FactorSet) -> str | None:
    """A name of the catalogue in lower case."""
    stated = reader.code(name, rule.longest, required=rule.required)
    if stated is None:
        return None
    word = stated.lower()
    prefix, suffix = SECTIONS[rule.section]
    if factors.has(f"{prefix}{word}{suffix}"):
        return word
    near = nearest(word, factors.names(prefix, suffix))
    reader.fail(name, f"{word!r} is not known", near + _INSTEAD.get(rule.section, ""))
    return None


def _value(reader: Reader, name: str, rule: Rule, factors: FactorSet) -> Any:
    match rule:
        case Whole():
            return reader.whole(name, rule.low, rule.high, required=rule.required)
        case Text():
            return reader.text(name, rule.longest, required=rule.required)
        case Choice():
            return reader.choice(name, rule.words, required=rule.required)
        case Hash():
            return reader.hash(name, required=rule.required)
        case Code():
            return _name(reader, name, rule, factors)
        case One(record=record) if record is Place:
            return read_place(reader, factors)
        case One(record=record):
            child = reader.child(name)
            return None if child is None else _record(child, record, factors)
        case Many(record=record, most=most):
            read = [_record(child, record, factors) for child in reader.children(name, most)]
            return tuple(item for item in read if item is not None)


def _record(reader: Reader, record: type, factors: FactorSet) -> Any:
    """An object of this type, or None after errors within it, which are in the reader."""
    before = len(reader.errors)
    values = _values(reader, record, factors)
    if len(reader.errors) > before or reader.is_full:
        return None
    return record(**values)


def _values(reader: Reader, record: type, factors: FactorSet) -> dict[str, Any]:
    """What is stated of the fields of this type; None where it could not be read."""
    reader.only(FIELDS[record])
    values = {}
    for name, rule in RULES[record].items():
        if rule.required or name in reader.value:
            if name in NEEDED_ROWS and not factors.has(NEEDED_ROWS[name]):
                reader.fail(name, f"not part of {factors.set_id}", "a newer factor set, or no such field")
            values[name] = _value(reader, name, rule, factors)
    return values


def _workload(reader: Reader, factors: FactorSet, over_at: int | None) -> Workload | None:
    values = _values(reader, Workload, factors)
    check_workload(reader, values, factors, over_at)
    if reader.errors:
        return None
    return Workload(**(values | {"kind": Kind(values["kind"])}))


def parse_workload(obj: object, factors: FactorSet | None = None, *, over_at: int | None = None) -> Workload:
    """Reads an untrusted object. Hardware, places and models must be in `factors` (default: the newest set).

    With `over_at` (Unix seconds) the work has to be over by then; without it, planned work is read too.
    Raises InvalidWorkload with the first 20 problems found: field path, problem, what was expected.
    """
    if not isinstance(obj, dict):
        raise InvalidWorkload((FieldError("", f"{shown(obj)} is not an object", "a JSON object"),))
    reader = Reader(obj)
    workload = _workload(reader, factors or load_factor_set(), over_at)
    if reader.errors or workload is None:
        raise InvalidWorkload(tuple(reader.errors))
    return workload
