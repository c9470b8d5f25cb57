"""Which tests can notice a mutant, and in which order to try them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from scripts.coverage.bytecode import Code
from scripts.coverage.source import Source
from scripts.mutants.operators import Mutant

Line = tuple[str, int]
NEAR = 8  # lines in which the same tests tend to notice


class Choice:
    """Knows from a run of all tests which of them run which line, and learns which of them notice."""

    def __init__(self, codes: list[Code], record: dict[str, Any], sources: dict[str, Source]) -> None:
        self.sources = sources
        self.seconds: dict[str, float] = record["seconds"]
        self.kills: Counter[tuple[str, int, str]] = Counter()
        runs = {who: lines_run(codes, steps) for who, steps in record["steps"].items()}
        self.touched: dict[str, set[Line]] = {}
        self.by_line: dict[Line, set[str]] = defaultdict(set)
        for test, fixtures in record["users"].items():
            lines = set(runs.get(test, set()))
            for fixture in fixtures:
                lines |= runs.get(f"fixture:{fixture}", set())
            self.touched[test] = lines
            for line in lines:
                self.by_line[line].add(test)
        self.own = {test: runs.get(test, set()) for test in self.touched}

    def tests_for(self, mutant: Mutant) -> list[str]:
        lines = self.lines_of(mutant)
        tests = {test for line in lines for test in self.by_line[line]}
        near: Counter[str] = Counter()
        # As it is now: other threads learn meanwhile.
        for (file, line, killer), count in tuple(self.kills.items()):
            if file == mutant.file and abs(line - mutant.line) <= NEAR:
                near[killer] += count
        return sorted(tests, key=lambda test: self.rank(test, mutant, near[test]))

    def lines_of(self, mutant: Mutant) -> set[Line]:
        """Lines whose tests may notice: those of the change; those around it if they have no instructions."""
        last = mutant.line + mutant.before.count("\n")
        candidates = [{(mutant.file, line) for line in range(mutant.line, last + 1)}]
        source = self.sources[mutant.file]
        candidates += [
            {(mutant.file, line) for line in lines} for lines in source.statements.get(mutant.line, [])
        ]
        candidates.append(self.uses_of_constant(mutant))
        for lines in candidates:
            if any(self.by_line[line] for line in lines):
                return lines
        return {line for line in self.by_line if line[0] == mutant.file}

    def uses_of_constant(self, mutant: Mutant) -> set[Line]:
        """Lines that name the constant which the mutant changes, directly or by way of another constant."""
        text = self.sources[mutant.file].text
        declared = re.match(r"(\w+): constant\(", text[mutant.line - 1])
        if not declared:
            return set()
        names = {declared[1]}
        for line in text:
            other = re.match(r"(\w+): constant\(", line)
            if other and any(re.search(rf"\b{name}\b", line) for name in names):
                names.add(other[1])
        pattern = re.compile(r"\b(?:" + "|".join(names) + r")\b")
        return {
            (source.file, number)
            for source in self.sources.values()
            for number, line in enumerate(source.text, start=1)
            if pattern.search(line)
        }

    def rank(self, test: str, mutant: Mutant, near: int) -> tuple[float, ...]:
        """Least first: who is refused here, who noticed close by, whose folder it is, who is quick."""
        folder = re.sub(r"(?<!^)(?=[A-Z])", "_", Path(mutant.file).stem).lower()
        slow = self.seconds.get(test, 0.0)
        return (
            0 if self.stops_here(test, mutant) else 1,
            -min(near, 3) if slow < 5 else 0,
            0 if slow < 2 else 1,
            0 if f"/{folder}/" in test else 1,
            len(self.own[test]) * (0.1 + slow),
        )

    def stops_here(self, test: str, mutant: Mutant) -> bool:
        """Whether the test runs this statement and never the next one: it is about what is refused here."""
        near = self.sources[mutant.file].statements.get(mutant.line, [])
        if len(near) < 2 or near[1].start <= mutant.line:
            return False
        touched = self.touched[test]
        return (mutant.file, mutant.line) in touched and not any(
            (mutant.file, line) in touched for line in near[1]
        )

    def learn(self, mutant: Mutant, killer: str) -> None:
        self.kills[mutant.file, mutant.line, killer] += 1


def lines_run(codes: list[Code], steps: dict[str, list[int]]) -> set[Line]:
    return {
        line for number, pcs in steps.items() for pc in pcs for line in codes[int(number)].lines.get(pc, [])
    }
