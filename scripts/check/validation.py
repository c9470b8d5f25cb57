"""`docs/VALIDATION.md` is made from the published runs and the model.

`python -m scripts.check.validation` compares and fails when it differs, `--write` writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from greenledger.footprint.factors import load_factor_set
from greenledger.validation.document import document
from greenledger.validation.runs import published_runs

TARGET = Path(__file__).resolve().parents[2] / "docs" / "VALIDATION.md"


def main() -> int:
    console = Console()
    content = document(published_runs(), load_factor_set())
    if "--write" in sys.argv[1:]:
        TARGET.write_text(content, encoding="utf-8")
        console.print(f"wrote docs/{TARGET.name}")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == content:
        return 0
    console.print(f"docs/{TARGET.name} differs from the runs and the model: run make generate")
    return 1


if __name__ == "__main__":
    sys.exit(main())
