"""Field paths such as phases[0].place.country, derived from the rules of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from greenledger.footprint.fields import FieldError
from greenledger.footprint.rules import RULES, Many, One
from greenledger.footprint.workload import Workload

Step = str | int
"""A member's name, or an index into a list."""

_INDEX = re.compile(r"\[(0|[1-9][0-9]{0,2})\]", re.ASCII)  # how many there may be is the model's rule
_STEP = re.compile(r"([a-z_]+)|\[([0-9]+)\]", re.ASCII)


def _paths(record: type, above: str) -> Iterator[str]:
    for name, rule in RULES[record].items():
        if isinstance(rule, One):
            yield from _paths(rule.record, f"{above}{name}.")
        elif isinstance(rule, Many):
            yield from _paths(rule.record, f"{above}{name}[].")
        else:
            yield above + name


@cache
def known_paths() -> tuple[str, ...]:
    """Every field of a workload that holds a value, with [] for an index: phases[].device_seconds."""
    return tuple(_paths(Workload, ""))


def is_known(path: str) -> bool:
    """Whether a path with indices names a field of a workload."""
    return "[]" not in path and _INDEX.sub("[]", path) in known_paths()


def without_indices(path: str) -> str:
    """The path as it stands in `known_paths`, whatever its indices are."""
    return re.sub(r"\[[^\]]*\]", "[]", path)


def steps_of(path: str) -> tuple[Step, ...]:
    """phases[0].hardware -> ("phases", 0, "hardware"), of a path that is known."""
    return tuple(name or int(index) for name, index in _STEP.findall(path))


class Gap(ValueError):
    """A list whose entries are not numbered from 0 without a gap."""

    def __init__(self, error: FieldError) -> None:
        self.error = error
        super().__init__(error.problem)


def assemble(stated: Sequence[tuple[tuple[Step, ...], str]]) -> dict[str, object]:
    """The workload in which each path has its text. Raises Gap."""
    tree: dict[Step, object] = {}
    for steps, text in stated:
        node = tree
        for step in steps[:-1]:
            below = node.setdefault(step, {})
            assert isinstance(below, dict)  # known paths: none is the beginning of another
            node = below
        node[steps[-1]] = text
    return {str(name): _with_lists(member, str(name)) for name, member in tree.items()}


def _with_lists(node: object, path: str) -> object:
    if not isinstance(node, dict):
        return node
    if not all(isinstance(step, int) for step in node):
        return {name: _with_lists(member, f"{path}.{name}") for name, member in node.items()}
    for position, index in enumerate(sorted(node)):
        if index != position:
            problem = f"is empty, and [{index}] is not"
            raise Gap(FieldError(f"{path}[{position}]", problem, "entries from [0] on without a gap"))
    return [_with_lists(node[index], f"{path}[{index}]") for index in sorted(node)]
