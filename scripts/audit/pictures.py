"""`make pictures`: every page, on a desk and on a phone, for the README: `docs/img/<page>*.png`."""

from __future__ import annotations

import sys

from rich.console import Console

from scripts.audit.pages import filled_pages
from scripts.dev.state_folder import ROOT

FOLDER = ROOT / "docs" / "img"


def main() -> int:
    console = Console()
    with filled_pages(console.print) as pages:
        for name, row in pages.look("pictures.mjs", FOLDER=str(FOLDER), NAMES=",".join(pages.paths)):
            console.print(f"{name}: {', '.join(row['files'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
