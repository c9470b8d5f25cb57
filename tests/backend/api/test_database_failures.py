"""A database that fails on PostgreSQL is the same problem as on SQLite: 503, and nothing changed."""

from __future__ import annotations

import asyncio

import asyncpg
from deployed import Deployed
from nodes import node_settings, problem, running
from postgres import USER, Postgres

UNAVAILABLE = (503, "database_unavailable", [])


async def test_database__never_migrated__is_unavailable(deployed: Deployed, postgres: Postgres) -> None:
    async with running(node_settings(deployed, postgres.create())) as node:
        response = await node.client.get("/v1/auth/nonce")
    assert problem(response) == UNAVAILABLE


async def test_database__connection_lost_in_a_request__is_unavailable_and_the_next_one_works(
    deployed: Deployed, postgres: Postgres
) -> None:
    url = postgres.migrated()
    name = url.partition("@/")[2].partition("?")[0]
    other = await asyncpg.connect(host=str(postgres.socket_folder), user=USER, database=name)
    try:
        async with running(node_settings(deployed, url)) as node:
            async with other.transaction():
                await other.execute("LOCK TABLE nonces IN ACCESS EXCLUSIVE MODE")
                asked = asyncio.create_task(node.client.get("/v1/auth/nonce"))
                await _cut_whoever_waits(other)
                lost = await asked
            after = await node.client.get("/v1/auth/nonce")
    finally:
        await other.close()
    assert problem(lost) == UNAVAILABLE
    assert after.status_code == 200


async def test_database__server_away__is_unavailable(deployed: Deployed, postgres: Postgres) -> None:
    url = postgres.url("no_such_database")
    async with running(node_settings(deployed, url)) as node:
        response = await node.client.get("/v1/auth/nonce")
    assert problem(response) == UNAVAILABLE


async def _cut_whoever_waits(other: asyncpg.Connection) -> None:
    """Ends the server's process behind the connection that waits for our lock."""
    waiting = "SELECT pid FROM pg_locks WHERE NOT granted"
    for _ in range(100):
        if pids := await other.fetch(waiting):
            for row in pids:
                await other.fetch("SELECT pg_terminate_backend($1)", row["pid"])
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody waits for the lock")
