"""Energy of inference from tokens: decode, prefill and cached input, with the batch as an input."""

from __future__ import annotations

from greenledger.footprint.ranges import Range
from greenledger.footprint.trail import Trail
from greenledger.footprint.workload import Workload

PPM = 1_000_000
BILLION = 1_000_000_000
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)  # those with a row of their own


def _batch(workload: Workload, trail: Trail) -> tuple[int, int, int]:
    """The tabulated batches for the low, central and high bound. A larger batch needs less energy."""
    if workload.batch is None:
        unknown = trail.default("batch", "batch/unknown")
        return unknown.high, unknown.central, unknown.low
    if workload.batch > BATCHES[-1]:
        trail.warn(f"batch: {workload.batch} is beyond the table, {BATCHES[-1]} is used")
    below = max(size for size in BATCHES if size <= workload.batch)
    above = min((size for size in BATCHES if size >= workload.batch), default=BATCHES[-1])
    return above, below, below


def _per_billion(workload: Workload, trail: Trail) -> Range:
    values = []
    for size in _batch(workload, trail):
        values.append(trail.read(f"decode/per-billion/batch-{size:03}").value)
    return Range(values[0].low, values[1].central, values[2].high)


def _params(workload: Workload, trail: Trail) -> tuple[int, int]:
    if workload.model is not None:
        active = trail.read(f"model/{workload.model}/active-params").value.central
        return active, trail.read(f"model/{workload.model}/total-params").value.central
    active = workload.active_params or 0
    if workload.total_params is None:
        trail.warn("total_params: not stated, so every parameter is taken as active (a dense model)")
    return active, workload.total_params or active


def token_energy_uwh(workload: Workload, trail: Trail) -> Range:
    """Energy of the nodes for all requests, uWh. Tokens are per request; without requests they are totals.

    energy per token = fixed + per 10^9 parameters x (active + a share of the inactive ones, whose weights a
    large batch reads as well). Rounds once, after the host overhead.
    """
    active, total = _params(workload, trail)
    params = Range.exact(active)
    if total > active:
        share = trail.default("inactive_experts", "inactive-experts/share")
        params = params + (share * (total - active)).divided(PPM)
    tokens_in, tokens_out = workload.input_tokens or 0, workload.output_tokens or 0
    cached = workload.cached_tokens or 0
    # Everything below is in 10^-9 nWh, so that only the last line rounds.
    energy = Range.exact(0)
    if tokens_out:
        per_billion = _per_billion(workload, trail)
        energy += (trail.read("decode/fixed").value * BILLION + per_billion * params) * tokens_out
    prefill = trail.read("prefill/per-billion").value * active if tokens_in else Range.exact(0)
    energy += prefill * (tokens_in - cached)
    energy = energy * PPM
    if cached:
        energy += prefill * trail.read("cached-token/share-of-prefill").value * cached
    host = trail.default("host_ppm", "host-overhead")
    return (energy * host * (workload.requests or 1)).divided(1000 * BILLION * PPM * PPM)
