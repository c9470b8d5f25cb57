"""Nonces: each is good for one attempt, whatever comes of it."""

from __future__ import annotations

import pytest
from nodes import Running, fresh_nonce, new_person, problem, signed, siwe_message

from greenledger.auth import nonces as auth_nonces
from greenledger.auth.nonces import TooManyNonces, issue_nonce
from greenledger.auth.sign_in import SignInRefused
from greenledger.usage import nonces
from greenledger.usage.database import Database


async def test_nonce__issued_twice__differs_and_is_long(gateway: Running) -> None:
    first, second = await fresh_nonce(gateway.client), await fresh_nonce(gateway.client)
    assert first != second
    assert len(first) == 24 and first.isalnum()


async def test_sign_in__nonce_used_before__is_refused(gateway: Running) -> None:
    person = new_person()
    body = signed(person, siwe_message(person.address, await fresh_nonce(gateway.client)))
    assert (await gateway.client.post("/v1/auth/sign-in", json=body)).status_code == 200
    again = await gateway.client.post("/v1/auth/sign-in", json=body)
    assert problem(again) == (401, "sign_in_refused", ["message.nonce"])


async def test_sign_in__nonce_of_a_failed_attempt__is_gone(gateway: Running) -> None:
    person = new_person()
    message = siwe_message(person.address, await fresh_nonce(gateway.client))
    forged = await gateway.client.post("/v1/auth/sign-in", json=signed(new_person(), message))
    assert problem(forged) == (401, "sign_in_refused", ["signature"])
    honest = await gateway.client.post("/v1/auth/sign-in", json=signed(person, message))
    assert problem(honest) == (401, "sign_in_refused", ["message.nonce"])


async def test_sign_in__nonce_that_was_never_issued__is_refused(gateway: Running) -> None:
    person = new_person()
    body = signed(person, siwe_message(person.address, "n" * 24))
    response = await gateway.client.post("/v1/auth/sign-in", json=body)
    assert problem(response) == (401, "sign_in_refused", ["message.nonce"])


async def test_consume__nonce_past_its_time__is_refused(database: Database) -> None:
    async with database.transaction() as session:
        issued = await issue_nonce(session, now=1_000)
    with pytest.raises(SignInRefused, match="too old"):
        async with database.transaction() as session:
            await auth_nonces.consume(session, issued.value, now=issued.expires_at)


async def test_issue__table_full__is_refused_until_nonces_expire(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nonces, "MAX_OPEN", 2)
    async with database.transaction() as session:
        await issue_nonce(session, now=1_000)
        last = await issue_nonce(session, now=1_001)
        with pytest.raises(TooManyNonces):
            await issue_nonce(session, now=1_002)
        assert await issue_nonce(session, now=last.expires_at)
