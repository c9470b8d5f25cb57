"""The ABI files of backend, page and npm package, and its Solidity interfaces, are made from the contracts.

`python -m scripts.check.generated` compares and fails when they differ, `--write` writes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console

from scripts.interfaces.methodology_names import methodology_names
from scripts.interfaces.npm_package import generated_files, leftovers
from scripts.interfaces.page_abi import CONTRACTS, page_files

ROOT = Path(__file__).resolve().parents[2]
# What others may call: in the wheel and in the npm package.
PUBLISHED = (
    *("OracleCouncil", "FootprintLedger", "FootprintModel", "RetiredCredits"),
    *("CertificateCorrections", "RetirementDesk"),
    *("adapters/KlimaAdapter", "adapters/RequestAdapter", "adapters/ToucanAdapter"),
)
SOURCES = tuple(dict.fromkeys((*PUBLISHED, *CONTRACTS.values())))
BACKEND = ROOT / "backend" / "greenledger" / "chain" / "abi"


def abi_of(contract: str) -> list[dict[str, object]]:
    """The ABI of one contract or interface, from the pinned compiler."""
    path = ROOT / "contracts" / f"{contract}{'.vyi' if contract.startswith('interfaces/') else '.vy'}"
    run = subprocess.run(["vyper", "-f", "abi", path], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{path.name} does not compile:\n{run.stderr}")
    abi: list[dict[str, object]] = json.loads(run.stdout)
    return abi


def expected() -> dict[Path, str]:
    """Every generated file with its content."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each is a process of the compiler
        compiled = dict(zip(SOURCES, pool.map(abi_of, SOURCES), strict=True))
    published = {Path(contract).name: compiled[contract] for contract in PUBLISHED}
    files = {BACKEND / f"{name}.json": json.dumps(abi, indent=1) + "\n" for name, abi in published.items()}
    return files | page_files(compiled) | methodology_names() | generated_files(published)


def main() -> int:
    console = Console()
    files = expected()
    if "--write" in sys.argv[1:]:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            console.print(f"wrote {path.relative_to(ROOT)}")
        for path in leftovers(files):
            path.unlink()
            console.print(f"removed {path.relative_to(ROOT)}")
        return 0
    stale = [path for path, content in files.items() if not path.exists() or path.read_text() != content]
    for path in stale:
        console.print(f"{path.relative_to(ROOT)} differs from the contracts: run make generate")
    orphans = leftovers(files)
    for path in orphans:
        console.print(f"{path.relative_to(ROOT)} is made from nothing: run make generate")
    return 1 if stale or orphans else 0


if __name__ == "__main__":
    sys.exit(main())
