"""POST /v1/auth/sign-in with real keys, real messages and a real chain."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from nodes import Running, fresh_nonce, new_person, problem, sign_in, signed, siwe_message
from siwe import ISO8601Datetime, SiweMessage

from greenledger.auth import sign_in as auth_sign_in


def at(seconds_from_now: int) -> str:
    text: str = ISO8601Datetime.from_datetime(datetime.now(UTC) + timedelta(seconds=seconds_from_now))
    return text


async def test_sign_in__with_own_key__opens_a_session(gateway: Running) -> None:
    person = new_person()
    response = await sign_in(gateway.client, person)
    assert response.json()["account"] == person.address
    session = await gateway.client.get("/v1/auth/session")
    assert session.json() == response.json()


async def test_sign_in__cookie__is_http_only_and_strict(gateway: Running) -> None:
    cookie = (await sign_in(gateway.client, new_person())).headers["set-cookie"]
    assert cookie.startswith("gl_session=")
    flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/", "max-age=86400"} <= flags
    assert "secure" not in flags  # the tests' page is served over plain http


async def test_sign_in__lower_case_address__is_stored_with_checksum(gateway: Running) -> None:
    person = new_person()
    message = siwe_message(person.address.lower(), await fresh_nonce(gateway.client))
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message))
    assert response.json()["account"] == person.address


async def test_sign_in__signature_by_someone_else__is_refused(gateway: Running) -> None:
    message = siwe_message(new_person().address, await fresh_nonce(gateway.client))
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(new_person(), message))
    assert problem(response) == (401, "sign_in_refused", ["signature"])
    assert "set-cookie" not in response.headers


async def test_sign_in__signature_of_another_text__is_refused(gateway: Running) -> None:
    person = new_person()
    nonce = await fresh_nonce(gateway.client)
    body = signed(person, siwe_message(person.address, nonce, statement="Something else."))
    body["message"] = siwe_message(person.address, nonce)
    response = await gateway.client.post("/v1/auth/sign-in", json=body)
    assert problem(response) == (401, "sign_in_refused", ["signature"])


@pytest.mark.parametrize(
    "signature",
    ["0x", "0x00", "0x" + "11" * 65, "0x" + "ff" * 5000],
    ids=["empty", "one byte", "65 equal bytes", "5,000 bytes"],
)
async def test_sign_in__bytes_that_are_no_signature__are_refused(gateway: Running, signature: str) -> None:
    message = siwe_message(new_person().address, await fresh_nonce(gateway.client))
    body = {"message": message, "signature": signature}
    response = await gateway.client.post("/v1/auth/sign-in", json=body)
    assert problem(response) == (401, "sign_in_refused", ["signature"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"domain": "evil.test"}, "message.domain"),
        ({"uri": "http://evil.test"}, "message.uri"),
        ({"chain_id": 1}, "message.chain_id"),
    ],
)
async def test_sign_in__field_that_does_not_fit__is_refused_by_name(
    gateway: Running, changes: dict[str, Any], field: str
) -> None:
    person = new_person()
    message = siwe_message(person.address, await fresh_nonce(gateway.client), **changes)
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message))
    assert problem(response) == (401, "sign_in_refused", [field])


@pytest.mark.parametrize(
    ("field", "seconds_from_now"),
    [
        ("issued_at", -700),
        ("issued_at", 120),
        ("issued_at", 10**9),
        ("expiration_time", -1),
        ("not_before", 60),
    ],
)
async def test_sign_in__time_that_does_not_fit__is_refused_by_name(
    gateway: Running, field: str, seconds_from_now: int
) -> None:
    person = new_person()
    times = {field: at(seconds_from_now)}
    message = siwe_message(person.address, await fresh_nonce(gateway.client), **times)
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message))
    assert problem(response) == (401, "sign_in_refused", [f"message.{field}"])


@pytest.mark.parametrize("seconds_from_now", [-540, 30])
async def test_sign_in__issued_within_the_window__is_accepted(
    gateway: Running, seconds_from_now: int
) -> None:
    person = new_person()
    issued_at = at(seconds_from_now)
    message = siwe_message(person.address, await fresh_nonce(gateway.client), issued_at=issued_at)
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message))
    assert response.status_code == 200


@pytest.mark.parametrize("text", ["hello", "", "x" * 5000], ids=["hello", "empty", "too long"])
async def test_sign_in__text_that_is_no_message__is_invalid(gateway: Running, text: str) -> None:
    response = await gateway.client.post("/v1/auth/sign-in", json={"message": text, "signature": "0x00"})
    status, _, fields = problem(response)
    assert (status, fields) == (422, ["message"])


async def test_sign_in__from_another_site__is_refused(gateway: Running) -> None:
    person = new_person()
    message = siwe_message(person.address, await fresh_nonce(gateway.client))
    headers = {"origin": "http://evil.test"}
    response = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message), headers=headers)
    assert problem(response) == (403, "wrong_origin", ["header Origin"])


@pytest.mark.parametrize(
    ("text", "problem_text"),
    [
        ("x" * 301 + "\nNonce: " + "n" * 24, "has a line of 301 characters"),
        ("Nonce: aaaaaaaa\nNonce: bbbbbbbb", "has 2 lines that state a nonce"),
    ],
    ids=["long line", "two nonces"],
)
async def test_sign_in__text_not_worth_parsing__is_refused_before_the_parser(
    gateway: Running, monkeypatch: pytest.MonkeyPatch, text: str, problem_text: str
) -> None:
    monkeypatch.setattr(auth_sign_in, "_parse", None)  # calling it would be a server error
    response = await gateway.client.post("/v1/auth/sign-in", json={"message": text, "signature": "0x00"})
    assert problem(response) == (422, "invalid_message", ["message"])
    assert response.json()["errors"][0]["problem"] == problem_text


async def test_sign_in__unknown_nonce__is_refused_before_the_parser(
    gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth_sign_in, "_parse", None)
    message = siwe_message(new_person().address, "n" * 24)
    response = await gateway.client.post("/v1/auth/sign-in", json={"message": message, "signature": "0x00"})
    assert problem(response) == (401, "sign_in_refused", ["message.nonce"])


async def test_sign_in__message_that_cannot_be_parsed__costs_its_nonce(gateway: Running) -> None:
    person = new_person()
    nonce = await fresh_nonce(gateway.client)
    broken = {"message": f"no grammar allows this\nNonce: {nonce}", "signature": "0x00"}
    assert problem(await gateway.client.post("/v1/auth/sign-in", json=broken))[:2] == (422, "invalid_message")
    honest = await gateway.client.post(
        "/v1/auth/sign-in", json=signed(person, siwe_message(person.address, nonce))
    )
    assert problem(honest) == (401, "sign_in_refused", ["message.nonce"])


async def test_parse_message__slow_to_parse__leaves_the_event_loop_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[int] = []
    parse = auth_sign_in._parse

    def noted(text: str) -> SiweMessage:
        threads.append(threading.get_ident())
        return parse(text)

    monkeypatch.setattr(auth_sign_in, "_parse", noted)
    parsed = await auth_sign_in.parse_message(siwe_message(new_person().address, "n" * 24))
    assert parsed.nonce == "n" * 24
    assert len(threads) == 1 and threads[0] != threading.get_ident()
