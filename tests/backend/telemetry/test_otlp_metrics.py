"""Histograms of tokens: what they grew by is stated, once, whatever comes twice, late, or after a restart."""

from __future__ import annotations

import secrets
import time
from typing import Any

import pytest
from otlp_sender import CUMULATIVE, DELTA, NS, Sender, point, resource_metrics, resource_spans, span
from postgres import on_both_engines


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


START = time.time_ns() - 7_200 * NS
MINUTE = 60 * NS


class Process:
    """A process that sends its counts; `at` is in minutes after its start."""

    def __init__(self, sender: Sender, start_ns: int = START, service: str = "", **resource: Any) -> None:
        self.sender = sender
        self.start_ns = start_ns
        self.service = service or f"service-{secrets.token_hex(4)}"
        self.resource = resource

    def group(self, at: float, temporality: int = CUMULATIVE, begins: float = 0, **sums: float) -> Any:
        start, end = self.start_ns + int(begins * MINUTE), self.start_ns + int(at * MINUTE)
        points = [point(token_type, total, start, end) for token_type, total in sums.items()]
        return resource_metrics(points, self.service, temporality, **self.resource)

    async def sends(self, *groups: Any) -> tuple[int, str]:
        """Refused data points, and why."""
        answer = await self.sender.metrics(*groups)
        return answer.partial_success.rejected_data_points, answer.partial_success.error_message


async def tokens(sender: Sender) -> list[tuple[int, int]]:
    stated = sorted(await sender.workloads(), key=lambda stated: int(stated["end"]))
    return [(int(w.get("input_tokens", 0)), int(w.get("output_tokens", 0))) for w in stated]


async def test_cumulative__growth_between_exports__with_its_period(sender: Sender) -> None:
    process = Process(sender)

    assert await process.sends(process.group(1, input=100, output=10)) == (0, "")
    assert await process.sends(process.group(2, input=150, output=30)) == (0, "")
    assert await process.sends(process.group(3, input=150, output=30)) == (0, "")
    assert await process.sends(process.group(4, input=151, output=30)) == (0, "")

    assert await tokens(sender) == [(100, 10), (50, 20), (1, 0)]
    periods = [(int(w["start"]), int(w["end"])) for w in await sender.workloads()]
    begin = START // NS
    assert periods == [(begin, begin + 60), (begin + 60, begin + 120), (begin + 180, begin + 240)]
    assert all("requests" not in stated for stated in await sender.workloads())


async def test_cumulative__the_same_export_again__states_nothing_more(sender: Sender) -> None:
    process = Process(sender)
    group = process.group(1, input=100, output=10)

    assert [await process.sends(group), await process.sends(group)] == [(0, ""), (0, "")]

    assert await tokens(sender) == [(100, 10)]


async def test_cumulative__points_out_of_order__are_within_the_later_ones(sender: Sender) -> None:
    process = Process(sender)

    await process.sends(process.group(2, input=150, output=30))
    assert await process.sends(process.group(1, input=100, output=10)) == (0, "")
    await process.sends(process.group(3, input=160, output=30))

    assert sum(read for read, _ in await tokens(sender)) == 160


async def test_cumulative__several_times_in_one_export__are_counted_in_their_order(sender: Sender) -> None:
    process = Process(sender)

    await process.sends(process.group(2, input=150), process.group(1, input=100))

    assert await tokens(sender) == [(100, 0), (50, 0)]


async def test_cumulative__after_a_restart__counts_from_zero(sender: Sender) -> None:
    before = Process(sender, service="assistant")
    after = Process(sender, START + 30 * MINUTE, service="assistant")

    await before.sends(before.group(1, input=100))
    await after.sends(after.group(1, input=70))
    await after.sends(after.group(2, input=90))

    assert await tokens(sender) == [(100, 0), (70, 0), (20, 0)]


async def test_cumulative__two_processes_under_one_identity__do_not_look_like_restarts(
    sender: Sender,
) -> None:
    one = Process(sender, service="assistant")
    other = Process(sender, START + 7, service="assistant")

    for at, first, second in ((1, 100, 1000), (2, 110, 1100), (3, 120, 1200)):
        await one.sends(one.group(at, input=first))
        await other.sends(other.group(at, input=second))

    assert sum(read for read, _ in await tokens(sender)) == 120 + 1200


async def test_cumulative__of_an_unknown_start__counts_anew_when_it_falls(sender: Sender) -> None:
    process = Process(sender)

    def at(minute: int, total: int) -> Any:
        return resource_metrics(
            [point("input", total, 0, START + minute * MINUTE)], process.service, CUMULATIVE
        )

    for minute, total in ((1, 100), (2, 140), (3, 30)):
        assert await process.sends(at(minute, total)) == (0, "")

    assert [read for read, _ in await tokens(sender)] == [100, 40, 30]


async def test_cumulative__that_falls_under_the_same_start__is_refused(sender: Sender) -> None:
    process = Process(sender)
    await process.sends(process.group(1, input=100))

    rejected, message = await process.sends(process.group(2, input=90))

    assert (rejected, "is less than before" in message) == (1, True)
    assert await tokens(sender) == [(100, 0)]


async def test_cumulative__cut_between_its_token_types__counts_both(sender: Sender) -> None:
    process = Process(sender)

    await process.sends(process.group(1, input=100))
    await process.sends(process.group(1, output=10))

    assert await tokens(sender) == [(100, 0), (0, 10)]


