"""Calls of markets: a hint to read an order again, and never more; signed only where that was agreed."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from pydantic import SecretStr
from recorded import recorded

from greenledger.offsets.cnaught import parse
from greenledger.offsets.webhooks import BadSignature, UnknownMarket, Webhooks, check_signature
from marketplace_sandbox.webhooks import signed

QUOTE = "q1e8480.9f6.6a82cd90.0011223344ff.sbxstoves001"
SECRET = SecretStr("whsec_" + base64.b64encode(b"a secret agreed upon").decode())
NOW = 1_786_957_300


class Woken(list[str]):
    """Collects the references that were woken."""


@pytest.fixture
def woken() -> Woken:
    return Woken()


@pytest.fixture
def unsigned(woken: Woken) -> Webhooks:
    return Webhooks({"cnaught": parse.hint}, woken.append, clock=lambda: NOW)


@pytest.fixture
def agreed(woken: Woken) -> Webhooks:
    return Webhooks({"cnaught": parse.hint}, woken.append, {"cnaught": SECRET}, lambda: NOW)


def body(**changes: Any) -> bytes:
    return json.dumps(recorded("cnaught", "order_fulfilled") | changes).encode()


def headers(content: bytes, at: int = NOW) -> dict[str, str]:
    return signed(SECRET.get_secret_value(), content, at)


def test_call__about_an_order__wakes_it_by_its_quote(unsigned: Webhooks, woken: Woken) -> None:
    unsigned.receive("cnaught", {}, body())
    assert woken == [QUOTE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        body(metadata=None),
        body(metadata="{}"),
        body(metadata='{"quote": 5}'),
        body(metadata=json.dumps({"quote": "q" * 300})),
        body(metadata='{"quote": "\\ud800"}'),
        body(metadata='{"quote": "\\u0000"}'),
        body(metadata='{"quote": ""}'),
        body(metadata=json.dumps({"quote": f"{QUOTE} "})),
        body(metadata="[" * 60_000),
        b'{"metadata": "\\ud800"}',
    ],
    ids=[
        "empty",
        "cut",
        "list",
        "no text",
        "deep",
        "no metadata",
        "no quote",
        "number",
        "long",
        "half a letter as the quote",
        "null as the quote",
        "nothing as the quote",
        "a space at its end",
        "deep within",
        "half a letter",
    ],
)
def test_call__that_names_no_order__has_no_effect(unsigned: Webhooks, woken: Woken, content: bytes) -> None:
    unsigned.receive("cnaught", {}, content)
    assert woken == []


@pytest.mark.parametrize("market", ["carbonmark", "isometric", "", "cnaught/"])
def test_call__of_a_market_that_does_not_call__is_refused(
    unsigned: Webhooks, woken: Woken, market: str
) -> None:
    with pytest.raises(UnknownMarket, match="cnaught"):
        unsigned.receive(market, {}, body())
    assert woken == []


def test_call__signed_as_agreed__wakes(agreed: Webhooks, woken: Woken) -> None:
    agreed.receive("cnaught", headers(body()), body())
    assert woken == [QUOTE]


def test_call__with_several_signatures__needs_one_that_fits(agreed: Webhooks, woken: Woken) -> None:
    given = headers(body())
    given["webhook-signature"] = f"v1,AAAA v2,xyz {given['webhook-signature']}"
    agreed.receive("cnaught", given, body())
    assert woken == [QUOTE]


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-signature": ""},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": "v2,x"},
        {"webhook-id": ""},
        {"webhook-id": "msg_another"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "١٧٨٦٩٥٧٣٠٠"},
        {"webhook-timestamp": "9" * 500},
        {"webhook-timestamp": str(NOW + 1)},
        {"webhook-timestamp": str(NOW - 301)},
    ],
    ids=str,
)
def test_call__not_signed_as_agreed__is_refused_and_wakes_nobody(
    agreed: Webhooks, woken: Woken, changes: dict[str, str]
) -> None:
    with pytest.raises(BadSignature) as caught:
        agreed.receive("cnaught", headers(body()) | changes, body())
    assert woken == [] and SECRET.get_secret_value() not in str(caught.value)


def test_call__body_changed_after_signing__is_refused(agreed: Webhooks, woken: Woken) -> None:
    with pytest.raises(BadSignature):
        agreed.receive("cnaught", headers(body()), body(state="cancelled"))
    assert woken == []


def test_call__replayed_after_five_minutes__is_refused(agreed: Webhooks) -> None:
    with pytest.raises(BadSignature, match="within 300 s"):
        agreed.receive("cnaught", headers(body(), NOW - 301), body())


def test_signature__secret_without_prefix_or_base64__is_used_as_it_is() -> None:
    content, at = b"{}", int(time.time())
    given = signed("whsec_" + base64.b64encode(b"plain words!").decode(), content, at)
    check_signature(SecretStr("plain words!"), given, content, at)
