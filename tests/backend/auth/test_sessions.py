"""Sessions: the cookie opens them, the hash of it is all that is stored."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from deployed import Deployed
from nodes import BLOOM, Databases, Running, new_person, node_settings, problem, running, sign_in

from greenledger.auth.sessions import find_session, open_session
from greenledger.usage.database import Database


async def test_session__without_a_cookie__is_unauthenticated(gateway: Running) -> None:
    response = await gateway.client.get("/v1/auth/session")
    assert problem(response) == (401, "unauthenticated", ["cookie gl_session"])


async def test_session__cookie_that_was_made_up__is_unauthenticated(gateway: Running) -> None:
    response = await gateway.client.get("/v1/auth/session", headers={"cookie": "gl_session=" + "a" * 43})
    assert problem(response) == (401, "unauthenticated", ["cookie gl_session"])


async def test_sign_out__signed_in__ends_the_session_on_the_server(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    token = gateway.client.cookies["gl_session"]
    response = await gateway.client.post("/v1/auth/sign-out")
    assert response.status_code == 204
    assert "gl_session" not in gateway.client.cookies
    stolen = await gateway.client.get("/v1/auth/session", headers={"cookie": f"gl_session={token}"})
    assert problem(stolen)[0] == 401


async def test_sign_out__without_a_session__is_unauthenticated(gateway: Running) -> None:
    assert problem(await gateway.client.post("/v1/auth/sign-out"))[0] == 401


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://ledger.test.evil.test", None])
async def test_post__with_cookie_but_not_from_the_page__is_refused(
    gateway: Running, origin: str | None
) -> None:
    await sign_in(gateway.client, new_person())
    del gateway.client.headers["origin"]
    headers = {"origin": origin} if origin else {}
    response = await gateway.client.post("/v1/workloads", json={"workload": BLOOM}, headers=headers)
    assert problem(response) == (403, "wrong_origin", ["header Origin"])
    assert (await gateway.client.get("/v1/workloads")).json() == {"items": []}


async def test_session__in_the_database__is_the_hash_of_the_cookie_only(
    gateway: Running, database_file: Path
) -> None:
    await sign_in(gateway.client, new_person())
    token = gateway.client.cookies["gl_session"]
    with sqlite3.connect(database_file) as connection:
        stored = [str(row) for row in connection.execute("SELECT * FROM sessions")]
    assert len(stored) == 1 and token not in stored[0]


async def test_find_session__past_its_time__finds_nothing(database: Database) -> None:
    async with database.transaction() as session:
        token, signed_in = await open_session(session, "0x" + "11" * 20, now=1_000, hours=2)
        assert signed_in.expires_at == 1_000 + 7_200
        assert await find_session(session, token, now=8_199) == signed_in
        assert await find_session(session, token, now=8_200) is None


async def test_sign_in__page_over_https__sets_a_secure_cookie(deployed: Deployed, database_url: str) -> None:
    settings = node_settings(deployed, database_url, public_origin="https://ledger.test")
    person = new_person()
    async with running(settings) as node:
        response = await sign_in(node.client, person, domain="ledger.test", uri="https://ledger.test")
    assert "secure" in response.headers["set-cookie"].lower()
    assert response.headers["strict-transport-security"].startswith("max-age=")


async def test_sign_in__chain_down__works_for_a_key_and_says_so_for_a_wallet(
    deployed: Deployed, databases: Databases, tmp_path: Path
) -> None:
    settings = node_settings(deployed, databases.copy(tmp_path / "u.sqlite"), rpc_url="http://127.0.0.1:9")
    async with running(settings) as node:
        assert (await sign_in(node.client, new_person())).status_code == 200
        # Nobody can tell a forged signature from a contract wallet's without asking the chain.
        response = await sign_in(node.client, new_person(), signer=new_person(), expected=503)
    assert problem(response)[1] == "chain_unavailable"
