"""Writes the golden vectors of one factor set anew: the workloads of the file stay, their integers do not.

Run: python scripts/factors/golden.py FILE. Only for a new method or factor set: any other difference that
this makes is a change of published results.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.disclosure import workload_hash
from greenledger.evidence.methodology import factor_root, methodology_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.parsing import parse_workload

ZERO_SALT = bytes(32)


def vector(name: str, stated: object, factors: FactorSet) -> dict[str, object]:
    workload = parse_workload(stated, factors)
    result = estimate(workload, factors).as_json()
    return {
        "name": name,
        "workload": stated,
        "canonical": canonical_bytes(workload.canonical()).decode(),
        "workload_hash_with_zero_salt": as_hex(workload_hash(workload, ZERO_SALT)),
        "estimate": {key: value for key, value in result.items() if key not in ("defaults", "warnings")},
    }


def golden(document: dict[str, Any]) -> str:
    factors = load_factor_set(document["factor_set"])
    fresh = {
        "factor_set": factors.set_id,
        "factor_root": as_hex(factor_root(factors)),
        "methodology": as_hex(methodology_id(factors)),
        "vectors": [vector(entry["name"], entry["workload"], factors) for entry in document["vectors"]],
    }
    return json.dumps(fresh, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(golden(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
