"""The ABI files of backend and page are made from the contracts: write them, or fail when they differ.

`python -m scripts.check.generated` compares, `--write` writes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = {"councilAbi": "OracleCouncil", "ledgerAbi": "FootprintLedger", "creditsAbi": "RetiredCredits"}
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
    abis = {name: abi_of(contract) for name, contract in CONTRACTS.items()}
    files = {
        BACKEND / f"{CONTRACTS[name]}.json": json.dumps(abi, indent=1) + "\n" for name, abi in abis.items()
    }
    page = "\n".join(
        f"export const {name} = {json.dumps(abi, indent=1)} as const;\n" for name, abi in abis.items()
    )
    return files | {PAGE: HEAD + page}


def main() -> int:
    console = Console()
    files = expected()
    if "--write" in sys.argv[1:]:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            console.print(f"wrote {path.relative_to(ROOT)}")
        return 0
    stale = [path for path, content in files.items() if not path.exists() or path.read_text() != content]
    for path in stale:
        console.print(f"{path.relative_to(ROOT)} differs from the contracts: run make generate")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
