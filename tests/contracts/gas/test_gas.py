"""What each write and read costs, compared with `gas_snapshot.json` to the last unit of gas.

After a change that is meant to alter the cost: GREENLEDGER_GAS_SNAPSHOT=write ape test tests/contracts/gas
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from gas.stage import measure, set_stage

SNAPSHOT = Path(__file__).parents[1] / "gas_snapshot.json"

# Gas, not to be exceeded. Texts of certificates cost extra, one storage word for every 32 bytes.
BARS = {
    "record, account used": 88_000,
    "record, account used, batch of 1,000,000 workloads": 88_000,
    "mint, serial range, account used, shortest texts": 150_000,
    "allocate, certificate and attestation used": 65_000,
    "account(), read by another contract": 10_000,
}


def test_gas__every_act__costs_what_the_snapshot_says(
    project: Any, accounts: Any, chain: Any, alice: Any
) -> None:
    costs = measure(set_stage(project, accounts[9], chain), alice)
    if os.environ.get("GREENLEDGER_GAS_SNAPSHOT") == "write":
        SNAPSHOT.write_text(json.dumps(costs, indent=2) + "\n")
    committed = json.loads(SNAPSHOT.read_text())
    drift = {
        label: {"snapshot": committed.get(label), "now": costs.get(label)}
        for label in costs.keys() | committed.keys()
        if costs.get(label) != committed.get(label)
    }
    assert not drift


@pytest.mark.parametrize("label", BARS)
def test_gas__snapshot__is_within_its_bar(label: str) -> None:
    assert json.loads(SNAPSHOT.read_text())[label] <= BARS[label]
