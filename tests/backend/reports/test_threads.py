"""Who works on what people send: never the threads that verify sign-ins."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from nodes import Running, new_person, sign_in

from greenledger.api.requests import telemetry_body
from greenledger.reports import ingestion, uploads
from greenledger.telemetry import metrics, traces

ROW = "kind,start,end,requests,name\ninference,1700000000,1700003600,10,a\n"
WORK = {"kind": "inference", "start": 1700000000, "end": 1700003600, "requests": "10"}


def noting_its_thread(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[str]:
    """The name of the thread at each call of a function of the module."""
    threads, original = [], getattr(module, name)

    def noted(*arguments: Any) -> Any:
        threads.append(threading.current_thread().name.partition("_")[0])
        return original(*arguments)

    monkeypatch.setattr(module, name, noted)
    return threads


async def test_file__is_read_in_the_threads_for_files(
    gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = noting_its_thread(monkeypatch, uploads, "_next_batch")
    await sign_in(gateway.client, new_person())
    headers = {"content-type": "text/csv"}
    answer = await gateway.client.post("/v1/workloads/upload", content=ROW, headers=headers)
    assert answer.status_code == 200 and set(threads) == {"uploads"}


async def test_events__are_estimated_in_the_threads_for_events(
    gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = noting_its_thread(monkeypatch, ingestion, "_prepare")
    await sign_in(gateway.client, new_person())
    events = {"events": [{"event_id": "e1", "workload": WORK}]}
    answer = await gateway.client.post("/v1/workloads/events", json=events)
    assert answer.status_code == 200 and threads == ["events"]


@pytest.mark.parametrize(
    ("signal", "module", "name"),
    [
        ("traces", telemetry_body, "decode"),
        ("traces", traces, "_events"),
        ("metrics", telemetry_body, "decode"),
        ("metrics", metrics, "growths_of"),
    ],
)
async def test_telemetry__is_read_and_counted_in_the_threads_for_events(
    gateway: Running, monkeypatch: pytest.MonkeyPatch, signal: str, module: object, name: str
) -> None:
    threads = noting_its_thread(monkeypatch, module, name)
    await sign_in(gateway.client, new_person())
    answer = await gateway.client.post(f"/v1/otlp/v1/{signal}", json=EXPORTS[signal])
    assert answer.status_code == 200 and threads == ["events"]


def _attribute(key: str, value: Any) -> dict[str, Any]:
    kind = "intValue" if isinstance(value, int) else "stringValue"
    return {"key": key, "value": {kind: value}}


_NAMES = [_attribute("gen_ai.response.model", "gpt-4o"), _attribute("gen_ai.usage.input_tokens", 5)]
_TIMES = {"startTimeUnixNano": "1760000000000000000"}
_SPAN = _TIMES | {"traceId": "a" * 32, "spanId": "b" * 16, "endTimeUnixNano": "1760000001000000000"}
_HISTOGRAM = {"aggregationTemporality": 2, "dataPoints": []}
_METRIC = {"name": "gen_ai.client.token.usage", "histogram": _HISTOGRAM}
EXPORTS: dict[str, Any] = {
    "traces": {"resourceSpans": [{"scopeSpans": [{"spans": [_SPAN | {"attributes": _NAMES}]}]}]},
    "metrics": {"resourceMetrics": [{"scopeMetrics": [{"metrics": [_METRIC]}]}]},
}
