"""Spans with usage become workloads: which figures, where, once, and what is refused by name."""

from __future__ import annotations

import secrets
import time
from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from otlp_sender import GPT_4O, NS, Sender, new_trace, resource_spans, span
from postgres import on_both_engines


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


OLLMETRY = {
    "gen_ai.system": "OpenAI",
    "llm.request.type": "chat",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.usage.prompt_tokens": 1200,
    "gen_ai.usage.completion_tokens": 300,
    "llm.usage.total_tokens": 1500,
    "gen_ai.usage.cache_read_input_tokens": 1000,
}
OLDEST = {
    "llm.request.model": "gpt-4o",
    "llm.usage.prompt_tokens": 1200,
    "llm.usage.completion_tokens": 300,
    "llm.usage.cache_read_input_tokens": 1000,
}
OPENINFERENCE = {
    "llm.model_name": "gpt-4o",
    "llm.token_count.prompt": 1200,
    "llm.token_count.completion": 300,
    "llm.token_count.prompt_details.cache_read": 1000,
}
NEWEST = GPT_4O | {"gen_ai.usage.cache_read.input_tokens": 1000}
IN_JAVASCRIPT = {name: float(value) if isinstance(value, int) else value for name, value in NEWEST.items()}


@pytest.mark.parametrize("attributes", [NEWEST, OLLMETRY, OLDEST, OPENINFERENCE, IN_JAVASCRIPT])
async def test_usage__under_the_names_of_any_convention__is_the_same_workload(
    sender: Sender, attributes: dict[str, Any]
) -> None:
    await sender.traces(resource_spans([span(attributes)]))

    (stated,) = await sender.workloads()
    figures = ("model", "requests", "input_tokens", "cached_tokens", "output_tokens")
    assert [stated[name] for name in figures] == ["gpt-4o", "1", "1200", "1000", "300"]
    assert "place" not in stated


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"gen_ai.usage.reasoning.output_tokens": 256}, {"output_tokens": "300", "reasoning_tokens": "256"}),
        # Counted beside the whole, as some vendors do: more than the whole cannot be a part of it.
        ({"gen_ai.usage.cache_read.input_tokens": 5000}, {"input_tokens": "6200", "cached_tokens": "5000"}),
        ({"gen_ai.usage.reasoning_tokens": 301}, {"output_tokens": "601", "reasoning_tokens": "301"}),
    ],
)
async def test_parts_of_tokens__are_within_the_whole(
    sender: Sender, extra: dict[str, Any], expected: dict[str, str]
) -> None:
    await sender.traces(resource_spans([span(GPT_4O | extra)]))

    (stated,) = await sender.workloads()
    assert {name: stated[name] for name in expected} == expected


async def test_images__are_units_of_a_task(sender: Sender) -> None:
    attributes = {
        "gen_ai.operation.name": "image_generation",
        "gen_ai.request.model": "gpt-image-1",
        "gen_ai.request.choice.count": 4,
        "gen_ai.usage.output_tokens": 4160,
    }
    await sender.traces(resource_spans([span(attributes)]))

    (stated,) = await sender.workloads()
    assert (stated["task"], stated["units"]) == ("image-generation", "4")


async def test_spans__sent_again_and_twice_in_one_export__are_stated_once(sender: Sender) -> None:
    first = resource_spans([span(), span()])
    first.scope_spans[0].spans.append(first.scope_spans[0].spans[0])

    answers = [await sender.traces(first), await sender.traces(first)]

    assert [answer.partial_success.rejected_spans for answer in answers] == [0, 0]
    assert len(await sender.workloads()) == 2


async def test_two_calls__with_the_same_figures_in_the_same_second__are_two_workloads(sender: Sender) -> None:
    times = {"start_time_unix_nano": 1_760_000_000 * NS, "end_time_unix_nano": 1_760_000_001 * NS}

    await sender.traces(resource_spans([span(**times), span(**times)]))

    assert len({stated["name"] for stated in await sender.workloads()}) == 2


