"""Bodies that are cut off, too large, in another encoding, or no export at all, and how they are answered."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from google.protobuf import json_format
from google.rpc.status_pb2 import Status
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from otlp_sender import JSON, METRICS, PROTOBUF, TRACES, Sender, resource_spans, span

MIB = 1_048_576
EXPORT = ExportTraceServiceRequest(resource_spans=[resource_spans([span()])]).SerializeToString()
GZIP = {"content-encoding": "gzip"}


def status_of(answer: httpx.Response) -> Status:
    """The answer's body as google.rpc.Status, in the encoding that its Content-Type names."""
    if answer.headers["content-type"] == "application/x-protobuf":
        return Status.FromString(answer.content)
    assert answer.headers["content-type"] == "application/json"
    return json_format.Parse(answer.content, Status())


def bomb(size: int) -> bytes:
    return gzip.compress(b"\n" * size)


def empty_messages(count: int) -> bytes:
    """An export of so many spans of two bytes each."""
    spans = b"\x12\x00" * count
    scope = b"\x12" + _length(spans) + spans
    return b"\x0a" + _length(scope) + scope


def _length(content: bytes) -> bytes:
    size, written = len(content), bytearray()
    while size > 127:
        written.append(size & 127 | 128)
        size >>= 7
    return bytes([*written, size])


REFUSED: dict[str, tuple[bytes, Mapping[str, str], int, str]] = {
    "no protobuf": (b"\xff\xff\xff", PROTOBUF, 400, "a whole protobuf message"),
    "protobuf cut off": (EXPORT[:-5], PROTOBUF, 400, "a whole protobuf message"),
    "a length beyond the end": (b"\x0a\xff\xff\xff\xff\x0f", PROTOBUF, 400, "a whole protobuf message"),
    "an endless number": (b"\x80" * 40, PROTOBUF, 400, "a whole protobuf message"),
    "a group": (b"\x0b\x0c", PROTOBUF, 400, "a whole protobuf message"),
    "JSON as protobuf": (b'{"resourceSpans":[]}', PROTOBUF, 400, "a whole protobuf message"),
    "protobuf as JSON": (EXPORT, JSON, 400, "is not JSON"),
    "JSON cut off": (b'{"resourceSpans":[', JSON, 400, "line 1, column 19"),
    "a JSON list": (b"[]", JSON, 400, "body: is not an object"),
    "spans that are no list": (b'{"resourceSpans":{}}', JSON, 400, "resourceSpans: is not a list"),
    "an id that is not hex": (
        b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"AAAA AAAA"}]}]}]}',
        JSON,
        400,
        "resourceSpans[0].scopeSpans[0].spans[0].traceId: is not an id",
    ),
    "a time that is no number": (
        b'{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":"soon"}]}]}]}',
        JSON,
        400,
        "does not fit its field",
    ),
    "JSON nested 100,000 deep": (b"[" * 100_000, JSON, 400, "is nested deeper than 100 levels"),
    "a number of 10,000 digits": (b'{"a":' + b"1" * 10_000 + b"}", JSON, 400, "is not JSON"),
    "NaN": (b'{"a":NaN}', JSON, 400, "is not JSON"),
    "gzip cut off": (gzip.compress(EXPORT)[:-12], PROTOBUF | GZIP, 400, "ends within its gzip stream"),
    "no gzip": (EXPORT, PROTOBUF | GZIP, 400, "is not gzip"),
    "gzip with a wrong checksum": (
        gzip.compress(EXPORT)[:-8] + b"\x00" * 8,
        PROTOBUF | GZIP,
        400,
        "is not gzip",
    ),
    "two gzip streams": (gzip.compress(EXPORT) * 2, PROTOBUF | GZIP, 400, "goes on after its gzip stream"),
    "zlib as gzip": (zlib.compress(EXPORT), PROTOBUF | GZIP, 400, "is not gzip"),
    "a gzip bomb": (bomb(200 * MIB), PROTOBUF | GZIP, 413, "holds more than 16777216 bytes"),
    "a gzip bomb of JSON": (bomb(17 * MIB), JSON | GZIP, 413, "holds more than 16777216 bytes"),
    "a JSON line of 10 MB": (b'{"a":"' + b"x" * 10_000_000 + b'"}', JSON, 413, "larger than 8388608 bytes"),
    "protobuf of 10 MB": (b"\x00" * 10_000_000, PROTOBUF, 413, "larger than 8388608 bytes"),
    "a million empty spans": (empty_messages(1_000_000), PROTOBUF, 413, "holds more than 20000 spans"),
    "a million empty spans in JSON": (
        b'{"resourceSpans":[{"scopeSpans":[{"spans":[' + b"{}," * 999_999 + b"{}]}]}]}",
        JSON,
        413,
        "holds more than 20000 spans",
    ),
    "two million texts in JSON": (
        b'{"a":[' + b'"",' * 1_000_000 + b"1]}",
        JSON,
        413,
        "holds more than 2000000 brackets and quotes",
    ),
    "a million fields": (b"\x10\x00" * 1_000_001, PROTOBUF, 413, "holds more than 1000000 fields"),
    "no type": (EXPORT, {}, 415, "application/x-protobuf or application/json"),
    "another type": (EXPORT, {"content-type": "text/plain"}, 415, "application/x-protobuf"),
    "another coding": (EXPORT, PROTOBUF | {"content-encoding": "br"}, 415, "gzip"),
}


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, TRACES) for name in REFUSED]
    + [(name, METRICS) for name, (body, *_) in REFUSED.items() if b"resourceSpans" not in body],
)
async def test_body__that_cannot_be_taken__is_refused_in_the_protocols_shape(
    sender: Sender, name: str, path: str
) -> None:
    body, headers, expected, text = REFUSED[name]

    answer = await sender.post(path, body, headers)

    assert answer.status_code == expected
    status = status_of(answer)
    assert text in status.message
    assert status.code == {400: 3, 413: 8, 415: 3}[expected]
    is_protobuf = headers.get("content-type") == "application/x-protobuf"
    assert answer.headers["content-type"] == ("application/x-protobuf" if is_protobuf else "application/json")
    assert "retry-after" not in answer.headers


