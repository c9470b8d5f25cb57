"""When the client tries again, how long it waits, and when it never does."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nodes import workload
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.client import (
    NO_RETRIES,
    Client,
    Connection,
    Retries,
    ServerFailed,
    TooFast,
    UnexpectedAnswer,
    Unreachable,
)
from greenledger.client.connection import Auth, Call, ask
from greenledger.client.effects import NoAnswer, Pause, Reply, Send
from greenledger.client.retrying import may_repeat, retry_after_s

NOW = 1_800_000_000.0
BUSY = Reply(503, {}, b'{"code": "busy", "detail": "Later.", "errors": []}')
FINE = Reply(200, {}, b"{}")
SAFE, UNSAFE = Call("POST", "/v1/x", {}, harmless=True), Call("POST", "/v1/x", {})


@dataclass
class Outside:
    """What happens to the requests of a flow: answers and failures in order, and what was seen of it."""

    answers: list[Reply | NoAnswer]
    sent: list[Send] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def carry(self, call: Call, **changes: Any) -> Any:
        """The outcome of a call."""
        usual: dict[str, Any] = {"api_key": "gl_key", "clock": lambda: NOW, "random": lambda: 1.0}
        connection = Connection("http://gateway.test", **usual | changes)
        flow = ask(connection, call)
        effect = next(flow)
        while True:
            try:
                effect = self._next(flow, effect)
            except StopIteration as end:
                return end.value

    def _next(self, flow: Any, effect: Any) -> Any:
        if isinstance(effect, Pause):
            self.pauses.append(effect.seconds)
            return flow.send(None)
        self.sent.append(effect)
        answer = self.answers.pop(0)
        return flow.throw(answer) if isinstance(answer, NoAnswer) else flow.send(answer)


def test_harmless_call__busy_gateway__is_repeated_with_growing_waits_and_one_idempotency_key() -> None:
    outside = Outside([BUSY, BUSY, NoAnswer("ReadTimeout", sent=True), FINE])
    assert outside.carry(SAFE) == (200, {})
    assert outside.pauses == [0.5, 1.0, 2.0]
    keys = {request.headers["idempotency-key"] for request in outside.sent}
    assert len(outside.sent) == 4 and len(keys) == 1


def test_unsafe_call__answer_lost__is_not_repeated() -> None:
    outside = Outside([NoAnswer("ReadTimeout", sent=True)])
    with pytest.raises(Unreachable, match="ReadTimeout"):
        outside.carry(UNSAFE)
    assert len(outside.sent) == 1 and "idempotency-key" not in outside.sent[0].headers


def test_unsafe_call__nothing_was_done__is_repeated() -> None:
    outside = Outside([NoAnswer("ConnectError", sent=False), Reply(429, {"retry-after": "3"}, b"{}"), FINE])
    assert outside.carry(UNSAFE) == (200, {})
    assert outside.pauses == [0.5, 4.0]  # what was asked for, and the jitter on top


def test_retry_after__longer_than_the_patience__ends_at_once() -> None:
    outside = Outside([Reply(429, {"retry-after": "3600"}, b"{}")])
    with pytest.raises(TooFast) as raised:
        outside.carry(SAFE)
    assert (raised.value.retry_after_s, outside.pauses) == (3600.0, [])


def test_attempts__all_used_up__raise_the_last_failure() -> None:
    outside = Outside([BUSY] * 5)
    with pytest.raises(ServerFailed, match="busy"):
        outside.carry(SAFE)
    assert len(outside.sent) == 5
    assert Outside([FINE]).carry(SAFE, retries=NO_RETRIES) == (200, {})


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500])
def test_status_that_stays__is_never_repeated(status: int) -> None:
    assert not may_repeat(status, harmless=True)


@given(st.integers(0, 30), st.floats(0, 1), st.none() | st.floats(0, 120), st.integers(1, 40))
def test_wait__whatever_comes__is_within_its_bounds(
    attempt: int, random: float, after_s: float | None, attempts: int
) -> None:
    policy = Retries(attempts=attempts)
    wait_s = policy.wait_s(attempt, after_s, lambda: random)
    assert (wait_s is None) == (attempt + 1 >= attempts)
    if wait_s is not None:
        assert (after_s or 0) <= wait_s <= (after_s or 0) + policy.longest_s


def test_retry_after__number_or_date__is_read_and_nonsense_is_not() -> None:
    at = format_datetime(datetime.fromtimestamp(NOW, UTC) + timedelta(seconds=90))
    assert retry_after_s(at, lambda: NOW) == 90.0
    assert retry_after_s(" 7 ", lambda: NOW) == 7.0
    past = format_datetime(datetime.fromtimestamp(NOW, UTC) - timedelta(seconds=90))
    assert retry_after_s(past, lambda: NOW) == 0.0
    for nonsense in ("-1", "soon", "", "١٢", "9" * 40, None):
        assert retry_after_s(nonsense, lambda: NOW) is None


def test_key__is_shown_to_the_gateway_alone() -> None:
    outside = Outside([FINE, FINE])
    outside.carry(Call("GET", "/config.json", auth=Auth.NOBODY))
    outside.carry(SAFE)
    assert "authorization" not in outside.sent[0].headers
    assert outside.sent[1].headers["authorization"] == "Bearer gl_key"
    assert "gl_key" not in outside.sent[1].url


def client_of(url: str) -> Client:
    quick = Retries(attempts=3, first_s=0.01, longest_s=0.01)
    return Client(connection=Connection(url, api_key="gl_key", retries=quick, timeout_s=2.0))


def test_client__gateway_recovers__gives_the_answer(scripted: ScriptedServer) -> None:
    row = {
        "id": "0" * 32,
        "event_id": "e",
        "workload": {},
        "methodology": "0x00",
        "estimate": {
            "total_ug": {"low": "1", "central": "2", "high": "3"},
            "energy_uwh": {"low": "1", "central": "2", "high": "3"},
            "tier": 5,
        },
    }
    busy = as_json({"code": "busy", "detail": "Later."}, 503, retry_after="0")
    scripted.will("POST /v1/workloads", busy, busy, as_json(row, 201))
    with client_of(scripted.url) as client:
        assert client.submit(workload(), "e").is_new
    bodies = {asked.body for asked in scripted.asked}
    assert scripted.count("POST /v1/workloads") == 3 and len(bodies) == 1
    assert json.loads(bodies.pop())["event_id"] == "e"


def test_client__redirected__does_not_carry_its_key_along(scripted: ScriptedServer) -> None:
    scripted.will("POST /v1/workloads", Answer(b"", 307, {"location": "/elsewhere"}))
    with client_of(scripted.url) as client, pytest.raises(Exception, match="307"):
        client.submit(workload())
    assert scripted.count("POST /elsewhere") == 0


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"[]", b"{}", b'{"id": 7}', b"[" * 100_000])
def test_client__answer_of_something_else__is_no_guess(scripted: ScriptedServer, body: bytes) -> None:
    scripted.will("POST /v1/workloads", Answer(body, 201))
    with client_of(scripted.url) as client, pytest.raises(UnexpectedAnswer):
        client.submit(workload())


def test_client__nobody_listens__is_unreachable_and_tells_no_secret() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with client_of(url) as client, pytest.raises(Unreachable) as raised:
            client.submit(workload())
    assert "ConnectError" in str(raised.value) and "gl_key" not in str(raised.value)
