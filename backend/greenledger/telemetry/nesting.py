"""Which of the spans of a trace count, when several of them tell of the same call.

A framework's span often repeats the usage of the client's span under it, or adds up that of several. So the
innermost span with usage counts, and those above it are passed over, whatever lies between them. Spans come
in any order and in several exports, and what was stated is never taken back: if an outer span was counted
before an inner one was heard of, everything below it is passed over instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

SpanKey = tuple[str, str]  # trace id and span id, hex digits


class Mark(StrEnum):
    COUNTED = "counted"  # its usage was stated
    COVERED = "covered"  # a span below it was counted
    INSIDE = "inside"  # a span above it was counted


@dataclass(frozen=True, slots=True)
class Node:
    """A span's place in its trace."""

    key: SpanKey
    parent: SpanKey | None
    has_usage: bool


@dataclass(frozen=True, slots=True)
class Sorted:
    """The spans that count, and the marks to keep for spans that are yet to come."""

    counted: frozenset[SpanKey]
    marks: Mapping[SpanKey, Mark]


def sort_spans(nodes: Sequence[Node], known: Mapping[SpanKey, str]) -> Sorted:
    """Decides for the spans of one export. `known` holds the marks of these spans and of their parents."""
    parents = {node.key: node.parent for node in nodes}
    inside = _inside(parents, known)
    seeds = [node.key for node in nodes if node.has_usage and node.key not in inside]
    seeds += [key for key in parents if known.get(key) == Mark.COVERED]
    covered = _above(seeds, parents)
    counted = {
        node.key
        for node in nodes
        if node.has_usage and _counts(node.key, known.get(node.key), inside, covered)
    }
    marks = {
        **dict.fromkeys(covered, Mark.COVERED),
        **dict.fromkeys(inside, Mark.INSIDE),
        **dict.fromkeys(counted, Mark.COUNTED),
    }
    return Sorted(frozenset(counted), {key: mark for key, mark in marks.items() if key not in known})


def _counts(key: SpanKey, mark: str | None, inside: set[SpanKey], covered: set[SpanKey]) -> bool:
    """A span that was counted counts again when it is sent again: its event is stated once all the same."""
    return mark == Mark.COUNTED or (mark is None and key not in inside and key not in covered)


def _above(seeds: Iterable[SpanKey], parents: Mapping[SpanKey, SpanKey | None]) -> set[SpanKey]:
    """Every span above one of these, as far as this export tells; each is walked once, so a circle ends."""
    found: set[SpanKey] = set()
    for seed in seeds:
        key = parents.get(seed)
        while key is not None and key not in found:
            found.add(key)
            key = parents.get(key)
    return found


def _inside(parents: Mapping[SpanKey, SpanKey | None], known: Mapping[SpanKey, str]) -> set[SpanKey]:
    """Spans of this export without a mark that have one above them which was counted earlier."""
    closed = (Mark.COUNTED, Mark.INSIDE)
    answers: dict[SpanKey, bool] = {}
    for start in parents:
        path: dict[SpanKey, None] = {}
        key: SpanKey | None = start
        while key is not None and key not in answers and key not in path and known.get(key) not in closed:
            path[key] = None
            key = parents.get(key)
        below = key is not None and (answers.get(key, False) or known.get(key) in closed)
        answers |= dict.fromkeys(path, below)
    return {key for key, below in answers.items() if below and known.get(key) is None}
