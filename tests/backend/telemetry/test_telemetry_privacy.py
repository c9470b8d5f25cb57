"""Prompts and completions: sent in every place that there is, and then looked for everywhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from nodes import SqliteDatabases, node_settings, served
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from otlp_sender import (
    CUMULATIVE,
    JSON,
    METRICS,
    NS,
    TRACES,
    Sender,
    pairs,
    point,
    resource_metrics,
    resource_spans,
    span,
)

from greenledger.api.app import create_app
from greenledger.telemetry import names

SECRET = "the purple elephant"  # noqa: S105 - what must not be found again
TEXT = f"Why does {SECRET} sing?"
START = 1_760_000_000 * NS
CONTENT = (
    *("gen_ai.prompt", "gen_ai.completion", "gen_ai.input.messages", "gen_ai.output.messages"),
    *("gen_ai.system_instructions", "gen_ai.tool.call.arguments", "gen_ai.prompt.0.content"),
    *("llm.prompts", "input.value", "output.value", "traceloop.entity.input", "exception.message", SECRET),
)
READ = (*names.SPAN_NAMES, *names.RESOURCE_NAMES, *names.POINT_NAMES)


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    return tmp_path / "private.sqlite"


@pytest.fixture
def private_node_url(
    deployed: Deployed, sqlite_databases: SqliteDatabases, database_path: Path
) -> Iterator[str]:
    with served(create_app(node_settings(deployed, sqlite_databases.copy(database_path)))) as url:
        yield url


def filled(message: Message, depth: int = 0) -> None:
    """Puts the text into every text field of a message and of those within it, and adds one of each list."""
    for field in message.DESCRIPTOR.fields:
        if field.containing_oneof is not None and message.WhichOneof(field.containing_oneof.name):
            continue
        if field.type == FieldDescriptor.TYPE_STRING and not field.is_repeated:
            if not getattr(message, field.name):
                setattr(message, field.name, TEXT)
        elif field.type == FieldDescriptor.TYPE_MESSAGE and depth < 8:
            _filled_within(message, field, depth)


def _filled_within(message: Message, field: FieldDescriptor, depth: int) -> None:
    inner = getattr(message, field.name)
    if field.message_type.name == "KeyValue" and field.is_repeated:
        known = {pair.key for pair in inner}
        inner.extend(pairs({name: TEXT for name in (*CONTENT, *READ) if name not in known}))
    elif field.is_repeated:
        for item in inner or [inner.add()]:
            filled(item, depth + 1)
    elif field.message_type.name != "AnyValue":
        filled(inner, depth + 1)


def traces() -> ExportTraceServiceRequest:
    """A span that counts, one whose model is a prompt, and one whose place is; texts everywhere in them."""
    nameless = span({"gen_ai.usage.input_tokens": 3, "gen_ai.response.model": TEXT})
    nowhere = resource_spans([span()], greenledger_place_country=TEXT)
    request = ExportTraceServiceRequest(
        resource_spans=[resource_spans([span(), nameless], "assistant"), nowhere]
    )
    kept = request.resource_spans[0].resource
    filled(request)
    # Without a stated place, so that this one is taken.
    places = [pair for pair in kept.attributes if pair.key not in names.PLACE]
    del kept.attributes[:]
    kept.attributes.extend(places)
    return request


def metrics() -> ExportMetricsServiceRequest:
    points = [point("input", 100, START, START + 60 * NS), point(TEXT, 5, START, START + 60 * NS)]
    request = ExportMetricsServiceRequest(resource_metrics=[resource_metrics(points, "other", CUMULATIVE)])
    filled(request)
    for group in request.resource_metrics:
        kept = [pair for pair in group.resource.attributes if pair.key not in names.PLACE]
        del group.resource.attributes[:]
        group.resource.attributes.extend(kept)
    return request


def in_otlp_json(request: Message) -> bytes:
    """protobuf's own JSON with ids as hex digits, as OTLP has them."""
    document = json.loads(json_format.MessageToJson(request))
    for group in document.get("resourceSpans", []):
        for scope in group["scopeSpans"]:
            for item, made in zip(scope["spans"], _spans(request), strict=False):
                item["traceId"], item["spanId"] = made.trace_id.hex(), made.span_id.hex()
                item.pop("parentSpanId", None)
    return json.dumps(document).encode()


def _spans(request: Any) -> list[Any]:
    return [made for group in request.resource_spans for scope in group.scope_spans for made in scope.spans]


def stored_bytes(file: Path) -> bytes:
    """The database with its journal, as it lies on the disk."""
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


async def test_texts_of_calls__wherever_they_are_sent__are_nowhere_to_be_found(
    private_node_url: str,
    database_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    assert SECRET in str(traces()) and SECRET in str(metrics())
    broken = b'{"resourceSpans":[{"resource":"' + TEXT.encode() + b'"}]}'
    answers: list[Any] = []
    async with Sender.signed_in(private_node_url) as sender:
        for path, request in ((TRACES, traces()), (METRICS, metrics())):
            answers.append(await sender.post(path, request.SerializeToString()))
            answers.append(await sender.post(path, in_otlp_json(request), JSON))
            answers.append(await sender.post(path, request.SerializeToString()[:-9]))
            answers.append(await sender.post(path, in_otlp_json(request)[:-9], JSON))
        answers.append(await sender.post(TRACES, broken, JSON))
        answers.append(await sender.post(TRACES, TEXT.encode(), JSON))
        stated = await sender.workloads()

    assert [answer.status_code for answer in answers] == [200, 200, 400, 400] * 2 + [400, 400]
    assert {(w["model"], w.get("input_tokens")) for w in stated} == {("gpt-4o", "1200"), ("gpt-4o", "100")}
    out, err = capfd.readouterr()
    places = {
        "the answers": b"".join(answer.content + str(answer.headers).encode() for answer in answers),
        "the workloads": json.dumps(stated).encode(),
        "the database": stored_bytes(database_path),
        "the logs": f"{out}{err}{caplog.text}".encode(),
    }
    assert b"gpt-4o" in places["the database"] and b"/v1/otlp/v1/traces" in places["the logs"]
    assert [name for name, content in places.items() if b"elephant" in content.lower()] == []
