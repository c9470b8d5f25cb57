"""The vectors of the model in the browser are what this package makes of their inputs.

`python -m scripts.check.model_vectors` compares and fails when they differ, `--write` writes.
"""

from __future__ import annotations

import sys

from rich.console import Console

from scripts.vectors.model import ROOT, TARGET, document, kept_inputs


def main() -> int:
    console = Console()
    content = document(kept_inputs())
    name = TARGET.relative_to(ROOT)
    if "--write" in sys.argv[1:]:
        TARGET.write_text(content, encoding="utf-8")
        console.print(f"wrote {name}")
        return 0
    if TARGET.read_text(encoding="utf-8") == content:
        return 0
    console.print(f"{name} differs from the model: run make generate")
    return 1


if __name__ == "__main__":
    sys.exit(main())
