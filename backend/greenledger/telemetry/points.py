"""Reading the data points of a metrics export that count tokens of models."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from opentelemetry.proto.metrics.v1.metrics_pb2 import AggregationTemporality, DataPointFlags

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.footprint.rules import MOST_TOKENS
from greenledger.telemetry import names
from greenledger.telemetry.attributes import Attributes, first_text, read_attributes
from greenledger.telemetry.findings import Findings
from greenledger.telemetry.resources import Resource, read_resource

_TEMPORALITY = {
    AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA: False,
    AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE: True,
}


class Sum(NamedTuple):
    """Tokens since a start in Unix nanoseconds, 0 if that is unknown."""

    start_ns: int
    tokens: int


@dataclass(slots=True)
class Reading:
    """Tokens by type (input, output) of one model at one time: data points that differ by token type only.

    Their starts may differ, since the SDKs begin each where it first has a value.
    """

    series: str  # hash of everything that tells series apart, but the token type
    models: tuple[str, ...]
    resource: Resource
    is_cumulative: bool
    time_ns: int  # Unix nanoseconds
    sums: dict[str, Sum] = field(default_factory=dict)


class _Unreadable(Exception):
    def __init__(self, name: str, problem: str, expected: str) -> None:
        super().__init__(name)
        self.error = FieldError(name, problem, expected)


def read_points(request: Any, factors: FactorSet, findings: Findings) -> list[Reading]:
    """The readings of an ExportMetricsServiceRequest, by time. `findings` gets what cannot be read."""
    readings: dict[tuple[str, int], Reading] = {}
    for group in request.resource_metrics:
        resource = read_resource(group.resource, factors)
        owner = group.resource.SerializeToString(deterministic=True)
        for scope in group.scope_metrics:
            for metric in scope.metrics:
                if metric.name == names.TOKEN_METRIC:
                    identity = _digest(owner, scope.scope.name.encode())
                    _read_metric(metric, identity, resource, readings, findings)
    return sorted(readings.values(), key=lambda reading: reading.time_ns)


def _digest(*parts: bytes) -> bytes:
    """One hash of several byte strings, each with its length before it."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _read_metric(
    metric: Any,
    identity: bytes,
    resource: Resource,
    readings: dict[tuple[str, int], Reading],
    findings: Findings,
) -> None:
    for kind, data, point in _points(metric):
        if point.flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK:
            continue
        attributes = read_attributes(point.attributes, names.POINT_NAMES)
        try:
            is_cumulative = _is_cumulative(kind, data)
            token_type, tokens = _token_type(attributes), _tokens(kind, point)
        except _Unreadable as unreadable:
            findings.refuse([unreadable.error], f"metric {names.TOKEN_METRIC}")
            continue
        key = (_series(identity, kind, point), point.time_unix_nano)
        fresh = Reading(key[0], _models(attributes), resource, is_cumulative, key[1])
        sums = readings.setdefault(key, fresh).sums
        found = Sum(point.start_time_unix_nano, tokens)
        # Of a point that stands twice in one export the later start counts, then the larger sum.
        sums[token_type] = max(found, sums.get(token_type, found))


def _points(metric: Any) -> Iterator[tuple[str, Any, Any]]:
    kind = metric.WhichOneof("data")
    if kind is not None:
        data = getattr(metric, kind)
        yield from ((kind, data, point) for point in data.data_points)


def _is_cumulative(kind: str, data: Any) -> bool:
    if kind not in ("histogram", "exponential_histogram", "sum"):
        raise _Unreadable(f"data.{kind}", "does not add up", "a histogram or a monotonic sum")
    if kind == "sum" and not data.is_monotonic:
        raise _Unreadable("sum.is_monotonic", "false", "a sum that only grows, or a histogram")
    if data.aggregation_temporality not in _TEMPORALITY:
        raise _Unreadable("aggregation_temporality", "not stated", "delta or cumulative")
    return _TEMPORALITY[data.aggregation_temporality]


def _token_type(attributes: Attributes) -> str:
    stated = first_text(attributes, names.TOKEN_TYPE)
    if stated not in names.TOKEN_TYPES:
        problem = "missing" if stated is None else "not one of those that add up"
        raise _Unreadable(names.TOKEN_TYPE[0], problem, "input or output")
    return names.TOKEN_TYPES[stated]


def _tokens(kind: str, point: Any) -> int:
    if kind == "sum":
        value = point.as_int if point.WhichOneof("value") == "as_int" else point.as_double
    elif point.HasField("sum"):
        value = point.sum
    else:
        raise _Unreadable("sum", "missing", "the sum of the histogram")
    if not math.isfinite(value) or not 0 <= value <= MOST_TOKENS or value != int(value):
        raise _Unreadable("sum", "not a number of tokens", f"a whole number from 0 to {MOST_TOKENS}")
    return int(value)


def _models(attributes: Attributes) -> tuple[str, ...]:
    stated = (first_text(attributes, names.ANSWERED_MODEL), first_text(attributes, names.ASKED_MODEL))
    return tuple(dict.fromkeys(model for model in stated if model is not None))


def _series(identity: bytes, kind: str, point: Any) -> str:
    others = sorted(
        pair.SerializeToString(deterministic=True)
        for pair in point.attributes
        if pair.key not in names.TOKEN_TYPE
    )
    return _digest(identity, kind.encode(), *others).hex()
