"""`make audit`: Lighthouse, axe, script size and contract reads of every page, written to `build/audit.json`.

Against a stack of its own, with one recorded run and one certificate on it, so that no page is empty.
Ends with 1 if a bar is missed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.audit.bars import missed
from scripts.dev.demo import DEMO_ACCOUNT, Outcome, run_job
from scripts.dev.stack import Ports, Stack, development_key
from scripts.dev.state_folder import ROOT

OUTPUT = ROOT / "build" / "audit.json"
HERE = Path(__file__).parent
NODE = ROOT / "scripts" / "node.sh"
SECONDS = 1_500  # for all pages together


def paths(outcome: Outcome) -> dict[str, str]:
    """Every page by name, with something on it."""
    return {
        "home": "/",
        "record": "/record",
        "retire": "/retire",
        "ledger": f"/ledger?account={outcome.account}",
        "explore": "/explore",
        "account": f"/account/{outcome.account}",
        "attestation": f"/attestation/{outcome.attestation}",
        "certificate": f"/certificate/{outcome.certificate}",
        "verify": f"/verify?id={outcome.attestation}",
    }


def measured(program: str, urls: Sequence[str], rpc_url: str) -> Iterator[dict[str, Any]]:
    """One row for each address, as the program prints it."""
    chromium = subprocess.run(
        [ROOT / "scripts" / "dev" / "browser.sh", "--path"], capture_output=True, text=True, check=True
    )
    env = os.environ | {"CHROMIUM": chromium.stdout.strip(), "RPC_URL": rpc_url}
    run = subprocess.run(
        [NODE, "node", HERE / program, *urls],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    yield from (json.loads(line) for line in run.stdout.splitlines())


def audit(console: Console) -> dict[str, Any]:
    """Figures of every page by its name."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), Ports.free(), console.print) as stack,
    ):
        console.print("Recording a run and retiring credits for it, so that the pages have something to show")
        pages = paths(run_job(stack.origin, stack.rpc_url, development_key(DEMO_ACCOUNT)))
        urls = [stack.origin + path for path in pages.values()]
        rows: dict[str, dict[str, Any]] = {name: {"path": path} for name, path in pages.items()}
        for program in ("visits.mjs", "lighthouse.mjs"):
            console.print(f"Measuring {len(urls)} pages: {program.removesuffix('.mjs')}")
            for name, row in zip(pages, measured(program, urls, stack.rpc_url), strict=True):
                rows[name] |= {field: value for field, value in row.items() if field != "url"}
        return rows


def show(console: Console, rows: dict[str, dict[str, Any]]) -> None:
    """A table for people."""
    table = Table(title="Pages: Lighthouse (mobile), axe, script, contract reads")
    for heading in (
        "page",
        "perf",
        "a11y",
        "best",
        "seo",
        "axe",
        "script KiB gzip",
        "RPC requests",
        "calls in them",
    ):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for name, row in rows.items():
        scores = [str(row[score]) for score in ("performance", "accessibility", "best-practices", "seo")]
        size = f"{row['script_gzip_bytes'] / 1024:.1f}"
        counts = [str(row["rpc_requests"]), str(row["rpc_calls"])]
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