async def test_two_accounts__with_the_same_span__each_have_their_own(
    sender: Sender, stranger: Sender
) -> None:
    group = resource_spans([span()])

    await sender.traces(group)
    await stranger.traces(group)

    assert len(await sender.workloads()) == len(await stranger.workloads()) == 1


def nested() -> list[Span]:
    """An agent with a framework's span and the client's span of one call in it, the agent's first."""
    trace, agent, framework = new_trace(), secrets.token_bytes(8), secrets.token_bytes(8)
    return [
        span(GPT_4O, trace_id=trace, span_id=agent, kind=Span.SPAN_KIND_INTERNAL),
        span({}, trace_id=trace, span_id=framework, parent_span_id=agent),
        span(GPT_4O, trace_id=trace, parent_span_id=framework),
    ]


@pytest.mark.parametrize("order", ["in one export", "as they end", "as they begin"])
async def test_nested_spans__of_one_call__count_once_in_any_order(sender: Sender, order: str) -> None:
    spans = nested()
    exports = {"in one export": [spans], "as they end": [[s] for s in spans[::-1]]}

    for export in exports.get(order, [[s] for s in spans]):
        answer = await sender.traces(resource_spans(export))
        assert answer.partial_success.rejected_spans == 0

    assert len(await sender.workloads()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"span_id": b"\x01" * 30},
        {"span_id": b""},
        {"trace_id": b"\x01" * 30},
        {"parent_span_id": b"\x01" * 30},
        {"parent_span_id": bytes(8)},
    ],
)
async def test_span_without_usage__whose_id_has_another_length__is_passed_over(
    sender: Sender, changes: dict[str, Any]
) -> None:
    """What is no id fits no column: it is not remembered, and the others are."""
    outer = span()
    odd = {"trace_id": outer.trace_id, "parent_span_id": outer.span_id} | changes
    await sender.traces(resource_spans([outer]))

    answer = await sender.traces(resource_spans([span({}, **odd), span()]))

    assert answer.partial_success.rejected_spans == 0
    assert len(await sender.workloads()) == 2


async def test_unknown_model__is_refused_by_name_and_the_others_are_stated(sender: Sender) -> None:
    unknown = {"gen_ai.response.model": "claude-opus-4-1-20250805", "gen_ai.usage.input_tokens": 5}

    answer = await sender.traces(resource_spans([span(), span(unknown), span()]))

    assert answer.partial_success.rejected_spans == 1
    assert "'claude-opus-4-1-20250805' is not known" in answer.partial_success.error_message
    assert "claude-opus-4" in answer.partial_success.error_message
    assert len(await sender.workloads()) == 2


async def test_deployment_name__with_a_known_answered_model__is_that_model(sender: Sender) -> None:
    named = GPT_4O | {"gen_ai.request.model": "my-deployment"}
    unanswered = {"gen_ai.request.model": "gpt-4o-mini", "gen_ai.response.model": "router-7"} | {
        "gen_ai.usage.input_tokens": 1
    }

    await sender.traces(resource_spans([span(named), span(unanswered)]))

    assert sorted(w["model"] for w in await sender.workloads()) == ["gpt-4o", "gpt-4o-mini"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"trace_id": bytes(16)}, "trace_id: 16 bytes or all zero"),
        ({"trace_id": b"\x01"}, "trace_id: 1 bytes"),
        ({"span_id": bytes(8)}, "span_id: 8 bytes or all zero"),
        ({"end_time_unix_nano": 1}, "end_time_unix_nano: before start_time_unix_nano"),
        ({"start_time_unix_nano": 0}, "workload.start: 0 is out of range"),
        ({"start_time_unix_nano": 2**64 - 1, "end_time_unix_nano": 2**64 - 1}, "is out of range"),
    ],
)
async def test_span__that_cannot_be_right__is_refused_alone(
    sender: Sender, changes: dict[str, Any], reason: str
) -> None:
    answer = await sender.traces(resource_spans([span(**changes), span()]))

    assert answer.partial_success.rejected_spans == 1
    assert reason in answer.partial_success.error_message
    assert len(await sender.workloads()) == 1


