"""`python -m scripts.bench.model`: the model and the tree beside EcoLogits, CodeCarbon and OpenZeppelin.

Writes `build/bench.json`. Everything is measured in one run, one thing after the other. What cannot be
measured is named, and the exit code is 1 then.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from scripts.bench import ours, peers
from scripts.bench.batch import batch
from scripts.bench.comparison import figures_table, ratios_table, report_of
from scripts.bench.timing import Figure

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "bench.json"
OURS: dict[str, Callable[[], dict[str, Figure]]] = {
    "estimates": ours.estimates,
    "batches": batch,
    "Merkle tree": ours.tree,
}
PEERS: dict[str, Callable[[], tuple[dict[str, Figure], dict[str, str]]]] = {
    "EcoLogits": peers.ecologits,
    "CodeCarbon": peers.codecarbon,
    "OpenZeppelin": peers.openzeppelin,
}


def machine() -> dict[str, object]:
    """Where and beside how much other work this run is."""
    return {
        "cpus": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "load_average_at_start": list(os.getloadavg()),
    }


def main() -> int:
    console, complaints = Console(), Console(stderr=True)
    about = machine()
    figures: dict[str, Figure] = {}
    versions: dict[str, str] = {}
    failures: dict[str, str] = {}
    with console.status("measuring") as status:
        for name, measure in OURS.items():
            status.update(f"measuring {name}")
            figures |= measure()
        for name, measure_peer in PEERS.items():
            status.update(f"installing and measuring {name}")
            try:
                found, installed = measure_peer()
            except peers.PeerError as error:
                failures[name] = str(error)
                continue
            figures |= found
            versions |= installed
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report_of(figures, about, versions, failures), indent=2) + "\n")
    console.print(figures_table(figures), ratios_table(figures))
    console.print(
        f"{about['cpus']} processors, Python {about['python']}, load {os.getloadavg()[0]:.1f}. "
        f"All figures: {REPORT.relative_to(ROOT)}",
        highlight=False,
    )
    for name, problem in failures.items():
        complaints.print(f"{name} could not be measured. {problem}", markup=False, highlight=False)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
