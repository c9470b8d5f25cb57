"""Texts of sources: accelerators, places, models, tasks and printed units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from validation_runs import FACTORS

from greenledger.footprint.workload import Place
from greenledger.validation.accelerators import accelerator_of
from greenledger.validation.models import model_of, params_of, task_of
from greenledger.validation.printed import printed_of
from greenledger.validation.sites import place_of


@pytest.mark.parametrize(
    ("text", "hardware", "number"),
    [
        ("A100-80GB", "a100-sxm-80gb", None),
        ("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb", None),
        ("A100 PCIe 40GB", "a100-pcie-40gb", None),
        ("A100 40GB", "a100-sxm-40gb", None),
        ("H100 80GB SXM", "h100-sxm-80gb", None),
        ("NVIDIA H100 PCIe", "h100-pcie-80gb", None),
        ("H800", "h800-sxm-80gb", None),
        ("Tesla V100-SXM2-32GB", "v100-sxm2-32gb", None),
        ("V100x64", "v100-sxm2-16gb", 64),
        ("P100x8", "p100", 8),
        ("8x A100", "a100-sxm-80gb", 8),
        ("512 TPUv3", "tpu-v3", 512),
        ("TPU v4", "tpu-v4", None),
        ("TPUv5e", "tpu-v5e", None),
        ("MI250X", "mi250x", None),
        ("Gaudi2", "gaudi-2", None),
        ("GeForce RTX 3090", "rtx-3090", None),
        ("A6000", "rtx-a6000", None),
        ("T4", "t4", None),
        ("DGX A100", "dgx-a100", None),
        ("Abacus 3", None, None),
        ("Xeon", None, None),
    ],
)
def test_accelerator__as_papers_write_it__is_that_of_the_catalogue(
    text: str, hardware: str | None, number: int | None
) -> None:
    assert accelerator_of(text, FACTORS) == (hardware, number)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("USA (unpublished sites)", Place(country="US")),
        ("average of the US grid", Place(country="US")),
        ("France", Place(country="FR")),
        ("UK", Place(country="GB")),
        ("LUMI, Finland", Place(country="FI")),
        ("Iowa, USA", Place(country="US", state="IA")),
        ("US-CA", Place(country="US", state="CA")),
        ("Northern Virginia", Place(country="US", state="VA")),
        ("gcp us-central1", Place(provider="gcp", region="us-central1")),
        ("AWS us-east-1", Place(provider="aws", region="us-east-1")),
        ("aws us-east", Place(country="US")),
        ("Azure West US", Place(provider="azure", region="westus")),
        ("Atlantis", None),
    ],
)
def test_place__as_sources_write_it__is_that_of_the_catalogue(text: str, place: Place | None) -> None:
    assert place_of(text, FACTORS) == place


def test_place__said_to_be_a_state__is_the_state_and_not_the_country_of_that_name() -> None:
    assert place_of("Georgia", FACTORS) == Place(country="GE")
    assert place_of("Georgia", FACTORS, state=True) == Place(country="US", state="GA")


@pytest.mark.parametrize(
    ("text", "model", "params"),
    [
        ("Llama-2-7b-chat-hf", "llama-2-7b", Fraction(7 * 10**9)),
        ("meta-llama/Llama-3.1-70B-Instruct", "llama-3.1-70b", Fraction(70 * 10**9)),
        ("GPT-4o mini", "gpt-4o-mini", None),
        ("Mixtral 8x7B", "mixtral-8x7b", None),
        ("vicuna-13B", None, Fraction(13 * 10**9)),
        ("BERT 340M", None, Fraction(340 * 10**6)),
        ("Frontier", None, None),
    ],
)
def test_model__as_benchmarks_write_it__is_known_by_name_or_by_its_parameters(
    text: str, model: str | None, params: Fraction | None
) -> None:
    assert model_of(text, FACTORS) == model
    assert params_of(text) == params


def test_task__in_an_id_or_a_text__is_that_of_the_catalogue() -> None:
    assert task_of("luccioni24-image-generation", FACTORS) == "image-generation"
    assert task_of("Automatic speech recognition", FACTORS) == "speech-to-text"
    assert task_of("juggling", FACTORS) is None


@pytest.mark.parametrize(
    ("unit", "measure", "size", "per", "per_count"),
    [
        ("MWh", "energy", 10**12, None, 1),
        ("mWh/token", "energy", 10**3, "token", 1),
        ("µWh per token", "energy", 1, "token", 1),
        ("kWh/1000 inferences", "energy", 10**9, "request", 1000),
        ("J/output token (GPU only)", "energy", Fraction(2500, 9), "token", 1),
        ("tCO2e", "carbon", 10**12, None, 1),
        ("ktCO2e", "carbon", 10**15, None, 1),
        ("metric tons CO2-eq", "carbon", 10**12, None, 1),
        ("lbs CO2", "carbon", Fraction("0.45359237") * 10**9, None, 1),
        ("gCO2e/1M tokens", "carbon", 10**6, "token", 10**6),
        ("gCO2e/1e18 FLOP", "carbon", 10**6, "flop", 10**18),
        ("kgCO2e/1e9 parameters", "carbon", 10**9, "param", 10**9),
        ("mL/prompt", "water", 10**3, "request", 1),
        ("g/400-token response", "carbon", 10**6, "request", 1),
        ("m3", "water", 10**9, None, 1),
        ("GWh/year", "energy", 10**15, "year", 1),
    ],
)
def test_printed_unit__of_a_publication__is_its_size_and_what_it_is_per(
    unit: str, measure: str, size: int, per: str | None, per_count: int
) -> None:
    printed = printed_of(unit)

    assert printed is not None
    assert (printed.measure, printed.size, printed.per, printed.per_count) == (measure, size, per, per_count)


def test_printed_unit__with_a_tag__says_which_figure_it_is() -> None:
    market, alone = printed_of("tCO2e (market-based)"), printed_of("J/token (GPU only)")

    assert market is not None and market.market
    assert alone is not None and alone.accelerators_only
    assert printed_of("bananas") is None
