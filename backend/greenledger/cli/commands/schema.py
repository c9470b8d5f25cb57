"""`greenledger schema`."""

from __future__ import annotations

from greenledger.cli.answers import AsJson, say_json
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.schema import workload_schema

EXIT_CODES = "Exit codes: 0 done."


def schema(_as_json: AsJson = False) -> None:
    """Print the JSON Schema (2020-12) of a workload, with the names and limits of this version."""
    say_json(workload_schema(load_factor_set()))
