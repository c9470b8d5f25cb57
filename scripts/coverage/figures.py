"""Figures of coverage, from what ran and what there is."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.coverage.bytecode import Branch, Code
from scripts.coverage.source import Source


@dataclass
class Ran:
    """What the tests ran, in terms of the source."""

    lines: set[tuple[str, int]] = field(default_factory=set)
    with_code: set[tuple[str, int]] = field(default_factory=set)
    outcomes: dict[Branch, set[bool]] = field(default_factory=lambda: defaultdict(set))  # went around?


@dataclass(frozen=True)
class Gap:
    """Something that no test shows."""

    file: str
    line: int
    what: str
    text: str


@dataclass
class FileFigures:
    file: str
    lines: int
    lines_covered: int
    outcomes: int
    outcomes_covered: int
    gaps: list[Gap]


def what_ran(codes: list[Code], record: dict[str, Any]) -> Ran:
    ran = Ran()
    for code in codes:
        ran.with_code.update(place for places in code.lines.values() for place in places)
    for runs in record["steps"].values():
        for number, steps in runs.items():
            lines = codes[int(number)].lines
            ran.lines.update(place for pc in steps if pc in lines for place in lines[pc])
    for number, jumps in record["jumps"].items():
        branches = codes[int(number)].branches
        for at, to in jumps:
            if at in branches:
                jumped = to != at + 1
                ran.outcomes[branches[at]].add(jumped != (at in codes[int(number)].jumps_out))
    return ran


def figures(source: Source, ran: Ran) -> FileFigures:
    """Lines and outcomes of one file. Every branch has two outcomes."""
    covered, gaps = 0, []
    for line, near in source.statements.items():
        if is_covered(source.file, line, near, ran):
            covered += 1
        else:
            gaps.append(Gap(source.file, line, "never runs", source.text[line - 1].strip()))
    seen = 0
    for branch, body in source.branches.items():
        missing = missing_outcomes(branch, body, ran)
        seen += 2 - len(missing)
        text = source.text[branch.place.line - 1].strip()
        gaps += [Gap(source.file, branch.place.line, what, text) for what in missing]
    gaps.sort(key=lambda gap: (gap.line, gap.what))
    return FileFigures(source.file, len(source.statements), covered, 2 * len(source.branches), seen, gaps)


def is_covered(file: str, line: int, near: list[range], ran: Ran) -> bool:
    """A line without own instructions, as `x: uint256 = y`, ran if its statement or the next one did."""
    for lines in [range(line, line + 1), *near]:
        with_code = [other for other in lines if (file, other) in ran.with_code]
        if with_code:
            return any((file, other) in ran.lines for other in with_code)
    return False


def missing_outcomes(branch: Branch, body: int, ran: Ran) -> list[str]:
    outcomes = ran.outcomes.get(branch, set())
    entered = body > 0 and (branch.place.file, body) in ran.lines
    if branch.kind == "For":
        around = ran.outcomes.get(Branch(branch.place, "For", 1), set())
        shown = {"body never runs": entered, "never ends by itself": False in outcomes or True in around}
        return [what for what, is_shown in shown.items() if not is_shown]
    if len(outcomes) == 2:
        return []
    if not outcomes:
        return ["never reached", "never reached (other outcome)"]
    if branch.kind == "If":
        return ["never false" if entered or (not body and outcomes == {False}) else "never true"]
    if branch.kind == "Assert":
        return ["never fails" if outcomes == {True} else "never holds"]
    if branch.kind == "BoolOp":
        return [f"operand {branch.part + 1} has always the same value"]
    return ["condition has always the same value"]


def load_exceptions(path: Path) -> list[dict[str, Any]]:
    """Gaps that are meant to be, each with its reason: file, text of the line, what is missing, why."""
    found: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
    return found


def apply_exceptions(
    gaps: list[Gap], exceptions: list[dict[str, Any]]
) -> tuple[list[Gap], list[dict[str, Any]]]:
    """Gaps without an exception, exceptions without a gap. Lines are known by their text: numbers move."""
    allowed = {(item["file"], item["text"], item["what"]) for item in exceptions}
    present = {(gap.file, gap.text, gap.what) for gap in gaps}
    unexplained = [gap for gap in gaps if (gap.file, gap.text, gap.what) not in allowed]
    stale = [item for item in exceptions if (item["file"], item["text"], item["what"]) not in present]
    return unexplained, stale