async def test_export__without_a_key__is_refused_unread(sender: Sender, node_url: str) -> None:
    async with httpx.AsyncClient(base_url=node_url) as nobody:
        answer = await nobody.post(TRACES, content=EXPORT, headers=PROTOBUF)

    assert answer.status_code == 401
    assert status_of(answer).code == 16  # UNAUTHENTICATED


async def test_export__to_a_signal_that_is_not_taken__is_a_status_too(sender: Sender) -> None:
    answer = await sender.post("/v1/otlp/v1/logs", EXPORT)

    assert answer.status_code == 404
    assert status_of(answer).code == 5  # NOT_FOUND


async def test_export__with_another_method__is_a_status_too(sender: Sender) -> None:
    answer = await sender.client.get(TRACES, headers=PROTOBUF)

    assert answer.status_code == 405
    assert status_of(answer).code == 12  # UNIMPLEMENTED


@pytest.mark.parametrize("path", [TRACES, METRICS])
async def test_export__with_nothing_in_it__is_a_success(sender: Sender, path: str) -> None:
    in_protobuf = await sender.post(path, b"")
    in_json = await sender.post(path, b"{}", JSON)

    assert (in_protobuf.status_code, in_protobuf.content) == (200, b"")
    assert (in_json.status_code, in_json.json()) == (200, {})


def as_json(**changes: Any) -> dict[str, Any]:
    """A span in OTLP's own JSON, with integers as text and as numbers, and fields that nobody knows."""
    attributes = [
        {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}},
        {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "1200"}},
        {"key": "gen_ai.usage.output_tokens", "value": {"intValue": 300}},
        {"key": "gen_ai.operation.name", "value": {"stringValue": "cut off \ud83d"}},
        {"key": "some.list", "value": {"arrayValue": {"values": [{"stringValue": "x"}]}}},
    ]
    fields = {
        "traceId": "5B8EFFF798038103D269B633813FC60C",
        "spanId": "EEE19B7EC3C1B174",
        "parentSpanId": "",
        "name": "chat",
        "kind": 3,
        "startTimeUnixNano": "1760000000000000000",
        "endTimeUnixNano": 1760000002000000000,
        "attributes": attributes,
        "status": {},
        "newField": [1, {"of": "a later version"}],
    }
    group = {"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": [fields | changes]}]}
    return {"resourceSpans": [group]}


async def test_json__in_otlps_own_mapping__is_read_like_protobuf(sender: Sender) -> None:
    answer = await sender.post(TRACES, json.dumps(as_json()).encode(), JSON)
    again = await sender.traces(
        resource_spans(
            [
                span(
                    {
                        "gen_ai.request.model": "gpt-4o",
                        "gen_ai.usage.input_tokens": 1200,
                        "gen_ai.usage.output_tokens": 300,
                    },
                    trace_id=bytes.fromhex("5B8EFFF798038103D269B633813FC60C"),
                    span_id=bytes.fromhex("EEE19B7EC3C1B174"),
                    start_time_unix_nano=1760000000000000000,
                    end_time_unix_nano=1760000002000000000,
                )
            ]
        )
    )

    assert (answer.status_code, answer.json()) == (200, {})
    assert not again.partial_success.rejected_spans
    (stated,) = await sender.workloads()
    assert stated == {
        "kind": "inference",
        "start": "1760000000",
        "end": "1760000002",
        "name": "otlp:5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174",
        "model": "gpt-4o",
        "requests": "1",
        "input_tokens": "1200",
        "output_tokens": "300",
    }


async def test_json__with_a_span_that_is_refused__partial_success_in_json(sender: Sender) -> None:
    answer = await sender.post(TRACES, json.dumps(as_json(spanId="00")).encode(), JSON)

    assert answer.status_code == 200
    said = answer.json()["partialSuccess"]
    assert said["rejectedSpans"] == "1"
    assert "span_id: 1 bytes or all zero, expected 8 bytes" in said["errorMessage"]
    assert await sender.workloads() == []


async def test_json__with_half_a_surrogate_pair__is_taken(sender: Sender) -> None:
    body = json.dumps(as_json(name="cut off \ud83d")).encode()

    answer = await sender.post(TRACES, body, JSON)

    assert (answer.status_code, answer.json()) == (200, {})
    assert len(await sender.workloads()) == 1


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "deflate", "identity"])
async def test_content_coding__that_is_known__is_undone(sender: Sender, coding: str) -> None:
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}.get(coding.lower(), bytes)
    body = ExportTraceServiceRequest(resource_spans=[resource_spans([span()])]).SerializeToString()

    answer = await sender.post(TRACES, packed(body), PROTOBUF | {"content-encoding": coding})

    assert (answer.status_code, answer.content) == (200, b"")
    assert len(await sender.workloads()) == 1