async def test_span__whose_clock_is_an_hour_ahead__is_refused_and_seconds_ahead_are_taken(
    sender: Sender,
) -> None:
    def ends_in(seconds: int) -> Span:
        end = time.time_ns() + seconds * NS
        return span(start_time_unix_nano=end - NS, end_time_unix_nano=end)

    answer = await sender.traces(resource_spans([ends_in(3600), ends_in(20)]))

    assert answer.partial_success.rejected_spans == 1
    assert "is in the future" in answer.partial_success.error_message
    assert len(await sender.workloads()) == 1


async def test_negative_tokens__are_refused(sender: Sender) -> None:
    answer = await sender.traces(resource_spans([span(GPT_4O | {"gen_ai.usage.input_tokens": -5})]))

    assert "workload.input_tokens: -5 is out of range" in answer.partial_success.error_message


async def test_call_of_no_duration__has_the_second_before_its_end(sender: Sender) -> None:
    at = 1_760_000_000 * NS + 5
    await sender.traces(resource_spans([span(start_time_unix_nano=at, end_time_unix_nano=at)]))

    (stated,) = await sender.workloads()
    assert (stated["start"], stated["end"]) == ("1759999999", "1760000000")


async def test_cloud_region__of_the_serving_process__is_the_place(sender: Sender) -> None:
    serving = span(kind=Span.SPAN_KIND_SERVER)
    await sender.traces(resource_spans([serving], cloud_provider="aws", cloud_region="eu-north-1"))

    (stated,) = await sender.workloads()
    assert stated["place"] == {"provider": "aws", "region": "eu-north-1"}


async def test_cloud_region__of_the_calling_process__says_nothing_of_the_models(sender: Sender) -> None:
    await sender.traces(resource_spans([span()], cloud_provider="aws", cloud_region="eu-north-1"))

    (stated,) = await sender.workloads()
    assert "place" not in stated


async def test_cloud_region__that_the_catalogue_has_not__is_told_and_not_taken(sender: Sender) -> None:
    serving = span(kind=Span.SPAN_KIND_SERVER)
    answer = await sender.traces(resource_spans([serving], cloud_provider="hetzner", cloud_region="fsn1"))

    assert answer.partial_success.rejected_spans == 0
    assert "cloud.region" in answer.partial_success.error_message
    (stated,) = await sender.workloads()
    assert "place" not in stated


async def test_place__stated_for_the_model__is_taken_or_refused_but_never_dropped(sender: Sender) -> None:
    right = resource_spans([span()], greenledger_place_country="FR")
    wrong = resource_spans([span()], greenledger_place_provider="aws", greenledger_place_region="mars-1")

    answer = await sender.traces(right, wrong)

    assert answer.partial_success.rejected_spans == 1
    assert "'mars-1' is not known at aws" in answer.partial_success.error_message
    (stated,) = await sender.workloads()
    assert stated["place"] == {"country": "FR"}


async def test_many_refusals__are_told_by_reason_with_their_number(sender: Sender) -> None:
    spans = [span({"gen_ai.request.model": "no-such", "gen_ai.usage.input_tokens": 1}) for _ in range(30)]
    spans += [span({"gen_ai.usage.input_tokens": n}) for n in range(3)]

    answer = await sender.traces(resource_spans(spans))

    assert answer.partial_success.rejected_spans == 33
    message = answer.partial_success.error_message
    assert "30 x workload.model" in message
    assert "3 x gen_ai.response.model or gen_ai.request.model: missing" in message
    assert len(message) <= 2_000
