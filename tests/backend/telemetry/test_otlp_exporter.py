"""The exporters that users have, from the OpenTelemetry SDK, against a running gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import Histogram, MeterProvider
from opentelemetry.sdk.metrics.export import AggregationTemporality, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind
from otlp_sender import GPT_4O, Sender

CODINGS = (Compression.NoCompression, Compression.Gzip, Compression.Deflate)


def options(sender: Sender, node_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """As the environment of a deployment has them: one endpoint for all signals."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"{node_url}/v1/otlp")
    return {"headers": {"authorization": f"Bearer {sender.key}"}}


def send_spans(exporter: OTLPSpanExporter, spans: Mapping[str, Mapping[str, Any]]) -> bool:
    """Makes spans of these names and attributes and sends them. Whether the exporter could."""
    provider = TracerProvider(resource=Resource.create({"service.name": "assistant"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    tracer = provider.get_tracer("test")
    for name, attributes in spans.items():
        with tracer.start_as_current_span(name, kind=SpanKind.CLIENT, attributes=dict(attributes)):
            pass
    done = provider.force_flush()
    provider.shutdown()
    return done


@pytest.mark.parametrize("coding", CODINGS)
async def test_span_exporter__calls_of_models__one_workload_for_each(
    sender: Sender, node_url: str, coding: Compression, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = OTLPSpanExporter(**options(sender, node_url, monkeypatch), compression=coding)
    other = GPT_4O | {"gen_ai.response.model": "claude-3-5-sonnet-20241022", "gen_ai.usage.input_tokens": 7}
    spans = {"chat gpt-4o": GPT_4O, "GET /": {"http.request.method": "GET"}, "chat claude": other}

    assert await asyncio.to_thread(send_spans, exporter, spans)

    figures = [
        (w["kind"], w["model"], w["input_tokens"], w["output_tokens"], w["requests"])
        for w in await sender.workloads()
    ]
    assert sorted(figures) == [
        ("inference", "claude-3.5-sonnet", "7", "300", "1"),
        ("inference", "gpt-4o", "1200", "300", "1"),
    ]


@pytest.mark.parametrize("temporality", [AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA])
async def test_metric_exporter__histogram_of_tokens__growth_is_stated_once(
    sender: Sender, node_url: str, temporality: AggregationTemporality, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = OTLPMetricExporter(
        **options(sender, node_url, monkeypatch), preferred_temporality={Histogram: temporality}
    )
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    provider = MeterProvider([reader], Resource.create({"service.name": "assistant"}))
    histogram = provider.get_meter("test").create_histogram("gen_ai.client.token.usage", "{token}")

    def record(input_tokens: int, output_tokens: int) -> None:
        attributes = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o-mini"}
        histogram.record(input_tokens, attributes | {"gen_ai.token.type": "input"})
        histogram.record(output_tokens, attributes | {"gen_ai.token.type": "output"})

    record(100, 10)
    record(200, 20)
    assert await asyncio.to_thread(provider.force_flush)
    record(1000, 5)
    assert await asyncio.to_thread(provider.force_flush)
    assert await asyncio.to_thread(provider.force_flush)
    await asyncio.to_thread(provider.shutdown)

    found = [(w["model"], w["input_tokens"], w["output_tokens"]) for w in await sender.workloads()]
    assert found == [("gpt-4o-mini", "300", "30"), ("gpt-4o-mini", "1000", "5")]
