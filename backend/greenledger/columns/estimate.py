"""Estimates of columns: constants once for each combination that occurs, then exact quotients by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from greenledger.columns.arrays import Bools, Ints
from greenledger.columns.checking import check_columns
from greenledger.columns.inference import NOT_STATED, InferenceColumns, columns_of_fitting, fits
from greenledger.columns.quotients import Constants, quotients, quotients_by_row
from greenledger.columns.resolving import Resolved, resolve
from greenledger.columns.result import NONE_STATED, ColumnResult, empty_result, put_estimates
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.rules import EARLIEST
from greenledger.footprint.workload import Kind, Workload

_AT_ONCE = 16_384  # rows whose intermediate arrays stay in a processor's cache
# What stands in the columns for a workload that does not fit, so that rows keep their numbers.
_NOTHING = Workload(Kind.INFERENCE, EARLIEST, EARLIEST + 1, active_params=1_000_000)


def estimate_columns(columns: InferenceColumns, factors: FactorSet) -> ColumnResult:
    """What `footprint.estimate` gives for every row, the same integers.

    Speed comes from rows that share models, batches and sites. Rows whose numbers exceed what is proven exact
    in `quotients` are estimated by the integer path, one by one. Raises InvalidWorkload with the row of
    whatever is out of range, UnknownFactor for names that `factors` lacks.
    """
    check_columns(columns)
    result = empty_result(len(columns))
    if not len(columns):
        return result
    resolved = resolve(columns, factors)
    beyond = np.zeros(len(columns), np.bool_)
    for first in range(0, len(columns), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        _estimate_rows(columns, rows, resolved, result, beyond[rows])
    others = {row: columns.workload(row) for row in np.flatnonzero(beyond).tolist()}
    return _by_integers(others, factors, result)


def estimate_many(workloads: Iterable[Workload], factors: FactorSet) -> ColumnResult:
    """Estimates of read workloads of any kind, in their order: the same integers as `footprint.estimate`.

    In columns what fits there, the rest one by one. Raises InvalidWorkload with the row, and UnknownFactor.
    """
    stated = list(workloads)
    others = {row: workload for row, workload in enumerate(stated) if not fits(workload)}
    columns = columns_of_fitting([_NOTHING if row in others else one for row, one in enumerate(stated)])
    return _by_integers(others, factors, estimate_columns(columns, factors))


def _by_integers(workloads: Mapping[int, Workload], factors: FactorSet, result: ColumnResult) -> ColumnResult:
    estimates = []
    for row, workload in workloads.items():
        try:
            estimates.append(estimate(workload, factors))
        except InvalidWorkload as error:
            at = f"rows[{row}]"
            located = [replace(e, field=f"{at}.{e.field}" if e.field else at) for e in error.errors]
            raise InvalidWorkload(tuple(located)) from error
    return put_estimates(result, list(workloads), estimates)


def _estimate_rows(
    columns: InferenceColumns, rows: slice, resolved: Resolved, result: ColumnResult, beyond: Bools
) -> None:
    def stage(constants: Constants, codes: Ints, amounts: list[Ints], name: str) -> Ints:
        out: Ints = getattr(result, name)[:, rows]
        quotients(constants.at(codes[rows]), amounts, beyond, out)
        return out

    requests = None if columns.requests is None else columns.requests[rows]
    tokens = _tokens(columns, rows, requests)
    served, site = resolved.served, resolved.site
    it_energy = stage(resolved.tokens, served, [tokens[kind] for kind in resolved.kinds], "it_energy_uwh")
    energy = stage(resolved.facility, site, [it_energy], "energy_uwh")
    operational = stage(resolved.location, site, [energy], "operational_ug")
    embodied = stage(resolved.embodied, resolved.life, [it_energy], "embodied_ug")
    stage(resolved.water, site, [it_energy], "water_ul")
    total = np.add(operational, embodied, out=result.total_ug[:, rows])
    _per_request(total, requests, beyond, result.per_request_ug[:, rows])
    result.tier[rows] = resolved.tiers[resolved.serving_tiers[served[rows]], site[rows]]


def _tokens(columns: InferenceColumns, rows: slice, requests: Ints | None) -> tuple[Ints, Ints, Ints]:
    """All tokens of each row by kind, in the order of `resolving`: at most 10^15, which is below 2^50."""
    output, fresh, cached = columns.output_tokens[rows], columns.input_tokens[rows], np.zeros(1, np.int64)
    if columns.cached_tokens is not None:
        cached = columns.cached_tokens[rows]
        fresh = fresh - cached
    if requests is None:
        return output, fresh, cached
    times = np.maximum(requests, 1)
    return output * times, fresh * times, cached * times


def _per_request(total: Ints, requests: Ints | None, beyond: Bools, out: Ints) -> None:
    if requests is None:
        out[...] = NONE_STATED
        return
    quotients_by_row(total, np.maximum(requests, 1), beyond, out)
    out[:, requests == NOT_STATED] = NONE_STATED
