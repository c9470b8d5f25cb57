"""Rows of inference for the tests of columns, drawn or listed, and what the integer path says of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from greenledger.columns.inference import NOT_STATED, InferenceColumns, Model
from greenledger.columns.result import ColumnResult, RowEstimate
from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.rules import MOST_TOKENS
from greenledger.footprint.workload import Place

FACTORS = load_factor_set()
NAMES = FACTORS.names("model/", "/active-params")
PLACES: tuple[Place | None, ...] = (
    None,
    *(Place(country=name) for name in FACTORS.names("grid/country/")),
    *(Place(country="US", state=name) for name in FACTORS.names("grid/state/US-")),
    *(Place(None, None, *name.split("/")) for name in FACTORS.names("grid/region/") if name.count("/") == 1),
)
Row = dict[str, Any]

_optional = {
    "requests": st.integers(1, 10**13),
    "batch": st.integers(1, 4096),
    "pue_ppm": st.integers(1_000_000, 3_000_000),
    "grid_mg_per_kwh": st.integers(0, 2_000_000),
    "wue_ul_per_kwh": st.integers(0, 20_000_000),
    "hardware_life_s": st.integers(2_592_000, 1_600_000_000),
    "embodied_share_ppm": st.integers(1, 1_000_000),
}
models = st.one_of(
    st.sampled_from(NAMES).map(Model),
    st.integers(10**6, 10**14).map(lambda active: Model(None, active)),
    st.tuples(st.integers(10**6, 10**13), st.integers(0, 9 * 10**13)).map(
        lambda pair: Model(None, pair[0], pair[0] + pair[1])
    ),
)


@st.composite
def rows(draw: st.DrawFn, most_tokens: int = MOST_TOKENS) -> Row:
    """A row that the rules allow. Sizes of all orders are as likely."""
    row: Row = draw(
        st.fixed_dictionaries(
            {"model": models, "place": st.sampled_from(PLACES), "year": st.integers(2010, 2100)},
            optional=_optional,
        )
    )
    room = 10 ** draw(st.integers(0, len(str(most_tokens)) - 1))
    tokens = max(room // row.get("requests", 1), 1)
    if row.get("requests", 1) * tokens > most_tokens:
        row["requests"] = 1
    row["input_tokens"] = draw(st.integers(0, tokens))
    row["cached_tokens"] = draw(st.just(0) | st.integers(0, row["input_tokens"]))
    row["output_tokens"] = tokens - row["input_tokens"] if draw(st.booleans()) else 0
    return row


def row_of(**stated: Any) -> Row:
    """A row with what most tests do not care for filled in."""
    usual = {
        "model": Model("llama-3.1-8b"),
        "place": Place(country="FR"),
        "year": 2025,
        "input_tokens": 0,
        "cached_tokens": 0,
        "output_tokens": 0,
    }
    return usual | stated


def columns_from(listed: list[Row]) -> InferenceColumns:
    """Columns of these rows; those that no row states are left out."""
    names = list(dict.fromkeys(row["model"] for row in listed))
    places = list(dict.fromkeys(row["place"] for row in listed))
    numbers = {name for row in listed for name in row} - {"model", "place"}
    return InferenceColumns(
        names,
        places,
        [names.index(row["model"]) for row in listed],  # type: ignore[arg-type]
        [places.index(row["place"]) for row in listed],  # type: ignore[arg-type]
        **{name: [row.get(name, NOT_STATED) for row in listed] for name in numbers},  # type: ignore[arg-type]
    )


def integers_of(found: Estimate) -> RowEstimate:
    """The part of an estimate that columns hold."""
    return RowEstimate(**{name: getattr(found, name) for name in RowEstimate._fields})


def assert_same(result: ColumnResult, columns: InferenceColumns, factors: FactorSet = FACTORS) -> None:
    """Every row of the result is what the integer path gives."""
    for row, found in enumerate(result):
        assert found == integers_of(estimate(columns.workload(row), factors)), columns.workload(row)
