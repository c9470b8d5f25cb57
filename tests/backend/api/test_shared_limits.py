"""Rate limits that several gateways keep together: real processes on one database, and its failures."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from deployed import Deployed
from key_holders import bearer, stored_key
from nodes import BLOOM, node_settings, problem, running
from postgres import Postgres, on_both_engines
from sqlalchemy import func, select, text, update
from two_gateways import two_gateways

from greenledger.api.shared_limits import BLOCKS, LEASES_PER_MINUTE, Leases, SharedLimit, Verdict
from greenledger.api.token_buckets import MAX_CLIENTS, TokenBuckets
from greenledger.usage import rates
from greenledger.usage.database import Database
from greenledger.usage.models.rate import RateBucket


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


ACCOUNT = "0x" + "11" * 20
LIMIT = 60
MINUTE_MS = 60_000


class Asked:
    """How many of many requests passed, and how many may in the time that they took."""

    def __init__(self, answers: list[httpx.Response], seconds: float) -> None:
        self.passed = sum(answer.status_code == 200 for answer in answers)
        self.refused = [answer for answer in answers if answer.status_code == 429]
        self.most = LIMIT * (1 + int(seconds // 60))
        assert self.passed + len(self.refused) == len(answers)


async def ask_all(urls: tuple[str, ...], path: str, headers: dict[str, str] | None = None) -> Asked:
    """Three times the limit at once, by turns to each gateway."""
    started = time.monotonic()
    async with httpx.AsyncClient(
        headers=headers, limits=httpx.Limits(max_connections=20), timeout=60
    ) as client:
        asked = (client.get(urls[number % len(urls)] + path) for number in range(3 * LIMIT))
        answers = await asyncio.gather(*asked)
    return Asked(answers, time.monotonic() - started)


@pytest.fixture
def gateways(deployed: Deployed, database_url: str) -> Iterator[tuple[str, str]]:
    # The machine may be too busy for the usual patience; what counts here is that all of it is shared.
    settings = {"key_rate_per_minute": LIMIT, "sign_in_rate_per_minute": LIMIT, "rate_wait_seconds": 30}
    with two_gateways(deployed, database_url, **settings) as urls:
        yield urls


async def test_two_gateways__one_key_asks_both__gets_its_limit_once_in_all(
    gateways: tuple[str, str], database: Database
) -> None:
    key = await stored_key(database, ACCOUNT, int(time.time()))
    asked = await ask_all(gateways, "/v1/workloads", bearer(key))
    # What one process leased and could not spend any more is lost: less than one lease.
    assert LIMIT - LIMIT // BLOCKS < asked.passed <= asked.most
    assert problem(asked.refused[0])[:2] == (429, "rate_limited")
    assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in asked.refused)
    other = await stored_key(database, ACCOUNT, int(time.time()))
    async with httpx.AsyncClient(headers=bearer(other)) as client:
        assert (await client.get(f"{gateways[0]}/v1/workloads")).status_code == 200


async def test_two_gateways__one_address_signs_in_at_both__gets_its_limit_once_in_all(
    gateways: tuple[str, str],
) -> None:
    asked = await ask_all(gateways, "/v1/auth/nonce")
    assert LIMIT - LIMIT // BLOCKS < asked.passed <= asked.most


async def test_key__answers__state_its_limit(
    deployed: Deployed, database_url: str, database: Database
) -> None:
    key = await stored_key(database, ACCOUNT, int(time.time()))
    async with running(node_settings(deployed, database_url, key_rate_per_minute=2)) as node:
        first, second, third = [await node.client.get("/v1/workloads", headers=bearer(key)) for _ in range(3)]
        anonymous = await node.client.post("/v1/footprints/estimate", json=BLOOM)
    for answer, left in ((first, 1), (second, 0), (third, 0)):
        assert answer.headers["ratelimit-policy"] == '"key";q=2;w=60'
        found = re.fullmatch(r'"key";r=(\d+);t=(\d+)', answer.headers["ratelimit"])
        assert found and int(found.group(1)) == left and 0 <= int(found.group(2)) <= 60
    assert [answer.status_code for answer in (first, second, third)] == [200, 200, 429]
    assert "retry-after" not in second.headers and int(third.headers["retry-after"]) >= 1
    assert "ratelimit" not in anonymous.headers


async def test_key__of_somebody_else_stated_with_a_wrong_secret__uses_up_nothing(
    deployed: Deployed, database_url: str, database: Database
) -> None:
    key = await stored_key(database, ACCOUNT, int(time.time()))
    forged = key[:-4] + ("0000" if key[-4:] != "0000" else "1111")
    async with running(node_settings(deployed, database_url, key_rate_per_minute=1)) as node:
        for _ in range(3):
            assert (await node.client.get("/v1/workloads", headers=bearer(forged))).status_code == 401
        assert (await node.client.get("/v1/workloads", headers=bearer(key))).status_code == 200


async def take(database: Database, bucket: str, limit: int, wanted: int) -> rates.Lease:
    async with database.transaction() as session:
        return await rates.take_tokens(session, bucket, limit, wanted, MINUTE_MS)


async def test_take_tokens__many_at_once__give_the_limit_and_no_more(database: Database) -> None:
    leases = await asyncio.gather(*(take(database, "many", 50, 7) for _ in range(12)))
    assert sum(lease.granted for lease in leases) == 50
    assert min(lease.free for lease in leases) == 0
    assert all(0 < lease.left_ms <= MINUTE_MS for lease in leases)


@pytest.mark.parametrize("moved_ms", [-MINUTE_MS, 3 * MINUTE_MS])
async def test_take_tokens__window_over_or_clock_put_back__begins_a_new_window(
    database: Database, moved_ms: int
) -> None:
    assert (await take(database, "moved", 5, 5)).granted == 5
    assert (await take(database, "moved", 5, 5)).granted == 0
    async with database.transaction() as session:
        await session.execute(update(RateBucket).values(started_ms=RateBucket.started_ms + moved_ms))
    lease = await take(database, "moved", 5, 2)
    assert (lease.granted, lease.free) == (2, 3)


async def test_take_tokens__limit_was_lowered__gives_none_instead_of_less_than_none(
    database: Database,
) -> None:
    assert (await take(database, "lowered", 50, 50)).granted == 50
    lease = await take(database, "lowered", 5, 1)
    assert (lease.granted, lease.free) == (0, 0)


async def rows(database: Database) -> int:
    async with database.transaction() as session:
        return (await session.scalar(select(func.count()).select_from(RateBucket))) or 0


async def test_forget_old__windows_long_over__are_dropped(database: Database) -> None:
    for number in range(5):
        await take(database, f"old {number}", 1, 1)
    async with database.transaction() as session:
        await session.execute(update(RateBucket).values(started_ms=RateBucket.started_ms - 3 * MINUTE_MS))
    await take(database, "new", 1, 1)
    async with database.transaction() as session:
        await rates.forget_old(session, MINUTE_MS)
    assert await rows(database) == 1


class CountedLeases(Leases):
    """Counts the questions to the real database."""

    asked = 0

    async def ask(self, bucket: str, limit: int, wanted: int) -> rates.Lease | None:
        self.asked += 1
        return await super().ask(bucket, limit, wanted)


async def passes(limit: SharedLimit, client: str, count: int) -> list[Verdict]:
    return [await limit.take(client) for _ in range(count)]


async def test_flood__of_one_address__is_written_once_for_each_lease_and_not_when_refused(
    database: Database,
) -> None:
    leases = CountedLeases(database)
    limit = SharedLimit("flood", 100, leases, TokenBuckets(LEASES_PER_MINUTE))
    verdicts = await passes(limit, "192.0.2.1", 1_000)
    assert sum(verdict.allowed for verdict in verdicts) == 100
    assert leases.asked == BLOCKS


async def test_flood__of_many_addresses__is_written_within_the_budget_and_counted_here_beyond_it(
    database: Database,
) -> None:
    leases = CountedLeases(database)
    limit = SharedLimit("flood", 2, leases, TokenBuckets(10, clock=lambda: 0.0))
    for number in range(50):
        verdicts = await passes(limit, f"192.0.2.{number}", 3)
        assert [verdict.allowed for verdict in verdicts] == [True, True, False]
    assert leases.asked == 10
    assert await rows(database) <= 10


async def test_clients__more_than_fit__are_forgotten_here(database: Database) -> None:
    limit = SharedLimit("many", 1, Leases(database), TokenBuckets(1, clock=lambda: 0.0))
    for number in range(MAX_CLIENTS + 5):
        await limit.take(str(number))
    assert len(limit._shares) == MAX_CLIENTS


async def test_burst__of_one_client_at_once__asks_the_database_one_question_at_a_time(
    database: Database,
) -> None:
    leases = CountedLeases(database)
    limit = SharedLimit("burst", 40, leases)
    verdicts = await asyncio.gather(*(limit.take("a") for _ in range(200)))
    assert sum(verdict.allowed for verdict in verdicts) == 40
    assert leases.asked == BLOCKS


async def test_database__without_the_table__is_left_alone_and_each_gateway_counts_for_itself(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await session.execute(text("DROP TABLE rate_buckets"))
    now = [0.0]
    leases = CountedLeases(database, clock=lambda: now[0])
    limit = SharedLimit("away", 3, leases, clock=lambda: now[0])
    verdicts = await passes(limit, "a", 5)
    assert [verdict.allowed for verdict in verdicts] == [True, True, True, False, False]
    assert leases.asked == 1
    assert "ratelimit" not in verdicts[0].fields() and int(verdicts[-1].fields()["retry-after"]) == 20
    now[0] += 6.0
    await limit.take("a")
    assert leases.asked == 2


async def test_database__away__limits_hold_in_this_process(
    deployed: Deployed, engine: str, tmp_path: Path, postgres: Postgres
) -> None:
    urls = {"sqlite": f"sqlite+aiosqlite:///{tmp_path}/none/none.sqlite", "postgresql": postgres.url("none")}
    async with running(node_settings(deployed, urls[engine], rate_per_minute=3)) as node:
        answers = [await node.client.get("/v1/catalogue") for _ in range(5)]
        live = await node.client.get("/health/live")
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert live.status_code == 200


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True, scope="session")
async def test_database__slow__is_not_waited_for(
    deployed: Deployed, database_url: str, database: Database
) -> None:
    settings = node_settings(deployed, database_url, rate_per_minute=3)
    async with running(settings) as node, database.transaction() as session:
        await session.execute(text("LOCK TABLE rate_buckets IN ACCESS EXCLUSIVE MODE"))
        answers = [await node.client.get("/v1/catalogue") for _ in range(4)]
    # The answers came while the lock was held: from this process's own count.
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
