"""What the shell offers for a word that is half typed: names of the catalogue, which needs no server."""

from __future__ import annotations

from greenledger.footprint.factors import load_factor_set


def hardware_names(incomplete: str) -> list[str]:
    """Accelerators whose id begins so."""
    names = {name.split("/")[0] for name in load_factor_set().names("hardware/", "/embodied")}
    return sorted(name for name in names if name.startswith(incomplete.lower()))
