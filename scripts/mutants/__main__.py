"""How many small faults in the contracts the contract tests notice.

`python -m scripts.mutants` changes the source in one place at a time, in a copy of the tree, and runs the
tests of that place until one fails. A sample is tried unless told otherwise (all of them take hours), drawn
by a fixed seed. Results go to build/mutants.json; a run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts.coverage.run import compile_all, record_tests
from scripts.coverage.source import read_source, source_files
from scripts.mutants.choice import Choice
from scripts.mutants.operators import Mutant, find_mutants
from scripts.mutants.pool import Answer, try_all
from scripts.mutants.results import Results, show

ROOT = Path(__file__).resolve().parents[2]
TARGET = 95  # per cent
SAMPLE = 500  # of about 3,800: the share killed is then known within two per cent


def size(text: str) -> int | None:
    """A number of mutants; None for all of them."""
    return None if text == "all" else int(text)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutants", description=__doc__)
    parser.add_argument("--sample", type=size, default=SAMPLE, help=f"how many mutants, or all; {SAMPLE}")
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample")
    parser.add_argument("--files", nargs="*", default=[], help="only files whose path contains one of these")
    parser.add_argument("--minutes", type=float, help="start no mutant after so long; no limit by default")
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side")
    parser.add_argument("--limit", type=float, default=300, help="seconds for one mutant")
    parser.add_argument("--again", action="store_true", help="use what the last coverage run saw")
    parser.add_argument("--no-control", action="store_true", help="leave out the run on unchanged contracts")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser.parse_args()


def choose_mutants(options: argparse.Namespace) -> list[Mutant]:
    found = [
        mutant
        for path in source_files(ROOT)
        for mutant in find_mutants(path.relative_to(ROOT).as_posix(), path.read_text())
        if not options.files or any(part in mutant.file for part in options.files)
    ]
    # In any order but that of the files, so that a run broken off has seen a fair sample of all.
    wanted = len(found) if options.sample is None else min(options.sample, len(found))
    return random.Random(options.seed).sample(found, wanted)


def learn_what_tests_run(again: bool) -> Choice:
    codes = compile_all(ROOT)
    record = record_tests(ROOT, ["tests/contracts"], codes, again=again)
    if record["failed"]:
        sys.exit(f"{len(record['failed'])} tests fail on the contracts as they are: {record['failed'][:5]}")
    sources = {source.file: source for source in (read_source(path, ROOT) for path in source_files(ROOT))}
    return Choice(codes, record, sources)


def main() -> int:
    options = arguments()
    console = Console(stderr=options.json)
    mutants = choose_mutants(options)
    results = Results(ROOT / "build", ROOT)
    todo: list[Mutant | None] = [mutant for mutant in mutants if not results.has(mutant)]
    console.print(f"{len(mutants)} mutants, {len(mutants) - len(todo)} of them known from before")
    started = time.monotonic()
    if todo:
        console.print("Learning which test runs which line")
        choice = learn_what_tests_run(options.again)
        if not options.no_control:
            todo.insert(0, None)
        tried = try_all(
            ROOT,
            options.jobs,
            todo,
            lambda mutant: request(mutant, choice, options.limit),
            ROOT / "build",
            until=started + 60 * options.minutes if options.minutes else math.inf,
        )
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("mutants", total=len(todo))
            for mutant, answer in tried:
                progress.advance(task)
                if mutant is None:
                    if answer["status"] != "survived":
                        sys.exit(f"the control failed, so that nothing can be said of mutants: {answer}")
                    continue
                results.add(mutant, answer)
                if answer["status"] == "killed":
                    choice.learn(mutant, answer["by"])
                progress.update(task, description=results.summary(mutants))
    summary = results.write(mutants, options.seed, time.monotonic() - started)
    show(console, summary, as_json=options.json)
    return 0 if summary["percent"] >= TARGET else 1


def request(mutant: Mutant | None, choice: Choice, limit: float) -> Answer:
    if mutant is None:
        file = next(iter(choice.sources))
        content = (ROOT / file).read_text()
        return {
            "file": file,
            "content": content,
            "tests": sorted(choice.own),
            "limit": 1_800,
            "control": True,
        }
    content = mutant.applied_to((ROOT / mutant.file).read_text())
    tests = choice.tests_for(mutant)
    return {"file": mutant.file, "content": content, "tests": tests, "limit": limit}


if __name__ == "__main__":
    sys.exit(main())
