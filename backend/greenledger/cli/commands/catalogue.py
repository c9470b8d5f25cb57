"""`greenledger catalogue`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from greenledger.cli import show
from greenledger.cli.answers import AsJson, fail, say_json
from greenledger.footprint.catalogue import catalogue as full_catalogue

EXIT_CODES = "Exit codes: 0 done, 2 no such section."


def catalogue(
    section: Annotated[
        str | None, typer.Argument(help="hardware, countries, states, regions, models or sources.")
    ] = None,
    search: Annotated[str, typer.Option(help="Only entries whose id or name contains this text.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what a workload may name, and the sources."""
    sections = full_catalogue()
    if section is not None:
        if section not in sections:
            fail(f"section: {section!r} is not known, expected one of {', '.join(sections)}", as_json=as_json)
        sections = {section: sections[section]}
    word = search.lower()
    found = {
        name: [entry for entry in entries if word in f"{entry['id']} {entry['name']}".lower()]
        for name, entries in sections.items()
    }
    if as_json:
        say_json(found)
    else:
        show.show_catalogue(Console(), found)
