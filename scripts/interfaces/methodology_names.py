"""The names of the methodologies that this project ships, for a page that knows only their hashes."""

from __future__ import annotations

import json
from pathlib import Path

from greenledger.evidence.methodology import METHOD, methodology_id
from greenledger.footprint.factors import load_factor_set, published_sets
from scripts.interfaces.page_abi import FOLDER

HEAD = "// Generated from the factor sets by `make generate`: do not edit.\n"


def methodology_names() -> dict[Path, str]:
    """The page's file of names by methodology id."""
    sets = [load_factor_set(name) for name in published_sets()]
    names = {f"0x{methodology_id(factors).hex()}": f"{METHOD} with {factors.set_id}" for factors in sets}
    constant = (
        f"export const methodologyNames: Readonly<Record<string, string>> = {json.dumps(names, indent=2)};\n"
    )
    return {FOLDER / "methodologyNames.ts": HEAD + constant}
