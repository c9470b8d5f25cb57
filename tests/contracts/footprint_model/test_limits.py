"""How much one call takes: eight phases, eight contracts, 48 rows."""

from __future__ import annotations

from typing import Any

import pytest

from footprint_model.comparison import FACTORS, assert_same, call_of, workload_of
from greenledger.evidence.model_call import BeyondModel, model_call

PHASE = {"hardware": "h100-sxm-80gb", "device_seconds": 10**6}
CONTRACT = {"energy_uwh": 10**9, "grid_mg_per_kwh": 1000, "evidence": "0x" + "00" * 32}


def training(phases: int, contracts: int) -> dict[str, Any]:
    listed = [CONTRACT | {"grid_mg_per_kwh": 1000 * at} for at in range(contracts)]
    stated = [{**PHASE, "device_seconds": 10**6 + at} for at in range(phases)]
    return {"kind": "training", "phases": stated, "contracts": listed}


def test_phases_and_contracts__of_eight_each__are_estimated() -> None:
    assert_same(workload_of(training(8, 8)))


def test_rows__of_eight_phases_with_hardware_and_sites_of_their_own__fit() -> None:
    names = FACTORS.names("hardware/", "/peak-flops")[:8]
    places = [{"country": code} for code in ("DE", "FR", "GB", "SE", "PL", "IT", "ES", "NL")]
    phases = [
        {"hardware": name, "tokens": 10**12, "params": 10**10, "place": place}
        for name, place in zip(names, places, strict=True)
    ]
    workload = workload_of({"kind": "training", "phases": phases})

    assert 32 <= len(model_call(workload, FACTORS).keys) <= 48
    assert_same(workload)


@pytest.mark.parametrize("name", ["phases", "contracts"])
def test_call__of_more_than_eight__is_refused(name: str) -> None:
    call = call_of(training(8, 8))
    assert call.answered()
    call.workload[name].append(call.workload[name][0])

    assert call.refusal() == ""


def test_call__of_more_than_48_rows__is_refused() -> None:
    call = call_of(training(1, 1))
    call.add(*(row.key for row in FACTORS.rows[: 48 - len(call.keys)]))
    assert call.answered()
    call.add(FACTORS.rows[60].key)

    assert call.refusal() == ""


def test_maker__for_more_than_the_contract_takes__says_how_much() -> None:
    with pytest.raises(BeyondModel, match="phases: 9, but one call of the contract takes at most 8"):
        model_call(workload_of(training(9, 1)), FACTORS)
    with pytest.raises(BeyondModel, match="contracts: 9, but"):
        model_call(workload_of(training(1, 9)), FACTORS)
