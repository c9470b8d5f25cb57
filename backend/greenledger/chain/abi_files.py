"""Contract ABIs, generated from the compiler's output and shipped as package data."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

# The same as in the npm package: what others may call.
NAMES = (
    "OracleCouncil",
    "FootprintLedger",
    "FootprintModel",
    "RetiredCredits",
    "CertificateCorrections",
    "RetirementDesk",
    "KlimaAdapter",
    "RequestAdapter",
    "ToucanAdapter",
)


@cache
def load_abi(name: str) -> tuple[dict[str, Any], ...]:
    """The ABI of one of our contracts; raises KeyError with the known names for any other."""
    if name not in NAMES:
        raise KeyError(f"no ABI of {name}; there is one of {', '.join(NAMES)}")
    text = files("greenledger.chain").joinpath("abi", f"{name}.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))
