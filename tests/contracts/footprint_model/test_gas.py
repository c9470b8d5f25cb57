"""What a call costs another contract, without its calldata."""

from __future__ import annotations

from typing import Any

import pytest

from footprint_model.comparison import call_of, model

PHASE = {"hardware": "h100-sxm-80gb", "device_seconds": 10**9}
# Gas, not to be exceeded.
BARS: list[tuple[str, dict[str, Any], int]] = [
    (
        "training in one phase",
        {"kind": "training", "place": {"country": "DE"}, "phases": [PHASE], "pue_ppm": 1_200_000},
        260_000,
    ),
    (
        "requests of a model",
        {
            "kind": "inference",
            "place": {"provider": "gcp", "region": "us-central1"},
            "model": "mixtral-8x7b",
            "requests": 10**6,
            "input_tokens": 1000,
            "output_tokens": 300,
        },
        360_000,
    ),
    (
        "training in eight phases at one site",
        {"kind": "training", "place": {"country": "DE"}, "phases": [PHASE] * 8},
        580_000,
    ),
]


@pytest.mark.parametrize(("label", "stated", "most"), BARS)
def test_gas__of_a_call__is_within_its_bar(label: str, stated: dict[str, Any], most: int) -> None:
    call_of(stated).send()

    used = model()._computation.get_gas_used()
    assert used <= most, f"{label}: {used:,}"
