"""`make audit`: Lighthouse, axe, script size and contract reads of every page, written to `build/audit.json`.

Against a stack of its own, with one recorded run and one certificate on it, so that no page is empty.
Ends with 1 if a bar is missed.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.audit.bars import missed
from scripts.audit.pages import filled_pages
from scripts.dev.state_folder import ROOT

OUTPUT = ROOT / "build" / "audit.json"
SCORES = ("performance", "accessibility", "best-practices", "seo")


def audit(console: Console) -> dict[str, dict[str, Any]]:
    """Figures of every page by its name."""
    with filled_pages(console.print) as pages:
        rows: dict[str, dict[str, Any]] = {name: {"path": path} for name, path in pages.paths.items()}
        for program in ("visits.mjs", "lighthouse.mjs"):
            console.print(f"Measuring {len(rows)} pages: {program.removesuffix('.mjs')}")
            for name, row in pages.look(program):
                rows[name] |= {field: value for field, value in row.items() if field != "url"}
        return rows


def show(console: Console, rows: dict[str, dict[str, Any]]) -> None:
    """A table for people."""
    table = Table(title="Pages: Lighthouse (mobile), axe, script, contract reads")
    for heading in (
        *("page", "perf", "a11y", "best", "seo", "axe"),
        *("script KiB gzip", "RPC requests", "calls in them"),
    ):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for name, row in rows.items():
        size = f"{row['script_gzip_bytes'] / 1024:.1f}"
        counts = [str(row["rpc_requests"]), str(row["rpc_calls"])]
        scores = [str(row[score]) for score in SCORES]
        table.add_row(name, *scores, str(len(row["axe_violations"])), size, *counts)
    console.print(table)


def main() -> int:
    console = Console() if sys.stdout.isatty() else Console(width=140)
    rows = audit(console)
    show(console, rows)
    wrong = missed(rows)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps({"pages": rows, "missed": wrong}, indent=2) + "\n")
    for line in wrong:
        console.print(f"[red]missed[/red] {line}", highlight=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
