"""What became of each mutant: kept line by line while a run goes on, summed up at its end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.mutants.operators import Mutant

UNNOTICED = ("survived", "timeout", "broken")


def digest_of(root: Path) -> str:
    """Of all that decides about a mutant: the contracts and their tests."""
    paths = [path for folder in ("contracts", "tests/contracts") for path in (root / folder).rglob("*.*y*")]
    total = sha256()
    for path in sorted(path for path in paths if path.suffix in {".vy", ".vyi", ".py"}):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


class Results:
    """Answers by mutant, valid as long as contracts and tests stay as they are."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.journal = folder / "mutants.jsonl"
        self.output = folder / "mutants.json"
        self.digest = digest_of(root)
        self.answers: dict[str, dict[str, Any]] = {}
        folder.mkdir(exist_ok=True)
        lines = self.journal.read_text().splitlines() if self.journal.exists() else []
        if lines and json.loads(lines[0]) == {"digest": self.digest}:
            for line in lines[1:]:
                self.remember(line)
        else:
            self.journal.write_text(json.dumps({"digest": self.digest}) + "\n")

    def remember(self, line: str) -> None:
        try:
            answer = json.loads(line)
        except json.JSONDecodeError:  # the last line of a run that was broken off
            return
        self.answers[answer["key"]] = answer

    def has(self, mutant: Mutant) -> bool:
        return mutant.key in self.answers

    def add(self, mutant: Mutant, answer: dict[str, Any]) -> None:
        known = {"key": mutant.key, **answer}
        self.answers[mutant.key] = known
        with self.journal.open("a") as journal:
            journal.write(json.dumps(known) + "\n")

    def counts(self, mutants: list[Mutant]) -> Counter[str]:
        return Counter(self.answers[mutant.key]["status"] for mutant in mutants if self.has(mutant))

    def summary(self, mutants: list[Mutant]) -> str:
        counts = self.counts(mutants)
        return ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))

    def write(self, mutants: list[Mutant], seed: int, seconds: float) -> dict[str, Any]:
        """Sums up these mutants. Those that do not compile or compile to the same program do not count."""
        counts = self.counts(mutants)
        killed = counts["killed"]
        total = killed + sum(counts[status] for status in UNNOTICED)
        survivors = [
            {**mutant.as_json(), "status": self.answers[mutant.key]["status"]}
            for mutant in mutants
            if self.has(mutant) and self.answers[mutant.key]["status"] in UNNOTICED
        ]
        summary = {
            "killed": killed,
            "total": total,
            "percent": round(100 * killed / total, 1) if total else 100.0,
            "chosen": len(mutants),
            "tried": sum(counts.values()),
            "counts": dict(counts),
            "by_file": self.grouped(mutants, "file"),
            "by_operator": self.grouped(mutants, "operator"),
            "seed": seed,
            "seconds": round(seconds, 1),
            "sources": self.digest,
            "survivors": survivors,
        }
        self.output.write_text(json.dumps(summary, indent=1) + "\n")
        return summary

    def grouped(self, mutants: list[Mutant], by: str) -> dict[str, dict[str, int]]:
        groups: dict[str, dict[str, int]] = {}
        for mutant in mutants:
            status = self.answers.get(mutant.key, {}).get("status")
            if status == "killed" or status in UNNOTICED:
                group = groups.setdefault(getattr(mutant, by), {"killed": 0, "total": 0})
                group["killed"] += status == "killed"
                group["total"] += 1
        return groups


def show(console: Console, summary: dict[str, Any], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(summary) + "\n")
    for by in ("by_operator", "by_file"):
        table = Table(by.removeprefix("by_"), "killed", "of", "%")
        for name, group in sorted(summary[by].items()):
            percent = f"{100 * group['killed'] / group['total']:.0f}"
            table.add_row(name, str(group["killed"]), str(group["total"]), percent)
        console.print(table)
    for item in summary["survivors"]:
        before, after = (text if text else "nothing" for text in (item["before"], item["after"]))
        console.print(
            f"{item['file']}:{item['line']}: {item['status']}: {item['operator']}: {before} -> {after}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    console.print(f"{summary['tried']} of {summary['chosen']} mutants tried")
    console.print(f"{summary['killed']} of {summary['total']} killed, {summary['percent']} %")
