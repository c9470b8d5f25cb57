"""Whatever the bytes of an export are, they are read or refused, and what nobody reads is left behind."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from otlp_sender import CUMULATIVE, GPT_4O, NS, point, resource_metrics, resource_spans, span

from greenledger.footprint.factors import load_factor_set
from greenledger.telemetry.errors import BadExport
from greenledger.telemetry.findings import Findings
from greenledger.telemetry.messages import JSON, METRICS, PROTOBUF, TRACES, decode
from greenledger.telemetry.points import read_points
from greenledger.telemetry.spans import read_spans

START = 1_760_000_000 * NS
A_SPAN = span(GPT_4O | {"gen_ai.input.messages": "what nobody reads"})
SPANS = ExportTraceServiceRequest(resource_spans=[resource_spans([A_SPAN], cloud_provider="aws")])
POINTS = ExportMetricsServiceRequest(
    resource_metrics=[resource_metrics([point("input", 5, START, START + NS)], "one", CUMULATIVE)]
)
BINARY = {TRACES: SPANS.SerializeToString(), METRICS: POINTS.SerializeToString()}
ATTRIBUTE = {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "5"}}
MODEL = {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}}
TYPE = {"key": "gen_ai.token.type", "value": {"stringValue": "input"}}
TEXTS = {
    TRACES: {
        "resourceSpans": [
            {
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "one"}}]},
                "scopeSpans": [
                    {
                        "spans": [
                            {
                                "traceId": "5b8efff798038103d269b633813fc60c",
                                "spanId": "eee19b7ec3c1b174",
                                "parentSpanId": "",
                                "kind": 3,
                                "startTimeUnixNano": "1760000000000000000",
                                "endTimeUnixNano": 1760000001000000000,
                                "attributes": [ATTRIBUTE, MODEL],
                            }
                        ]
                    }
                ],
            }
        ]
    },
    METRICS: {
        "resourceMetrics": [
            {
                "resource": {"attributes": [MODEL]},
                "scopeMetrics": [
                    {
                        "scope": {"name": "test"},
                        "metrics": [
                            {
                                "name": "gen_ai.client.token.usage",
                                "histogram": {
                                    "aggregationTemporality": 2,
                                    "dataPoints": [
                                        {
                                            "attributes": [MODEL, TYPE],
                                            "startTimeUnixNano": "1760000000000000000",
                                            "timeUnixNano": "1760000001000000000",
                                            "count": "1",
                                            "sum": 5,
                                            "flags": 0,
                                        }
                                    ],
                                },
                            }
                        ],
                    }
                ],
            }
        ]
    },
}
KINDS = pytest.mark.parametrize("kind", [TRACES, METRICS], ids=["traces", "metrics"])
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["NaN", "Infinity", "-1", "1e400", "SPAN_KIND_SERVER", "\ud83d", "00", "2e0"]),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just([[None]]),
)


def read(body: bytes, media_type: str, kind: Any) -> int | None:
    """How many spans or readings there are, or None if the body is refused."""
    try:
        message = decode(body, media_type, kind)
    except BadExport:
        return None
    factors = load_factor_set()
    if kind is TRACES:
        return len(list(read_spans(message, factors)))
    return len(read_points(message, factors, Findings("data point")))


def places(value: object) -> list[tuple[Any, Any]]:
    """Every member of a document with what holds it."""
    pairs = list(value.items()) if isinstance(value, dict) else []
    items: list[Any] = list(enumerate(value)) if isinstance(value, list) else pairs
    return [found for key, inner in items for found in [(value, key), *places(inner)]]


@KINDS
def test_decode__of_what_the_other_tests_change__is_read(kind: Any) -> None:
    assert read(BINARY[kind], PROTOBUF, kind) == 1
    assert read(json.dumps(TEXTS[kind]).encode(), JSON, kind) == 1


@KINDS
@given(data=st.data())
def test_decode__of_json_with_anything_in_any_place__reads_or_refuses(kind: Any, data: st.DataObject) -> None:
    document = copy.deepcopy(TEXTS[kind])
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(document)))
        holder[key] = copy.deepcopy(data.draw(ODD))

    assert read(json.dumps(document).encode(), JSON, kind) in (None, 0, 1)


@KINDS
@given(data=st.data())
def test_decode__of_protobuf_with_any_bytes_changed__reads_or_refuses(kind: Any, data: st.DataObject) -> None:
    body = bytearray(BINARY[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))

    assert read(bytes(body[: data.draw(st.integers(0, len(body)))]), PROTOBUF, kind) in (None, 0, 1)


@given(st.binary(max_size=200))
def test_decode__of_any_bytes__reads_or_refuses(body: bytes) -> None:
    for kind in (TRACES, METRICS):
        assert read(body, PROTOBUF, kind) in (None, 0)


def test_decode__of_a_span_with_a_prompt__leaves_it_behind() -> None:
    kept = decode(BINARY[TRACES], PROTOBUF, TRACES).SerializeToString()

    assert b"what nobody reads" in BINARY[TRACES]
    assert b"gen_ai.usage.input_tokens" in kept
    assert b"what nobody reads" not in kept and b"gen_ai.input.messages" not in kept
