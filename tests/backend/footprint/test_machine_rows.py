"""The rows of machines: every device with power and embodied carbon, models that add up, and measured anchors
within the bounds.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.ranges import Range
from greenledger.validation.runs import data_text

FACTORS = load_factor_set("gal-factors-2026-2")
EARLIER = load_factor_set("gal-factors-2026-1")
CASES = {case["id"]: case for case in json.loads(data_text("published_runs.json"), parse_float=Decimal)}
HARDWARE = FACTORS.names("hardware/", "/embodied")
RATED = FACTORS.names("hardware/", "/rated-power")
SERVERS = FACTORS.names("hardware/", "/accelerators")
MODELS = FACTORS.names("model/", "/active-params")
OPEN = [name for name in MODELS if FACTORS.row(f"model/{name}/active-params").source_id == "model-cards"]
CLOSED = [name for name in MODELS if name not in OPEN]
NWH_PER_J = Decimal(10**9) / 3600
NWH_PER_WH = 10**9
NOT_A_CHIP = ("dgx-", "hgx-", "mac-studio-", "tpu-v6e-host")
# Cards whose power is often confused or was once entered wrongly: W of the card alone.
TDP_W = {
    "v100-pcie-16gb": 250,
    "v100-pcie-32gb": 250,
    "v100-sxm2-16gb": 300,
    "v100-sxm2-32gb": 300,
    "a100-pcie-40gb": 250,
    "a100-pcie-80gb": 300,
    "a100-sxm-40gb": 400,
    "a100-sxm-80gb": 400,
    "h100-pcie-80gb": 350,
    "h100-nvl-94gb": 400,
    "h100-sxm-80gb": 700,
    "b200-sxm": 1000,
    "p100": 250,
    "l4": 72,
    "l40s": 350,
    "a10g": 150,
    "rtx-4090": 450,
    "rtx-5090": 575,
    "mi250x": 560,
    "mi300x": 750,
    "gaudi-3": 900,
}
# Dense 16-bit TFLOP/s; vendors often print twice as much, with sparsity.
DENSE_TFLOPS = {
    "v100-sxm2-32gb": 125,
    "a100-sxm-80gb": 312,
    "l4": 121,
    "l40s": 362,
    "h100-sxm-80gb": 989,
    "h100-pcie-80gb": 756,
    "b200-sxm": 2250,
    "gaudi-2": 432,
    "tpu-v4": 275,
}
# ML.ENERGY v3.0, text conversation: model, requests in a step, J per output token of all accelerators.
MEASURED = [
    ("llama-3.1-8b", 64, "0.12"),
    ("qwen3-32b", 8, "1.5451"),  # B200
    ("qwen3-32b", 64, "0.3671"),  # 2 H100
    ("gemma-3-27b", 256, "0.1767"),  # B200
    ("qwen3-30b-a3b", 64, "0.2719"),  # 2 H100
    ("qwen3-235b-a22b", 8, "11.3896"),  # 8 H100, 8-bit weights
    ("qwen3-235b-a22b", 256, "0.5007"),  # 2 B200, 8-bit weights
    ("llama-4-maverick", 64, "0.9439"),  # 8 H100
    ("deepseek-v3.1", 64, "2.9197"),  # 8 B200
    ("deepseek-v3.1", 256, "1.3091"),  # 8 B200
]


def decode_nwh(model: str, batch: int | tuple[int, int, int]) -> Range:
    """Energy of the accelerators per output token; a tuple names the batches of low, central and high."""
    low, central, high = (
        FACTORS.row(f"decode/per-billion/batch-{size:03}").value
        for size in (batch if isinstance(batch, tuple) else (batch,) * 3)
    )
    per_billion = Range(low.low, central.central, high.high)
    active = FACTORS.row(f"model/{model}/active-params").value
    total = FACTORS.row(f"model/{model}/total-params").value
    share = FACTORS.row("inactive-experts/share").value
    inactive = Range(total.low - active.low, total.central - active.central, total.high - active.high)
    params = active + (share * inactive).divided(10**6)
    return FACTORS.row("decode/fixed").value + (per_billion * params).divided(10**9)


def answer_wh(model: str, output_tokens: int, pue: str) -> tuple[Decimal, Decimal, Decimal]:
    """Energy of one answer at the unknown batch, host overhead and PUE included."""
    batch = FACTORS.row("batch/unknown").value
    token = decode_nwh(model, (batch.high, batch.central, batch.low))
    host = FACTORS.row("host-overhead").value
    low, central, high = (
        Decimal(nwh) * ppm / 10**6 * output_tokens * Decimal(pue) / NWH_PER_WH
        for nwh, ppm in zip(token, host, strict=True)
    )
    return low, central, high


def test_set__machines__are_as_many_as_promised() -> None:
    assert len(HARDWARE) - len(SERVERS) >= 75
    assert len([name for name in SERVERS if FACTORS.row(f"hardware/{name}/accelerators").value.low == 8]) >= 7
    assert len(OPEN) >= 120
    assert len(CLOSED) >= 30
    assert len(FACTORS.names("task/")) >= 9


def test_set__ids_of_the_set_before__are_all_there() -> None:
    for prefix, suffix in (("hardware/", "/embodied"), ("model/", "/active-params")):
        assert set(EARLIER.names(prefix, suffix)) <= set(FACTORS.names(prefix, suffix))


@pytest.mark.parametrize("name", HARDWARE)
def test_hardware__each__has_one_power_and_embodied_carbon_in_their_units(name: str) -> None:
    rated = FACTORS.has(f"hardware/{name}/rated-power")
    power = FACTORS.row(f"hardware/{name}/{'rated' if rated else 'system'}-power")
    embodied = FACTORS.row(f"hardware/{name}/embodied")

    assert rated != FACTORS.has(f"hardware/{name}/system-power")
    assert power.unit == "mW"
    assert embodied.unit == "mg"
    assert 0 < embodied.value.low < embodied.value.high
    assert (power.value.low == power.value.high) == rated


@pytest.mark.parametrize("name", RATED)
def test_rated_accelerator__each__has_one_peak_rate_plausible_for_its_power(name: str) -> None:
    peak = FACTORS.row(f"hardware/{name}/peak-flops")
    rated_w = FACTORS.row(f"hardware/{name}/rated-power").value.central // 1000

    assert peak.unit == "GFLOP/s"
    assert peak.value.low == peak.value.high
    # 0.045 (P40, no half precision) up to 2.4 TFLOP/s per W (B300): a slip of units lies far outside.
    assert 40 <= peak.value.central / rated_w <= 2600


@pytest.mark.parametrize("name", TDP_W)
def test_rated_power__of_cards_often_confused__is_that_of_the_datasheet(name: str) -> None:
    assert FACTORS.row(f"hardware/{name}/rated-power").value == Range.exact(TDP_W[name] * 1000)


@pytest.mark.parametrize("name", DENSE_TFLOPS)
def test_peak_rate__of_cards_sold_with_sparsity__is_the_dense_one(name: str) -> None:
    assert FACTORS.row(f"hardware/{name}/peak-flops").value == Range.exact(DENSE_TFLOPS[name] * 1000)


def test_servers__each__say_how_many_accelerators_they_hold() -> None:
    for name in SERVERS:
        count = FACTORS.row(f"hardware/{name}/accelerators")
        assert name.startswith(NOT_A_CHIP)
        assert count.unit == "devices"
        assert count.value in (Range.exact(1), Range.exact(8))
        assert FACTORS.has(f"hardware/{name}/system-power")


@pytest.mark.parametrize(
    ("node", "card"), [("dgx-h100", "h100-sxm-80gb"), ("dgx-a100", "a100-sxm-80gb"), ("dgx-b200", "b200-sxm")]
)
def test_node__against_eight_of_its_cards__holds_more_power_and_carbon(node: str, card: str) -> None:
    cards_mw = FACTORS.row(f"hardware/{card}/rated-power").value.central * 8
    power = FACTORS.row(f"hardware/{node}/system-power").value
    made, of_cards = (FACTORS.row(f"hardware/{name}/embodied").value for name in (node, card))
    server = FACTORS.row("server-share/embodied").value

    assert power.low < cards_mw < power.high
    assert made == (of_cards + server) * 8
    assert (
        FACTORS.row(f"hardware/{node}/peak-flops").value
        == FACTORS.row(f"hardware/{card}/peak-flops").value * 8
    )


def test_node_power__of_h100__holds_the_measured_peak_and_stays_under_the_nameplate() -> None:
    power = FACTORS.row("hardware/dgx-h100/system-power").value

    assert power.low < 8_480_000 < power.high < 10_200_000


@pytest.mark.parametrize("name", OPEN)
def test_open_model__each__has_exact_parameters_no_more_active_than_in_all(name: str) -> None:
    active = FACTORS.row(f"model/{name}/active-params")
    total = FACTORS.row(f"model/{name}/total-params")

    assert (active.unit, total.unit) == ("parameters", "parameters")
    assert active.value.low == active.value.high
    assert total.value.low == total.value.high
    assert 0 < active.value.central <= total.value.central


@pytest.mark.parametrize(
    "name",
    ["mixtral-8x7b", "dbrx", "grok-1", "deepseek-v3", "kimi-k2", "gpt-oss-120b", "llama-4-scout", "glm-4.5"],
)
def test_mixture_of_experts__each__has_fewer_active_parameters_than_in_all(name: str) -> None:
    active = FACTORS.row(f"model/{name}/active-params").value.central

    assert 2 * active < FACTORS.row(f"model/{name}/total-params").value.central


@pytest.mark.parametrize("name", CLOSED)
def test_closed_model__each__is_an_ordered_range_that_says_it_is_an_estimate(name: str) -> None:
    active = FACTORS.row(f"model/{name}/active-params")
    total = FACTORS.row(f"model/{name}/total-params")
    inactive = [whole - part for part, whole in zip(active.value, total.value, strict=True)]

    for row in (active, total):
        assert row.value.low < row.value.central < row.value.high
        assert row.evidence.startswith("estimate, not published:")
    assert inactive[0] >= 0
    assert inactive == sorted(inactive)


@pytest.mark.parametrize(("model", "batch", "joule"), MEASURED)
def test_measured_energy_per_token__of_new_servers__lies_within_the_bounds(
    model: str, batch: int, joule: str
) -> None:
    modelled = decode_nwh(model, batch)

    assert modelled.low <= Decimal(joule) * NWH_PER_J <= modelled.high


@pytest.mark.parametrize(
    ("case_id", "model", "batch"),
    [
        ("mlenergy-a100-llama-2-7b-chat-hf-b1", "llama-2-7b", 1),
        ("mlenergy-a100-llama-2-13b-chat-hf-b1", "llama-2-13b", 1),
        ("mlenergy-a100-vicuna-13b-b2", "llama-2-13b", 2),
        ("mlenergy-llama31-8b-b64-v2", "llama-3.1-8b", 64),
        ("serialalice-mistral7b-b1", "mistral-7b", 1),
    ],
)
def test_anchor__of_the_published_runs__lies_within_the_bounds(case_id: str, model: str, batch: int) -> None:
    expected = CASES[case_id]["expected"]
    nwh_per_unit = {"J/output token (GPU only)": NWH_PER_J, "uWh/token": Decimal(1000)}
    modelled = decode_nwh(model, batch)

    assert modelled.low <= expected["value"] * nwh_per_unit[expected["unit"]] <= modelled.high


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1", "o3"])
def test_answer_of_400_tokens__of_a_frontier_model__costs_what_five_providers_disclosed(model: str) -> None:
    low, central, high = answer_wh(model, 400, pue="1.15")

    assert Decimal("0.24") <= central <= Decimal("0.42")
    assert low < Decimal("0.16")
    assert high > Decimal("0.60")


def test_answer__of_a_small_closed_model__costs_far_less_than_of_the_large_one() -> None:
    assert answer_wh("gpt-4o-mini", 400, "1.15")[1] * 4 < answer_wh("gpt-4o", 400, "1.15")[1]


@pytest.mark.parametrize("name", FACTORS.names("task/"))
def test_task__each__is_energy_per_named_unit_with_a_measured_spread(name: str) -> None:
    task = FACTORS.row(f"task/{name}")

    assert task.unit.startswith("nWh/")
    assert 0 < task.value.low < task.value.central < task.value.high


def test_image_generation__mean_of_luccioni_2024__is_the_central_value() -> None:
    expected = CASES["luccioni24-image-generation"]["expected"]
    per_image_nwh = expected["value"] / 1000 * 10**12

    assert FACTORS.row("task/image-generation").value.central == per_image_nwh


def test_images_and_video__against_text__keep_their_order() -> None:
    order = ("text-classification", "image-classification", "image-captioning", "image-generation")
    central = [FACTORS.row(f"task/{name}").value.central for name in order]

    assert central == sorted(central)
    assert FACTORS.row("task/video-generation").value.central > central[-1]


@pytest.mark.parametrize("published_ppm", [213_000, 302_000, 325_000, 380_000, 430_000, 462_000])
def test_training_utilisation__published_for_large_runs__lies_within_the_bounds(published_ppm: int) -> None:
    mfu = FACTORS.row("training/mfu")

    assert mfu.unit == "ppm"
    assert mfu.value.low <= published_ppm <= mfu.value.high


def test_stated_embodied__spread__covers_the_two_editions_of_one_method() -> None:
    spread = FACTORS.row("stated/embodied").value

    assert spread.low * 273 <= 164 * 1_000_000
    assert spread.high * 164 >= 273 * 1_000_000
