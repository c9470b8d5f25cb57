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

from scripts.interfaces.npm_package import generated_files, leftovers

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {"councilAbi": "OracleCouncil", "ledgerAbi": "FootprintLedger", "creditsAbi": "RetiredCredits"}
# What the gateway or scripts call and the page does not.
BACKEND_ONLY = ("FootprintModel", "RetirementDesk")
# What others may call and neither backend nor page does: in the npm package only.
ALSO_PUBLISHED = (
    "CertificateCorrections",
    *("adapters/KlimaAdapter", "adapters/RequestAdapter", "adapters/ToucanAdapter"),
)
SOURCES = (*CONTRACTS.values(), *BACKEND_ONLY, *ALSO_PUBLISHED)
BACKEND = ROOT / "backend" / "greenledger" / "chain" / "abi"
PAGE = ROOT / "frontend" / "src" / "generated" / "abi.ts"
HEAD = "// Generated from the contracts by `make generate`: do not edit.\n"


def abi_of(contract: str) -> list[dict[str, object]]:
    """The ABI of one contract, from the pinned compiler."""
    path = ROOT / "contracts" / f"{contract}.vy"
    run = subprocess.run(["vyper", "-f", "abi", path], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"{path.name} does not compile:\n{run.stderr}")
    abi: list[dict[str, object]] = json.loads(run.stdout)
    return abi


def expected() -> dict[Path, str]:
    """Every generated file with its content."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each is a process of the compiler
        compiled = dict(zip(SOURCES, pool.map(abi_of, SOURCES), strict=True))
    abis = {name: compiled[contract] for name, contract in CONTRACTS.items()}
    files = {
        BACKEND / f"{name}.json": json.dumps(compiled[name], indent=1) + "\n"
        for name in (*CONTRACTS.values(), *BACKEND_ONLY)
    }
    page = "\n".join(
        f"export const {name} = {json.dumps(abi, indent=1)} as const;\n" for name, abi in abis.items()
    )
    published = {Path(contract).name: abi for contract, abi in compiled.items()}
    return files | {PAGE: HEAD + page} | generated_files(published)


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
