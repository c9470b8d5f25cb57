"""Contract ABIs, generated from the compiler's output and shipped as package data."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

NAMES = ("OracleCouncil", "FootprintLedger", "FootprintModel", "RetiredCredits", "RetirementDesk")


@cache
def load_abi(name: str) -> tuple[dict[str, Any], ...]:
    """The ABI of one of our contracts; raises KeyError for any other name."""
    if name not in NAMES:
        raise KeyError(name)
    text = files("greenledger.chain").joinpath("abi", f"{name}.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))
