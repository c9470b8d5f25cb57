"""`python -m scripts.bench.gas`: what our acts cost beside the Ethereum Attestation Service.

Writes `build/gas.json`. Runs on ape's test chain; the acts are those of `tests/contracts/gas`. `--json`
prints the file and no table.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.bench.eas_package import PackageError, eas_artifacts

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "gas.json"
MEASUREMENT = "tests/contracts/gas/beside_eas.py"
MEASURED_AGAINST = "eas_attest_by_delegation_160"
BAR_WIDTH = 20


def measure() -> dict[str, Any]:
    """Runs the measurement, gives its report. Raises PackageError, or CalledProcessError with the output."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.unlink(missing_ok=True)
    environment = os.environ | {
        "GREENLEDGER_EAS": str(eas_artifacts()),
        "GREENLEDGER_GAS_REPORT": str(REPORT),
    }
    command = ["ape", "test", MEASUREMENT, "-q"]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(REPORT.read_text())
    return report


def table_of(report: dict[str, Any]) -> Table:
    """Gas, bars of one scale, and how much of the attestation's cost each act is."""
    costs = {key: value for key, value in report.items() if key != "details"}
    labels = report["details"]["labels"]
    longest, reference = max(costs.values()), costs[MEASURED_AGAINST]
    table = Table(title="Gas of one act, 2-of-3 council, beside EAS attestByDelegation", title_justify="left")
    table.add_column("act")
    table.add_column("gas", justify="right")
    table.add_column("", width=BAR_WIDTH)
    table.add_column("of EAS", justify="right")
    for key, gas in costs.items():
        owner = "EAS: " if key == MEASURED_AGAINST else ""
        bar = "█" * max(1, round(BAR_WIDTH * gas / longest))
        table.add_row(owner + labels[key], f"{gas:,}", bar, f"{gas / reference:.2f}")
    return table


def main() -> int:
    console, complaints = Console(), Console(stderr=True)
    try:
        report = measure()
    except PackageError as error:
        complaints.print(str(error), markup=False)
        return 1
    except subprocess.CalledProcessError as error:
        complaints.print(error.stdout + error.stderr, markup=False)
        return 1
    if "--json" in sys.argv[1:]:
        console.print_json(json.dumps(report))
        return 0
    console.print(table_of(report))
    details = report["details"]
    console.print(
        f"EAS contracts {details['eas_contracts']}, Vyper {details['vyper']}, {details['evm']}. "
        f"Every act: {REPORT.relative_to(ROOT)}",
        highlight=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
