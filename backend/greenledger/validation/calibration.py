"""How the central inference request was calibrated: ours beside what providers disclose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.tokens import BATCHES
from greenledger.validation.mapping import Bounds
from greenledger.validation.runs import data_text

OUTPUT_TOKENS = 400
FRONTIER_PARAMS = 100_000_000_000  # active parameters of an unnamed frontier model, as Epoch AI assumes
PUE_PPM = 1_150_000  # between the fleets of Google (1.09), AWS (1.14) and Microsoft (1.17)
# What the central request follows from, in the order of its arithmetic.
CONSTANTS = (
    "batch/unknown",
    "decode/per-billion/batch-032",
    "decode/fixed",
    "prefill/per-billion",
    "inactive-experts/share",
    "host-overhead",
)
_REQUESTS = 10**6
_START = 1_735_689_600  # 2025, the year of the disclosures


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Energy of one request as a provider or a study states it, Wh, with its range where it has one."""

    name: str
    wh: Decimal
    low: Decimal | None
    high: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class Request:
    """Our estimate of a request, Wh of the facility."""

    what: str
    wh: Bounds


@lru_cache(maxsize=1)
def disclosures() -> tuple[Disclosure, ...]:
    entries = json.loads(data_text("disclosures.json"))["per_request"]
    return tuple(
        Disclosure(
            entry["name"],
            Decimal(entry["wh"]),
            Decimal(entry["low"]) if "low" in entry else None,
            Decimal(entry["high"]) if "high" in entry else None,
            entry["source"],
        )
        for entry in entries
    )


def disclosed_range() -> tuple[Decimal, Decimal]:
    """The lowest and the highest disclosed value, Wh."""
    values = [entry.wh for entry in disclosures()]
    return min(values), max(values)


def request_wh(factors: FactorSet, **members: object) -> Bounds:
    """Energy of one request, Wh. `members` are the workload's: model or active_params, batch, tokens."""
    workload = parse_workload(
        {
            "kind": "inference",
            "start": _START,
            "end": _START + 86_400,
            "requests": _REQUESTS,
            "output_tokens": OUTPUT_TOKENS,
            "pue_ppm": PUE_PPM,
        }
        | members,
        factors,
    )
    low, central, high = estimate(workload, factors).energy_uwh
    size = _REQUESTS * 10**6
    return Fraction(low, size), Fraction(central, size), Fraction(high, size)


def by_batch(factors: FactorSet) -> tuple[Request, ...]:
    """An unnamed frontier model at every batch of the table, and where the batch is unknown."""
    known = [
        Request(f"batch {size}", request_wh(factors, active_params=FRONTIER_PARAMS, batch=size))
        for size in BATCHES
    ]
    return (*known, Request("batch unknown", request_wh(factors, active_params=FRONTIER_PARAMS)))


def closed_models(factors: FactorSet) -> tuple[Request, ...]:
    """Every model of the catalogue whose parameters are a range of estimates."""
    return tuple(
        Request(factors.label(f"model/{name}"), request_wh(factors, model=name))
        for name in factors.names("model/", "/active-params")
        if (active := factors.row(f"model/{name}/active-params").value).low != active.high
    )


def long_inputs(factors: FactorSet) -> tuple[tuple[str, Decimal, Bounds], ...]:
    """Requests with long inputs: tokens read, published Wh, ours."""
    table = json.loads(data_text("disclosures.json"))["long_inputs"]
    return tuple(
        (
            point["input_tokens"],
            Decimal(point["wh"]),
            request_wh(factors, active_params=int(table["params"]), input_tokens=point["input_tokens"]),
        )
        for point in table["points"]
    )
