"""A program with a key that sends telemetry, and the messages that it sends."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from nodes import ORIGIN, new_person, sign_in
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import HistogramDataPoint, Metric
from opentelemetry.proto.trace.v1.trace_pb2 import Span

TRACES = "/v1/otlp/v1/traces"
METRICS = "/v1/otlp/v1/metrics"
PROTOBUF = {"content-type": "application/x-protobuf"}
JSON = {"content-type": "application/json"}
NS = 1_000_000_000
DELTA, CUMULATIVE = 1, 2

GPT_4O: dict[str, Any] = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.usage.input_tokens": 1200,
    "gen_ai.usage.output_tokens": 300,
}


@dataclass(frozen=True)
class Sender:
    """Sends as a program does: with a key, and without a cookie."""

    client: httpx.AsyncClient
    account: str
    key: str

    @classmethod
    @asynccontextmanager
    async def signed_in(cls, node_url: str) -> AsyncIterator[Sender]:
        person = new_person()
        async with httpx.AsyncClient(base_url=node_url, headers={"origin": ORIGIN}) as wallet:
            await sign_in(wallet, person)
            made = await wallet.post("/v1/keys", json={"name": "telemetry", "scopes": ["submit"]})
            assert made.status_code == 201, made.text
        key: str = made.json()["key"]
        bearer = {"authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=node_url, headers=bearer, timeout=60) as client:
            yield cls(client, person.address, key)

    async def post(self, path: str, body: bytes, headers: Mapping[str, str] = PROTOBUF) -> httpx.Response:
        return await self.client.post(path, content=body, headers=headers)

    async def traces(self, *groups: Any) -> ExportTraceServiceResponse:
        """Sends resource spans as protobuf, which has to be taken, and gives the answer."""
        request = ExportTraceServiceRequest(resource_spans=groups)
        answer = await self.post(TRACES, request.SerializeToString())
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/x-protobuf"
        found: ExportTraceServiceResponse = ExportTraceServiceResponse.FromString(answer.content)
        return found

    async def metrics(self, *groups: Any) -> ExportMetricsServiceResponse:
        """Sends resource metrics likewise."""
        request = ExportMetricsServiceRequest(resource_metrics=groups)
        answer = await self.post(METRICS, request.SerializeToString())
        assert answer.status_code == 200, answer.text
        found: ExportMetricsServiceResponse = ExportMetricsServiceResponse.FromString(answer.content)
        return found

    async def workloads(self) -> list[dict[str, Any]]:
        """What the account has stated, oldest first, without the names."""
        answer = await self.client.get("/v1/workloads", params={"limit": 500})
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return [item["workload"] for item in reversed(items)]


def pairs(attributes: Mapping[str, Any]) -> list[KeyValue]:
    found = []
    for key, value in attributes.items():
        pair = KeyValue(key=key)
        kinds = {bool: "bool_value", int: "int_value", str: "string_value", float: "double_value"}
        setattr(pair.value, kinds[type(value)], value)
        found.append(pair)
    return found


def new_trace() -> bytes:
    return secrets.token_bytes(16)


def span(attributes: Mapping[str, Any] | None = None, **changes: Any) -> Span:
    """A client's span of two seconds that ended a minute ago, with the usage of GPT-4o by default."""
    end = time.time_ns() - 60 * NS
    fields: dict[str, Any] = {
        "trace_id": new_trace(),
        "span_id": secrets.token_bytes(8),
        "name": "chat gpt-4o",
        "kind": Span.SPAN_KIND_CLIENT,
        "start_time_unix_nano": end - 2 * NS,
        "end_time_unix_nano": end,
        "attributes": pairs(GPT_4O if attributes is None else attributes),
    }
    return Span(**fields | changes)


def resource_spans(spans: Sequence[Span], service: str = "", **attributes: Any) -> Any:
    request = ExportTraceServiceRequest()
    group = request.resource_spans.add()
    group.resource.attributes.extend(pairs(_resource(service, attributes)))
    group.scope_spans.add().spans.extend(spans)
    return group


def _resource(service: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword names have _ where attributes have a dot."""
    named = {name.replace("_", "."): value for name, value in attributes.items()}
    return {"service.name": service or f"service-{secrets.token_hex(4)}", **named}


def point(
    token_type: str, total: float | None, start_ns: int, time_ns: int, **changes: Any
) -> HistogramDataPoint:
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.token.type": token_type,
    } | changes.pop("attributes", {})
    fields: dict[str, Any] = {
        "attributes": pairs(attributes),
        "start_time_unix_nano": start_ns,
        "time_unix_nano": time_ns,
        "count": 3,
        "sum": total,
    }
    return HistogramDataPoint(**fields | changes)


def resource_metrics(
    points: Sequence[HistogramDataPoint], service: str, temporality: int = CUMULATIVE, **attributes: Any
) -> Any:
    request = ExportMetricsServiceRequest()
    group = request.resource_metrics.add()
    group.resource.attributes.extend(pairs(_resource(service, attributes)))
    metric = Metric(name="gen_ai.client.token.usage", unit="{token}")
    metric.histogram.aggregation_temporality = temporality  # type: ignore[assignment]
    metric.histogram.data_points.extend(points)
    group.scope_metrics.add().metrics.append(metric)
    return group