async def test_delta__each_interval_once__also_when_it_is_sent_again(sender: Sender) -> None:
    process = Process(sender)
    first = process.group(1, DELTA, input=100, output=10)

    for group in (first, first, process.group(2, DELTA, begins=1, input=100, output=10)):
        assert await process.sends(group) == (0, "")

    assert await tokens(sender) == [(100, 10), (100, 10)]


async def test_two_models__in_one_export__are_two_workloads(sender: Sender) -> None:
    attributes = {"gen_ai.response.model": "claude-3-5-haiku-20241022"}
    points = [
        point("input", 10, START, START + MINUTE),
        point("input", 20, START, START + MINUTE, attributes=attributes),
    ]
    await sender.metrics(resource_metrics(points, "assistant"))

    found = {w["model"]: w["input_tokens"] for w in await sender.workloads()}
    assert found == {"gpt-4o": "10", "claude-3.5-haiku": "20"}


async def test_unknown_model__is_refused_and_counted_whole_once_it_is_known(sender: Sender) -> None:
    process = Process(sender)
    attributes = {"gen_ai.response.model": "no-such", "gen_ai.request.model": "no-such"}
    unknown = point("input", 10, START, START + MINUTE, attributes=attributes)

    for _ in range(2):
        rejected, message = await process.sends(resource_metrics([unknown], process.service))
        assert (rejected, "'no-such' is not known" in message) == (1, True)

    assert await sender.workloads() == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"total": float("nan")}, "not a number of tokens"),
        ({"total": float("inf")}, "not a number of tokens"),
        ({"total": -1.0}, "not a number of tokens"),
        ({"total": 0.5}, "not a number of tokens"),
        ({"total": 1e300}, "not a number of tokens"),
        ({"total": None}, "sum: missing"),
        ({"time_ns": time.time_ns() + 3600 * NS}, "is in the future"),
        ({"attributes": {"gen_ai.token.type": "cached"}}, "gen_ai.token.type: not one of those that add up"),
    ],
)
async def test_point__that_cannot_be_counted__is_refused_alone(
    sender: Sender, changes: dict[str, Any], reason: str
) -> None:
    wrong = point("input", **{"total": 10, "start_ns": START, "time_ns": START + MINUTE} | changes)
    right = point("output", 7, START, START + MINUTE)

    answer = await sender.metrics(
        resource_metrics([wrong], "assistant"), resource_metrics([right], "assistant")
    )

    assert answer.partial_success.rejected_data_points == 1
    assert reason in answer.partial_success.error_message
    assert await tokens(sender) == [(0, 7)]


async def test_clock_ahead__is_refused_and_its_tokens_are_in_the_next_export(sender: Sender) -> None:
    process = Process(sender)
    ahead = [point("input", 100, START, time.time_ns() + 3600 * NS)]

    assert (await process.sends(resource_metrics(ahead, process.service)))[0] == 1
    await process.sends(process.group(5, input=120))

    assert await tokens(sender) == [(120, 0)]


@pytest.mark.parametrize("first", [100, 0])
async def test_clock_ahead__where_nothing_grew__is_refused_and_nothing_is_lost(
    sender: Sender, first: int
) -> None:
    process = Process(sender)
    years_ahead = [point("input", first, START, time.time_ns() + 10 * 365 * 86_400 * NS)]
    await process.sends(process.group(1, input=first))

    rejected, message = await process.sends(resource_metrics(years_ahead, process.service))
    for minute, total in ((2, 500), (3, 50_000)):
        assert await process.sends(process.group(minute, input=total)) == (0, "")

    assert (rejected, "time_unix_nano: is in the future" in message) == (1, True)
    assert sum(read for read, _ in await tokens(sender)) == 50_000


async def test_clock_ahead__of_the_first_point__which_is_zero__is_refused(sender: Sender) -> None:
    process = Process(sender)
    ahead = [point("input", 0, START, 2**63)]

    assert (await process.sends(resource_metrics(ahead, process.service)))[0] == 1
    await process.sends(process.group(5, input=120))

    assert await tokens(sender) == [(120, 0)]


async def test_gauge_and_other_temporality__do_not_add_up(sender: Sender) -> None:
    process = Process(sender)
    gauge = process.group(1)
    gauge.scope_metrics[0].metrics[0].gauge.data_points.add(as_int=5, time_unix_nano=START + MINUTE)

    rejected, message = await process.sends(gauge, process.group(1, 0, input=5))

    assert rejected == 2
    assert "does not add up" in message and "aggregation_temporality: not stated" in message


async def test_both_signals_of_a_service__the_first_counts_and_the_other_is_told(sender: Sender) -> None:
    process = Process(sender, service="assistant", service_instance_id="a")
    spans = resource_spans([span()], "assistant", service_instance_id="a")
    elsewhere = resource_spans([span()], "assistant", service_instance_id="b")

    await process.sends(process.group(1, input=100))
    refused = await sender.traces(spans)
    taken = await sender.traces(elsewhere)

    assert refused.partial_success.rejected_spans == 1
    assert "this service's usage is counted by its metrics" in refused.partial_success.error_message
    assert taken.partial_success.rejected_spans == 0
    assert len(await sender.workloads()) == 2


async def test_traces_first__metrics_are_refused_and_their_tokens_never_counted(sender: Sender) -> None:
    process = Process(sender, service="assistant")
    await sender.traces(resource_spans([span()], "assistant"))

    rejected, message = await process.sends(process.group(1, input=1200, output=300))
    again = await process.sends(process.group(2, input=1200, output=300))

    assert (rejected, "is counted by its traces" in message) == (2, True)
    assert again == (0, "")
    assert len(await sender.workloads()) == 1
