"""A million rows for the columnar batch path, proven to give the same integers as one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from greenledger.columns.estimate import estimate_columns
from greenledger.columns.inference import COLUMNS, InferenceColumns, columns_of
from greenledger.footprint.estimate import STAGES, estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from scripts.bench.timing import Figure, rate
from scripts.bench.workloads import SEED, workloads

ROWS = 1_000_000
COMPARED = 1_000
# An hour of one client. Rows beyond 562 MWh leave the columns for the integer path, one by one; ten million
# requests to a large model are as much.
MOST_REQUESTS = 10_000


def rows_of(factors: FactorSet, count: int) -> InferenceColumns:
    """Rows at the models, batches and sites of single workloads, with tokens and requests of their own."""
    few, pick = columns_of(workloads(factors, "inference")), np.random.default_rng(SEED)
    chosen = pick.integers(0, len(few), count)
    stated = {name: getattr(few, name) for name in COLUMNS}
    columns = {name: column[chosen] for name, column in stated.items() if column is not None}
    tokens = pick.integers(50, 20_000, count)
    columns["input_tokens"] = tokens
    columns["cached_tokens"] = np.where(columns["cached_tokens"] > 0, tokens // 3, 0)
    columns["output_tokens"] = pick.integers(20, 4_000, count)
    columns["requests"] = pick.integers(1, MOST_REQUESTS, count)
    return replace(few, **columns)


def batch() -> dict[str, Figure]:
    """Rows per second. Raises RuntimeError if a row is not what the integer path gives."""
    factors = load_factor_set()
    columns = rows_of(factors, ROWS)
    result = estimate_columns(columns, factors)
    for row in range(0, ROWS, ROWS // COMPARED):
        single, found = estimate(columns.workload(row), factors), result.row(row)
        if any(getattr(single, stage) != getattr(found, stage) for stage in STAGES):
            raise RuntimeError(f"batch: row {row} differs from the integer path")
    what = f"inference rows in columns, {ROWS:,} at once"
    return {"batch_rows_per_s": rate(what, lambda: estimate_columns(columns, factors), ROWS, repetitions=5)}
