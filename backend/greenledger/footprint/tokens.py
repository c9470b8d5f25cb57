"""What a model costs per token: decode, prefill and cached input, with the batch as an input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import ZERO, Range
from greenledger.footprint.stages import BILLION, PPM, TokenCosts
from greenledger.footprint.trail import Reads, Trail

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)  # those with a row of their own


@dataclass(frozen=True, slots=True)
class ServedModel:
    """What a workload says of the model: an id of the catalogue, or its parameters."""

    model: str | None
    active_params: int | None
    total_params: int | None
    batch: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Serving:
    """Energy of a model's tokens with the host, and the evidence for it.

    energy per output token = fixed + per 10^9 parameters x (active + a share of the inactive ones, whose
    weights a large batch reads as well).
    """

    costs: TokenCosts
    tier: int
    reason: str
    reads: Reads


@lru_cache(maxsize=4096)
def serving_of(factors: FactorSet, served: ServedModel, uses: tuple[bool, bool, bool]) -> Serving:
    """Costs of a model, looked up once. `uses`: whether there is input, cached input, output at all."""
    trail = Trail(factors)
    has_input, has_cached, has_output = uses
    active, total = _params(served, trail)
    params = active
    if total.central > active.central:
        share = trail.default("inactive_experts", "inactive-experts/share")
        inactive = Range(*(high - low for low, high in zip(active, total, strict=True)))
        params = active + inactive.scaled_ppm(share)
    decode = prefill = cached = ZERO
    if has_output:
        per_billion = _per_billion(served.batch, trail)
        decode = trail.read("decode/fixed").value * BILLION + per_billion * params
    if has_input:
        prefill = trail.read("prefill/per-billion").value * active
    if has_cached:
        cached = prefill * trail.read("cached-token/share-of-prefill").value
    host = trail.default("host_ppm", "host-overhead")
    costs = TokenCosts(decode * host * PPM, prefill * host * PPM, cached * host)
    closed = active.low != active.high
    if closed:
        trail.warn(
            f"model: {served.model} publishes no parameters; a range of estimates is used, {active.low:,} to"
            f" {active.high:,} active"
        )
    known = served.model is not None and not closed
    weights = "known open weights" if known else "estimated parameters" if closed else "stated parameters"
    return Serving(costs, 5 if known else 6, f"tokens of a model with {weights}", trail.reads())


def _batches(batch: int | None, trail: Trail) -> tuple[int, int, int]:
    """The tabulated batches for the low, central and high bound. A larger batch needs less energy."""
    if batch is None:
        unknown = trail.default("batch", "batch/unknown")
        return unknown.high, unknown.central, unknown.low
    if batch > BATCHES[-1]:
        trail.warn(f"batch: {batch} is beyond the table, {BATCHES[-1]} is used")
    below = max(size for size in BATCHES if size <= batch)
    above = min((size for size in BATCHES if size >= batch), default=BATCHES[-1])
    return above, below, below


def _per_billion(batch: int | None, trail: Trail) -> Range:
    values = [trail.read(f"decode/per-billion/batch-{size:03}").value for size in _batches(batch, trail)]
    return Range(values[0].low, values[1].central, values[2].high)


def _params(served: ServedModel, trail: Trail) -> tuple[Range, Range]:
    if served.model is not None:
        active = trail.read(f"model/{served.model}/active-params").value
        return active, trail.read(f"model/{served.model}/total-params").value
    active = Range.exact(served.active_params or 0)
    if served.total_params is None:
        trail.warn("total_params: not stated, so every parameter is taken as active (a dense model)")
        return active, active
    return active, Range.exact(served.total_params)
