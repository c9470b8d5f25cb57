"""Line and branch coverage of the contracts by all their tests, ape's and titanoboa's.

`python -m scripts.coverage` runs the tests in a copy of the tree and compares what ran with what the source
states. It fails on a gap that `exceptions.json` does not explain, and on an explanation no longer needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scripts.coverage.figures import FileFigures, Gap, apply_exceptions, figures, load_exceptions, what_ran
from scripts.coverage.run import compile_all, record_tests
from scripts.coverage.source import read_source, source_files

ROOT = Path(__file__).resolve().parents[2]
EXCEPTIONS = Path(__file__).parent / "exceptions.json"
OUTPUT = ROOT / "build" / "contract-coverage.json"


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.coverage", description=__doc__)
    parser.add_argument("tests", nargs="*", default=["tests/contracts"], help="tests to run, all by default")
    parser.add_argument("--again", action="store_true", help="judge the last run, without running the tests")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


def table_of(files: list[FileFigures]) -> Table:
    table = Table("file", "lines", "line %", "outcomes", "branch %")
    for column in table.columns[1:]:
        column.justify = "right"
    for item in [*files, total_of(files)]:
        table.add_row(
            item.file,
            f"{item.lines_covered}/{item.lines}",
            percent(item.lines_covered, item.lines),
            f"{item.outcomes_covered}/{item.outcomes}",
            percent(item.outcomes_covered, item.outcomes),
        )
    return table


def total_of(files: list[FileFigures]) -> FileFigures:
    return FileFigures(
        "total",
        sum(item.lines for item in files),
        sum(item.lines_covered for item in files),
        sum(item.outcomes for item in files),
        sum(item.outcomes_covered for item in files),
        [],
    )


def show(console: Console, title: str, gaps: list[Gap]) -> None:
    if gaps:
        console.print(f"\n{title}")
    for gap in gaps:
        console.print(f"  {gap.file}:{gap.line}: {gap.what}: {gap.text}", markup=False, highlight=False)


def main() -> int:
    options = arguments()
    console = Console(soft_wrap=True, stderr=options.json)
    if not options.again:
        console.print("Running the tests of the contracts, each instruction noted")
    codes = compile_all(ROOT)
    record = record_tests(ROOT, options.tests, codes, again=options.again)
    if record["failed"]:
        console.print(f"{len(record['failed'])} tests failed: {', '.join(record['failed'][:5])}")
        return 1
    ran = what_ran(codes, record)
    files = [figures(read_source(path, ROOT), ran) for path in source_files(ROOT)]
    gaps = [gap for item in files for gap in item.gaps]
    unexplained, stale = apply_exceptions(gaps, load_exceptions(EXCEPTIONS))
    explained = [gap for gap in gaps if gap not in unexplained]

    result = {
        "total": {**asdict(total_of(files)), "tests": len(record["users"])},
        "files": [asdict(item) for item in files],
        "excepted": [asdict(gap) for gap in explained],
        "stale_exceptions": stale,
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(result, indent=1) + "\n")
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
    console.print(table_of(files))
    show(console, f"{len(explained)} gaps that {EXCEPTIONS.name} explains", explained)
    show(console, f"{len(unexplained)} gaps without an explanation", unexplained)
    for item in stale:
        console.print(f"not needed any more: {item['file']}: {item['what']}: {item['text']}", markup=False)
    return 1 if unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main())
