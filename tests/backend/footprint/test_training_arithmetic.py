"""Training known by its tokens and parameters only: device time from 6 FLOP per parameter and token."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload

FACTORS = load_factor_set()
MORE_TIME = FieldError(
    "phases",
    "more device time than start and end allow",
    "at most a million devices between start and end, the device time of tokens and params included",
)
LLAMA_3_8B = {"hardware": "h100-sxm-80gb", "tokens": 15 * 10**12, "params": 8_030_000_000}


def of(phase: dict[str, Any]) -> Estimate:
    stated = {
        "kind": "training",
        "start": 1_700_000_000,
        "end": 1_720_000_000,
        "place": {"country": "US", "state": "VA"},
        "phases": [phase],
    }
    return estimate(parse_workload(stated, FACTORS), FACTORS)


def refused(phase: dict[str, Any]) -> set[str]:
    with pytest.raises(InvalidWorkload) as caught:
        of(phase)
    return {error.field for error in caught.value.errors}


def test_device_time__from_stated_arithmetic__is_6nd_over_the_reached_rate() -> None:
    peak = FACTORS.row("hardware/h100-sxm-80gb/peak-flops").value.central * 10**9
    phase = {**LLAMA_3_8B, "mfu_ppm": 400_000}
    seconds = round(6 * phase["tokens"] * phase["params"] / (peak * 0.4))
    stated = {"hardware": "h100-sxm-80gb", "device_seconds": seconds}

    by_arithmetic, by_time = of(phase), of(stated)

    assert abs(by_arithmetic.it_energy_uwh.central / by_time.it_energy_uwh.central - 1) < 1e-6
    assert abs(by_arithmetic.embodied_ug.central / by_time.embodied_ug.central - 1) < 1e-6


def test_llama_3_8b__by_its_tokens__contains_its_published_gpu_hours() -> None:
    """1.3 million H100 hours at 700 W, as its model card says."""
    published_uwh = 1_300_000 * 700 * 10**6

    energy = of(LLAMA_3_8B).it_energy_uwh

    assert energy.low <= published_uwh <= energy.high


def test_arithmetic__is_tier_5_and_lists_the_share_it_assumed() -> None:
    result = of(LLAMA_3_8B)

    assert result.tier >= 5
    assert "phases[0].mfu_ppm" in {used.field for used in result.defaults}
    assert "hardware/h100-sxm-80gb/peak-flops" in result.factors


def test_share_of_the_peak__a_higher_one__needs_less_energy() -> None:
    slow, fast = of({**LLAMA_3_8B, "mfu_ppm": 200_000}), of({**LLAMA_3_8B, "mfu_ppm": 500_000})

    assert fast.total_ug.central < slow.total_ug.central


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"device_seconds": 1}, "phases[0].device_seconds"),
        ({"params": None}, "phases[0].tokens"),
        ({"tokens": None}, "phases[0].params"),
        ({"tokens": None, "params": None, "mfu_ppm": 400_000}, "phases[0].mfu_ppm"),
        ({"tokens": 10**30}, "phases[0].tokens"),
        ({"mfu_ppm": 1_000_001}, "phases[0].mfu_ppm"),
    ],
)
def test_arithmetic__with_one_thing_wrong__names_the_field(changed: dict[str, Any], field: str) -> None:
    phase = {name: value for name, value in {**LLAMA_3_8B, **changed}.items() if value is not None}

    assert field in refused(phase)


@pytest.mark.parametrize(("seconds", "is_read"), [(11_030, False), (11_031, True)])
def test_arithmetic__beyond_a_million_devices_between_start_and_end__is_refused(
    seconds: int, is_read: bool
) -> None:
    """At the highest share of the peak: 6 x 10^24 FLOP at 989 TFLOP/s x 0.55 need 1.103 x 10^10 s."""
    phase = {"hardware": "h100-sxm-80gb", "tokens": 10**13, "params": 10**11}
    stated = {"kind": "training", "start": 1_700_000_000, "end": 1_700_000_000 + seconds, "phases": [phase]}

    try:
        parse_workload(stated, FACTORS)
    except InvalidWorkload as error:
        assert error.errors == (MORE_TIME,)
        assert not is_read
    else:
        assert is_read


def test_arithmetic__on_hardware_without_a_known_peak__is_refused() -> None:
    without = next(
        name
        for name in FACTORS.names("hardware/", "/embodied")
        if not FACTORS.has(f"hardware/{name}/peak-flops")
    )

    assert "phases[0].tokens" in refused({**LLAMA_3_8B, "hardware": without})


def test_new_fields__with_the_first_factor_set__are_refused_by_its_name() -> None:
    first = load_factor_set("gal-factors-2026-1")
    stated = {"kind": "training", "start": 1_700_000_000, "end": 1_700_000_001, "phases": [LLAMA_3_8B]}

    with pytest.raises(InvalidWorkload, match="gal-factors-2026-1"):
        parse_workload(stated, first)
