"""Which parts of an export are read, once for both encodings, by the fields' names in the official messages.

Everything else is left behind before a message is made of it: names of spans, events, links, and every
attribute that is not named, so that prompts and completions never get any further than the body.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from greenledger.telemetry import names

MOST_ITEMS = 20_000  # of one export: spans, metrics, data points, and the groups that they are in
TOO_MANY_ITEMS = f"holds more than {MOST_ITEMS} spans or data points with their groups"


@dataclass(frozen=True, slots=True)
class Pairs:
    """A list of attributes, of which those named are kept; all of them without names. Of a value only text,
    numbers and booleans are kept, of a list or map nothing."""

    names: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list of objects of one shape. All lists of an export together are bounded by MOST_ITEMS."""

    shape: Shape


SCALAR = "scalar"
ID = "id"  # bytes; hex digits in JSON
Shape = Mapping[str, Any]  # field name to SCALAR, ID, Items, Pairs or the Shape of an object

VALUE: Shape = dict.fromkeys(("string_value", "bool_value", "int_value", "double_value"), SCALAR)

_SPAN: Shape = {
    "trace_id": ID,
    "span_id": ID,
    "parent_span_id": ID,
    "kind": SCALAR,
    "start_time_unix_nano": SCALAR,
    "end_time_unix_nano": SCALAR,
    "attributes": Pairs(names.SPAN_NAMES),
}
_RESOURCE: Shape = {"attributes": Pairs(names.RESOURCE_NAMES)}
TRACES: Shape = {
    "resource_spans": Items({"resource": _RESOURCE, "scope_spans": Items({"spans": Items(_SPAN)})})
}


def _data(*of_point: str) -> Shape:
    point = dict.fromkeys(("start_time_unix_nano", "time_unix_nano", "flags", *of_point), SCALAR)
    return {
        # All of them, since they are what tells series apart: only a hash of them is kept.
        "data_points": Items({"attributes": Pairs(None), **point}),
        "aggregation_temporality": SCALAR,
        "is_monotonic": SCALAR,
    }


_METRIC: Shape = {
    "name": SCALAR,
    "histogram": _data("sum", "count"),
    "exponential_histogram": _data("sum", "count"),
    "sum": _data("as_int", "as_double"),
    "gauge": _data("as_int", "as_double"),
}
METRICS: Shape = {
    "resource_metrics": Items(
        {
            "resource": {"attributes": Pairs(None)},
            "scope_metrics": Items({"scope": {"name": SCALAR}, "metrics": Items(_METRIC)}),
        }
    )
}
