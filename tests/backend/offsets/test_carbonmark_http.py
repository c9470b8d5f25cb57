"""The HTTP client repeats only what is safe to repeat, waits only briefly, and never shows the key."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from pydantic import SecretStr
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets import http as market_http
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.errors import MarketRefused, MarketUnavailable
from greenledger.offsets.http import retry_after

SECRET = "-".join(["cm_api", "never", "to", "be", "shown"])


@pytest.fixture
def http(scripted: ScriptedServer, client: httpx.AsyncClient) -> CarbonmarkHttp:
    return CarbonmarkHttp(client, scripted.url, SecretStr(SECRET), limit_s=0.5)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_get__busy_once__is_repeated(
    http: CarbonmarkHttp, scripted: ScriptedServer, status: int
) -> None:
    scripted.will("GET /prices", as_json({}, status, retry_after="0"), as_json([1]))
    assert (await http.get("/prices")).value == [1]
    assert scripted.count("GET /prices") == 2


async def test_get__busy_three_times__gives_up(http: CarbonmarkHttp, scripted: ScriptedServer) -> None:
    scripted.will("GET /prices", as_json({}, 503, retry_after="0"))
    with pytest.raises(MarketUnavailable, match="503"):
        await http.get("/prices")
    assert scripted.count("GET /prices") == 3


async def test_get__told_to_wait_a_minute__hands_the_wait_on_at_once(
    http: CarbonmarkHttp, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", as_json({}, 429, retry_after="60"))
    started = time.monotonic()
    with pytest.raises(MarketUnavailable) as caught:
        await http.get("/prices")
    assert caught.value.retry_after_s == 60
    assert time.monotonic() - started < 1
    assert scripted.count("GET /prices") == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_post_once__busy__is_not_repeated(
    http: CarbonmarkHttp, scripted: ScriptedServer, status: int
) -> None:
    scripted.will("POST /orders", as_json({}, status, retry_after="0"))
    with pytest.raises(MarketUnavailable):
        await http.post_once("/orders", "{}")
    assert scripted.count("POST /orders") == 1


async def test_post_once__too_slow__is_cut_off_and_not_repeated(
    http: CarbonmarkHttp, scripted: ScriptedServer
) -> None:
    scripted.will("POST /orders", Answer(b"{}", delay_s=2))
    with pytest.raises(MarketUnavailable, match="TimeoutError"):
        await http.post_once("/orders", "{}")
    assert scripted.count("POST /orders") == 1


async def test_get__nobody_listens__is_unavailable(client: httpx.AsyncClient) -> None:
    with pytest.raises(MarketUnavailable, match="ConnectError"):
        await CarbonmarkHttp(client, "http://127.0.0.1:1", None).get("/prices")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"message":"quote expired"}', "quote expired"),
        (b'{"error":"bad"}', "bad"),
        (b"<html>no</html>", "HTTP 400"),
        (b'{"message":""}', "HTTP 400"),
    ],
)
async def test_get__refused__gives_the_reason_whatever_the_body(
    http: CarbonmarkHttp, scripted: ScriptedServer, body: bytes, reason: str
) -> None:
    scripted.will("GET /x", Answer(body, 400))
    with pytest.raises(MarketRefused, match=reason) as caught:
        await http.get("/x")
    assert caught.value.status == 400


NOT_JSON = {
    "page": b"<html>",
    "nan": b'{"a":NaN}',
    "empty": b"",
    "deep": b"[" * 100_000,
    "long": b"9" * 5000,
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
async def test_get__not_json__is_unavailable(
    http: CarbonmarkHttp, scripted: ScriptedServer, body: bytes
) -> None:
    scripted.will("GET /x", Answer(body))
    with pytest.raises(MarketUnavailable, match="not JSON"):
        await http.get("/x")


async def test_get__endless_reply__is_cut_off(
    http: CarbonmarkHttp, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(market_http, "MAX_REPLY_BYTES", 1000)
    scripted.will("GET /x", Answer(b'"' + b"x" * 1001 + b'"'))
    with pytest.raises(MarketUnavailable, match="over 1000 bytes"):
        await http.get("/x")


async def test_get__redirect__is_not_followed(http: CarbonmarkHttp, scripted: ScriptedServer) -> None:
    scripted.will("GET /x", Answer(b"", 302, {"location": "/elsewhere"}))
    with pytest.raises(MarketUnavailable, match="302"):
        await http.get("/x")
    assert scripted.count("GET /elsewhere") == 0


async def test_get__redirect_with_a_client_that_follows__takes_no_key_elsewhere(
    scripted: ScriptedServer,
) -> None:
    scripted.will("GET /x", Answer(b"", 307, {"location": "/elsewhere"}))
    async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as eager:
        with pytest.raises(MarketUnavailable, match="307"):
            await CarbonmarkHttp(eager, scripted.url, SecretStr(SECRET)).get("/x", with_key=True)
    assert scripted.count("GET /elsewhere") == 0


async def test_key__public_read__is_not_sent__and_keyed_read_sends_it(
    http: CarbonmarkHttp, scripted: ScriptedServer
) -> None:
    scripted.will("GET /x", as_json(1))
    await http.get("/x")
    await http.get("/x", with_key=True)
    assert [asked.headers.get("authorization") for asked in scripted.asked] == [None, f"Bearer {SECRET}"]


@pytest.mark.parametrize("status", [401, 403, 418, 500])
async def test_key__any_failure__is_not_in_the_error(
    http: CarbonmarkHttp, scripted: ScriptedServer, status: int
) -> None:
    scripted.will("POST /orders", as_json({}, status))
    with pytest.raises((MarketUnavailable, MarketRefused)) as caught:
        await http.post_once("/orders", "{}")
    assert SECRET not in repr(caught.value) + str(caught.value.__cause__)


async def test_key__refused__is_the_operators_problem_not_the_buyers(
    http: CarbonmarkHttp, scripted: ScriptedServer
) -> None:
    scripted.will("POST /orders", as_json({"message": "no"}, 401))
    with pytest.raises(MarketUnavailable):
        await http.post_once("/orders", "{}")


def test_retry_after__number_date_and_nonsense() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert retry_after("12") == 12
    assert 28 <= (retry_after(soon) or 0) <= 30
    assert [retry_after(text) for text in (None, "", "soon", "-5")] == [None] * 4
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert retry_after(past) == 0
