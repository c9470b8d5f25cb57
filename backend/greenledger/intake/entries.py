"""What comes out of a file: entries that were read, and entries that were not, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenledger.footprint.fields import FieldError
from greenledger.footprint.strict_json import MAX_BYTES
from greenledger.footprint.workload import Workload

MAX_ENTRY_BYTES = MAX_BYTES
"""Longest entry in bytes, 1 MiB: the same as for a workload that is stated alone."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A workload as the file states it, times already in Unix seconds; not yet checked by the model.

    `line` is the physical line where the entry begins, from 1. `entry` counts the entries of the file, from
    1: in JSON and YAML several may begin on one line.
    """

    line: int
    workload: dict[str, object]
    entry: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """One thing that is wrong with an entry. `field` is a path such as phases[0].hardware, or a column of
    CodeCarbon; it is empty when the entry as a whole cannot be read. An entry may have several of these, all
    with its `line` and `entry`. `entry` is 0 for what concerns the whole file.
    """

    line: int
    field: str
    reason: str
    expected: str
    entry: int


def rejections(line: int, entry: int, errors: Iterable[FieldError]) -> tuple[Rejected, ...]:
    """What is wrong with one entry, error by error, with its place in the file."""
    return tuple(Rejected(line, wrong.field, wrong.problem, wrong.expected, entry) for wrong in errors)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A workload that the model can estimate."""

    line: int
    workload: Workload
    entry: int
