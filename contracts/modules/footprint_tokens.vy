# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a model costs per token: decode, prefill and cached input, with the batch as an input
@license AGPL-3.0-only
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


from . import bounds


from . import factor_lookup as lookup


# The largest batch with a row of its own; they are the powers of two up to it.
LARGEST_BATCH: constant(uint256) = 256


# Energy of one request, and the tier of its evidence.
struct Serving:
    costs: IFootprintModel.Bounds       # 10^-21 nWh: 10^-9 nWh x ppm (cached share) x ppm (host)
    tier: uint8


@internal
@pure
def _serving(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], workload: IFootprintModel.Workload
) -> Serving:
    """
    @notice Energy per output token = fixed + per 10^9 parameters x (active + a share of the inactive ones, whose
            weights a large batch reads as well).
    """
    active: IFootprintModel.Bounds = bounds._exact(workload.active_params)
    total: IFootprintModel.Bounds = bounds._exact(max(workload.total_params, workload.active_params))
    if workload.model != "":
        active = lookup._row(factors, concat("model/", workload.model, "/active-params in parameters"))
        total = lookup._row(factors, concat("model/", workload.model, "/total-params in parameters"))
    params: IFootprintModel.Bounds = active
    if total.central > active.central:
        share: IFootprintModel.Bounds = lookup._row(factors, "inactive-experts/share in ppm")
        inactive: IFootprintModel.Bounds = IFootprintModel.Bounds(
            low=total.low - active.low, central=total.central - active.central, high=total.high - active.high
        )
        params = bounds._plus(active, bounds._scaled_ppm(inactive, share))
    costs: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
    if workload.output_tokens != 0:
        fixed: IFootprintModel.Bounds = lookup._row(factors, "decode/fixed in nWh/token")
        decode: IFootprintModel.Bounds = bounds._plus(
            bounds._many(fixed, 10**9), bounds._times(self._per_billion(factors, workload.batch), params)
        )
        costs = bounds._many(decode, bounds.PPM * workload.output_tokens)
    if workload.input_tokens != 0:
        prefill: IFootprintModel.Bounds = bounds._times(
            lookup._row(factors, "prefill/per-billion in nWh/token"), active
        )
        fresh: uint256 = workload.input_tokens - workload.cached_tokens
        costs = bounds._plus(costs, bounds._many(prefill, bounds.PPM * fresh))
        if workload.cached_tokens != 0:
            share: IFootprintModel.Bounds = lookup._row(factors, "cached-token/share-of-prefill in ppm")
            cached: IFootprintModel.Bounds = bounds._many(bounds._times(prefill, share), workload.cached_tokens)
            costs = bounds._plus(costs, cached)
    host_ppm: IFootprintModel.Bounds = lookup._row(factors, "host-overhead in ppm")
    is_known: bool = workload.model != "" and active.low == active.high
    return Serving(costs=bounds._times(costs, host_ppm), tier=5 if is_known else 6)


@internal
@pure
def _per_billion(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], batch: uint256
) -> IFootprintModel.Bounds:
    """
    @notice Each bound from the row of its batch: a larger batch needs less energy, so it gives the low bound.
    """
    listed: uint256 = min(batch, LARGEST_BATCH)
    below: uint256 = 1
    for _: uint256 in range(8):
        if below * 2 > listed:
            break
        below *= 2
    above: uint256 = below if below == listed else below * 2
    sizes: IFootprintModel.Bounds = IFootprintModel.Bounds(low=above, central=below, high=below)
    if batch == 0:
        unknown: IFootprintModel.Bounds = lookup._row(factors, "batch/unknown in requests")
        sizes = IFootprintModel.Bounds(low=unknown.high, central=unknown.central, high=unknown.low)
    return IFootprintModel.Bounds(
        low=self._of_batch(factors, sizes.low).low,
        central=self._of_batch(factors, sizes.central).central,
        high=self._of_batch(factors, sizes.high).high,
    )


@internal
@pure
def _of_batch(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], size: uint256
) -> IFootprintModel.Bounds:
    zeros: String[2] = "00" if size < 10 else "0" if size < 100 else ""
    return lookup._row(
        factors, concat("decode/per-billion/batch-", zeros, uint2str(convert(size, uint16)), " in nWh/token")
    )
