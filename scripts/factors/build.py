"""Builds the factor set file and its NOTICE from the cited inputs beside this script.

Run: python scripts/factors/build.py OUTPUT [NOTICE], or with --check alone to compare with what is committed.
Nothing is fetched, and the same inputs give the same bytes. A published set is never edited: new data become
a new set with a new name.
"""

from __future__ import annotations

import json
import sys
from decimal import localcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path, it finds its neighbours

from scripts.factors.machines import machine_rows
from scripts.factors.notice import Sources, notice_text
from scripts.factors.places import place_rows
from scripts.factors.refusals import faults
from scripts.factors.rows import Row, rows_of

ROOT = Path(__file__).resolve().parents[2]
SET_ID = "gal-factors-2026-2"
DATA = ROOT / "backend" / "greenledger" / "footprint" / "data"


def sources_of_inputs() -> Sources:
    """The sources by id. Raises ValueError if one stands twice."""
    sources: Sources = {}
    for entry in rows_of("sources"):
        source_id = entry["source_id"]
        if source_id in sources:
            raise ValueError(f"sources.csv: {source_id} stands twice")
        sources[source_id] = {name: entry[name] for name in ("citation", "licence", "url")}
    return sources


def with_licences(rows: list[Row], sources: Sources) -> list[Row]:
    """The rows sorted by key, each with its source's licence. Raises SystemExit that lists every fault."""
    unknown = {"licence": ""}
    licensed = [entry | {"licence": sources.get(entry["source_id"], unknown)["licence"]} for entry in rows]
    found = list(faults(licensed, sources))
    if found:
        raise SystemExit("\n".join(["the factor set is refused:", *found]))
    return sorted(licensed, key=lambda entry: entry["key"])


def lines_of(members: list[str]) -> str:
    return ",\n".join(members) + "\n"


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_text(rows: list[Row], sources: Sources, labels: dict[str, str]) -> str:
    """The file: one source, label or row a line, so that a change of one is a change of one line."""
    return "".join(
        [
            f'{{\n"set_id":{compact(SET_ID)},\n',
            '"sources":{\n',
            lines_of([f"{compact(name)}:{compact(source)}" for name, source in sorted(sources.items())]),
            '},\n"labels":{\n',
            lines_of([f"{compact(name)}:{compact(label)}" for name, label in sorted(labels.items())]),
            '},\n"rows":[\n',
            lines_of([compact(entry) for entry in rows]),
            "]\n}\n",
        ]
    )


def build() -> str:
    """The text of the factor set file."""
    labels: dict[str, str] = {}
    sources = sources_of_inputs()
    with localcontext() as context:
        context.prec = 50
        rows = [*place_rows(labels), *machine_rows(labels)]
    return as_text(with_licences(rows, sources), sources, labels)


def notice() -> str:
    """The text of NOTICE: whose data the set holds and under which terms."""
    return notice_text(SET_ID, sources_of_inputs())


def check() -> None:
    """Raises SystemExit if a committed file is not what the inputs make."""
    for path, text in ((DATA / f"{SET_ID}.json", build()), (DATA / "NOTICE", notice())):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{path.relative_to(ROOT)} is not what the inputs make: build it anew")


def main(arguments: list[str]) -> None:
    if arguments == ["--check"]:
        check()
        return
    if not 1 <= len(arguments) <= 2 or arguments[0].startswith("-"):
        raise SystemExit("expected OUTPUT [NOTICE], or --check")
    for path, text in zip(arguments, (build(), notice()), strict=False):
        Path(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
