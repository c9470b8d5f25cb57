"""The OpenAI client as users have it, instrumented by OpenTelemetry's own library, against a gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from model_server import ANSWER, model_app
from nodes import served
from openai import OpenAI
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.openai_v2 import OpenAIInstrumentor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from otlp_sender import Sender

PROMPT = "Describe the purple elephant."
OLD_CONVENTIONS = {"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "true"}
NEW_CONVENTIONS = {
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_AND_EVENT",
    "OTEL_SEMCONV_STABILITY_OPT_IN": "gen_ai_latest_experimental",
}


@pytest.fixture(scope="module")
def model_url() -> Iterator[str]:
    with served(model_app()) as url:
        yield url


Program = Callable[[OpenAI], None]


def chat(client: OpenAI) -> None:
    messages: list[Any] = [{"role": "user", "content": PROMPT}]
    answer = client.chat.completions.create(model="gpt-4o", messages=messages)
    assert answer.choices[0].message.content == ANSWER


def streamed_chat(client: OpenAI) -> None:
    messages: list[Any] = [{"role": "user", "content": PROMPT}]
    chunks = client.chat.completions.create(
        model="gpt-4o", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text.strip() == ANSWER


def embed(client: OpenAI) -> None:
    client.embeddings.create(model="bge-m3", input=PROMPT)


class Signals:
    """Both signals of one program, sent to a gateway on demand."""

    def __init__(self, sender: Sender, node_url: str) -> None:
        headers = {"authorization": f"Bearer {sender.key}"}
        resource = Resource.create({"service.name": "assistant"})
        spans = OTLPSpanExporter(
            f"{node_url}/v1/otlp/v1/traces", headers=headers, compression=Compression.Gzip
        )
        points = OTLPMetricExporter(
            f"{node_url}/v1/otlp/v1/metrics", headers=headers, compression=Compression.Gzip
        )
        reader = PeriodicExportingMetricReader(points, export_interval_millis=3_600_000)
        self.traces = TracerProvider(resource=resource)
        self.traces.add_span_processor(BatchSpanProcessor(spans))
        self.metrics = MeterProvider([reader], resource)

    def run(self, program: Program, model_url: str) -> None:
        instrumentor: Any = OpenAIInstrumentor()  # type: ignore[no-untyped-call]
        instrumentor.instrument(tracer_provider=self.traces, meter_provider=self.metrics)
        try:
            program(OpenAI(base_url=f"{model_url}/v1", api_key="none", max_retries=0))
        finally:
            instrumentor.uninstrument()

    def end(self) -> None:
        self.traces.shutdown()
        self.metrics.shutdown()


def run_and_send(sender: Sender, node_url: str, model_url: str, program: Program, *providers: str) -> None:
    signals = Signals(sender, node_url)
    signals.run(program, model_url)
    for provider in providers:
        assert getattr(signals, provider).force_flush()
    signals.end()


@pytest.mark.parametrize("conventions", [OLD_CONVENTIONS, NEW_CONVENTIONS], ids=["old", "new"])
@pytest.mark.parametrize("program", [chat, streamed_chat])
async def test_instrumented_chat__its_traces__one_workload_with_the_vendors_usage(
    sender: Sender,
    node_url: str,
    model_url: str,
    program: Program,
    conventions: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in conventions.items():
        monkeypatch.setenv(name, value)

    await asyncio.to_thread(run_and_send, sender, node_url, model_url, program, "traces")

    (stated,) = await sender.workloads()
    assert (stated["model"], stated["requests"]) == ("gpt-4o", "1")
    assert (stated["input_tokens"], stated["output_tokens"]) == ("1200", "300")
    assert 1 <= int(stated["end"]) - int(stated["start"]) <= 60


async def test_instrumented_embeddings__its_traces__input_tokens_alone(
    sender: Sender, node_url: str, model_url: str
) -> None:
    await asyncio.to_thread(run_and_send, sender, node_url, model_url, embed, "traces")

    (stated,) = await sender.workloads()
    assert (stated["model"], stated["input_tokens"]) == ("bge-m3", "8")
    assert "output_tokens" not in stated


async def test_instrumented_chat__its_metrics_alone__the_same_tokens(
    sender: Sender, node_url: str, model_url: str
) -> None:
    await asyncio.to_thread(run_and_send, sender, node_url, model_url, chat, "metrics", "metrics")

    (stated,) = await sender.workloads()
    assert (stated["model"], stated["input_tokens"], stated["output_tokens"]) == ("gpt-4o", "1200", "300")


@pytest.mark.parametrize("order", [("traces", "metrics"), ("metrics", "traces")])
async def test_instrumented_chat__both_signals__count_once(
    sender: Sender, node_url: str, model_url: str, order: tuple[str, str]
) -> None:
    await asyncio.to_thread(run_and_send, sender, node_url, model_url, chat, *order)

    assert len(await sender.workloads()) == 1
