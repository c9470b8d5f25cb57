"""Inference by tokens as columns: one entry for each row, or a choice from a short list of names."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from greenledger.columns.arrays import Ints
from greenledger.footprint.workload import Kind, Place, Workload

NOT_STATED = -1


class Model(NamedTuple):
    """An id of the catalogue, or parameters."""

    name: str | None = None
    active_params: int | None = None
    total_params: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class InferenceColumns:
    """Rows of inference by tokens. Each column holds what the field of that name may hold in a workload.

    Columns are NumPy arrays or lists of integers; NOT_STATED (-1) stands for a field that a row does not
    state, and None for a column that no row states. `model` and `place` are positions in `models` and
    `places`; a place may be None, which is an unknown one. `year` is that of the start, in UTC. Tokens are
    per request, or the totals where `requests` is not stated; 0 tokens may also stand for none stated.

    Raises ValueError for columns of unequal length, TypeError for columns of anything but integers.
    """

    models: Sequence[Model]
    places: Sequence[Place | None]
    model: Ints
    place: Ints
    year: Ints
    input_tokens: Ints
    output_tokens: Ints
    cached_tokens: Ints | None = None
    requests: Ints | None = None
    batch: Ints | None = None
    pue_ppm: Ints | None = None
    grid_mg_per_kwh: Ints | None = None
    wue_ul_per_kwh: Ints | None = None
    hardware_life_s: Ints | None = None
    embodied_share_ppm: Ints | None = None

    def __post_init__(self) -> None:
        for name in COLUMNS:
            stated = getattr(self, name)
            column = None if stated is None else _integers(name, stated)
            object.__setattr__(self, name, column)
            if column is not None and column.shape != self.model.shape:
                expected = f"one dimension with {len(self)} rows as in the column model"
                raise ValueError(f"{name}: shape {column.shape}, expected {expected}")

    def __len__(self) -> int:
        return int(self.model.size)

    def stated(self, name: str, row: int) -> int | None:
        """What one row states in one of `NUMBERS`."""
        column: Ints | None = getattr(self, name)
        return None if column is None or column[row] == NOT_STATED else int(column[row])

    def workload(self, row: int) -> Workload:
        """One row as the integer path reads it. Of its time only the year of the start is known."""
        start = calendar.timegm((int(self.year[row]), 1, 1, 0, 0, 0))
        served = self.models[self.model[row]]
        numbers: dict[str, Any] = {name: self.stated(name, row) for name in NUMBERS}
        return Workload(
            Kind.INFERENCE,
            start,
            start + 1,
            place=self.places[self.place[row]],
            model=served.name,
            active_params=served.active_params,
            total_params=served.total_params,
            **numbers,
        )


COLUMNS = tuple(entry.name for entry in fields(InferenceColumns))[2:]
NUMBERS = tuple(name for name in COLUMNS if name not in {"model", "place", "year"})
COUNTED = ("input_tokens", "output_tokens", "cached_tokens")  # 0 where a workload does not state them
# What else a workload may state that changes the integers, and how it looks where it states none of it.
_OTHER_WORK = ("phases", "measured_uwh", "measurement_scope", "idle_uwh", "task", "units", "contracts")
_OTHER = attrgetter(*_OTHER_WORK, "residual_mg_per_kwh", "grid_water_ul_per_kwh")
_NO_OTHER = ((), None, None, None, None, None, (), None, None)
_STATED = attrgetter("start", "place", "model", "active_params", "total_params", *NUMBERS)


def _integers(name: str, stated: Any) -> Ints:
    column = np.asarray(stated)
    if column.size == 0:
        column = column.astype(np.int64)
    if column.dtype.kind not in "iu" or (column.dtype == np.uint64 and (column > 2**63 - 1).any()):
        raise TypeError(f"{name}: {column.dtype} values, expected integers below 2^63")
    return column.astype(np.int64, copy=False)


def fits(workload: Workload) -> bool:
    """Whether columns hold everything that its integers depend on: inference by the tokens of a model."""
    one_model = (workload.model is None) != (workload.active_params is None)
    return one_model and _OTHER(workload) == _NO_OTHER


def columns_of(workloads: Iterable[Workload]) -> InferenceColumns:
    """Columns of read workloads. Raises ValueError with the row of the first that does not fit.

    Names, times within a year, reasoning tokens and functional units change none of the integers and are not
    kept.
    """
    rows = list(workloads)
    for at, workload in enumerate(rows):
        if not fits(workload):
            expected = "tokens of a model without contracts, residual mix, idle energy or grid water"
            raise ValueError(f"rows[{at}]: does not fit into columns, expected {expected}")
    return columns_of_fitting(rows)


def columns_of_fitting(rows: Sequence[Workload]) -> InferenceColumns:
    """As `columns_of` where each is known to fit."""
    if not rows:
        return InferenceColumns((), (), *([[]] * 5))  # type: ignore[arg-type]  # lists become arrays
    start, place, name, active, total, *numbers = zip(*map(_STATED, rows), strict=True)
    places: dict[Place | None, int] = {}
    models: dict[tuple[Any, ...], int] = {}
    place_codes = [places.setdefault(item, len(places)) for item in place]
    model_codes = [models.setdefault(item, len(models)) for item in zip(name, active, total, strict=True)]
    stated: dict[str, Any] = {
        name: _column(name, values) for name, values in zip(NUMBERS, numbers, strict=True)
    }
    return InferenceColumns(
        tuple(Model(*item) for item in models),
        tuple(places),
        np.array(model_codes, np.int64),
        np.array(place_codes, np.int64),
        np.array(start, "datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970,
        **stated,
    )


def _column(name: str, values: tuple[int | None, ...]) -> Ints | None:
    absent = 0 if name in COUNTED else NOT_STATED
    if None not in values:
        return np.array(values, np.int64)
    if absent == NOT_STATED and all(value is None for value in values):
        return None
    return np.array([absent if value is None else value for value in values], np.int64)
