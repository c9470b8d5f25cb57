"""Keys by themselves: what is stored of them, when they live, and how many there can be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from nodes import new_person
from postgres import on_both_engines
from sqlalchemy import text, update

from greenledger.auth.keys import (
    DAY_S,
    KeyRefused,
    Scope,
    TooManyKeys,
    UnknownKey,
    create_key,
    end_key,
    find_holder,
    id_of,
)
from greenledger.usage import api_keys, audit
from greenledger.usage.api_keys import MAX_DEAD, MAX_LIVING, TOUCH_S
from greenledger.usage.audit import SESSION, Origin
from greenledger.usage.database import Database
from greenledger.usage.models.api_key import ApiKey

ACCOUNT = "0x" + "11" * 20
ORIGIN = Origin(SESSION, "request-1", "192.0.2.0/24")
NOW = 1_800_000_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


async def made(
    database: Database,
    account: str = ACCOUNT,
    now: int = NOW,
    days: int | None = None,
    scopes: tuple[Scope, ...] = (Scope.SUBMIT,),
) -> str:
    async with database.transaction() as session:
        key, _ = await create_key(session, account, "CI", scopes, days, now, ORIGIN)
    return key


def key_id(key: str) -> str:
    found = id_of(key)
    assert found is not None
    return found


async def listed(database: Database, account: str = ACCOUNT) -> list[ApiKey]:
    async with database.transaction() as session:
        return await api_keys.list_keys(session, account)


async def test_create__a_key__has_256_random_bits_and_only_their_hash_is_stored(database: Database) -> None:
    keys = [await made(database) for _ in range(2)]
    assert all(re.fullmatch(r"gl_[0-9a-f]{16}_[0-9a-f]{64}", key) for key in keys)
    assert keys[0][-64:] != keys[1][-64:]
    async with database.transaction() as session:
        rows = [str(row) for row in await session.execute(text("SELECT * FROM api_keys"))]
        entries = [str(row) for row in await session.execute(text("SELECT * FROM audit_entries"))]
    assert len(rows) == len(entries) == 2
    assert not any(key[-64:] in row for key in keys for row in rows + entries)


async def test_find__a_living_key__gives_its_account_and_scopes(database: Database) -> None:
    key = await made(database, scopes=(Scope.RECORD, Scope.ESTIMATE))
    holder = await find_holder(database, key, NOW)
    assert (holder.account, holder.key_id, holder.scopes) == (ACCOUNT, key_id(key), ("estimate", "record"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-1] + ("0" if key[-1] != "0" else "1"),
        lambda key: "gl_" + "0" * 16 + key[19:],
        lambda key: key + "0",
        lambda key: key[:-1],
        lambda key: key.upper(),
        lambda key: key.replace("gl_", "xx_"),
        lambda key: key + "\n",
        lambda _key: "",
        lambda _key: "x" * 10_000,
        lambda _key: "gl_" + "\u0661" * 16 + "_" + "\u0661" * 64,
    ],
)
async def test_find__not_exactly_the_key__is_refused_without_repeating_it(
    database: Database, spoil: Callable[[str], str]
) -> None:
    key = await made(database)
    stated = spoil(key)
    with pytest.raises(KeyRefused) as caught:
        await find_holder(database, stated, NOW)
    assert key[-64:] not in caught.value.problem and len(caught.value.problem) < 100


async def test_find__just_before_and_at_expiry__is_good_and_then_refused(database: Database) -> None:
    key = await made(database, days=1)
    assert (await find_holder(database, key, NOW + DAY_S - 1)).account == ACCOUNT
    with pytest.raises(KeyRefused, match=f"expired at {NOW + DAY_S} \\(now: {NOW + DAY_S}\\)"):
        await find_holder(database, key, NOW + DAY_S)


async def test_find__by_a_gateway_whose_clock_is_behind__lives_by_that_clock(database: Database) -> None:
    key = await made(database, days=366, now=NOW)
    assert (await find_holder(database, key, NOW - 3600)).account == ACCOUNT
    with pytest.raises(KeyRefused, match="expired"):
        await find_holder(database, key, NOW + 366 * DAY_S + 3600)


async def test_end__a_key__refuses_it_at_once_and_keeps_it_listed(database: Database) -> None:
    key = await made(database)
    await find_holder(database, key, NOW)
    for _ in range(2):
        async with database.transaction() as session:
            await end_key(session, ACCOUNT, key_id(key), NOW + 5, ORIGIN)
    with pytest.raises(KeyRefused, match=f"revoked at {NOW + 5}"):
        await find_holder(database, key, NOW + 5)
    (row,) = await listed(database)
    assert (row.revoked_at, row.place) == (NOW + 5, None)
    async with database.transaction() as session:
        entries = await audit.list_entries(session, ACCOUNT, 10, None)
    assert sorted(entry.action for entry in entries) == ["key_created", "key_revoked"]
    assert {entry.subject for entry in entries} == {key_id(key)}


async def test_end__a_key_of_another_account__is_unknown_and_lives_on(database: Database) -> None:
    key = await made(database)
    with pytest.raises(UnknownKey):
        async with database.transaction() as session:
            await end_key(session, new_person().address, key_id(key), NOW, ORIGIN)
    assert (await find_holder(database, key, NOW)).account == ACCOUNT


async def test_last_use__many_uses__is_written_once_a_minute(database: Database) -> None:
    key = await made(database)
    seen = []
    for now in (NOW, NOW + 1, NOW + TOUCH_S - 1, NOW + TOUCH_S, NOW + TOUCH_S + 1):
        await find_holder(database, key, now)
        seen.append((await listed(database))[0].last_used_at)
    assert seen == [NOW, NOW, NOW, NOW + TOUCH_S, NOW + TOUCH_S]


async def test_create__more_than_fit_at_once__makes_exactly_as_many_as_may_live(database: Database) -> None:
    for _ in range(MAX_LIVING - 3):
        await made(database)
    results = await asyncio.gather(*(made(database) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(result, TooManyKeys) for result in results) == 5
    assert sum(isinstance(result, str) for result in results) == 3
    assert len(await listed(database)) == MAX_LIVING
    assert await made(database, account="0x" + "22" * 20)


async def test_create__after_one_expired_or_was_revoked__has_a_place_again(database: Database) -> None:
    first = await made(database, days=1)
    keys = [await made(database) for _ in range(MAX_LIVING - 1)]
    with pytest.raises(TooManyKeys):
        await made(database)
    assert await made(database, now=NOW + DAY_S)
    with pytest.raises(KeyRefused, match="expired"):
        await find_holder(database, first, NOW + DAY_S)
    async with database.transaction() as session:
        await end_key(session, ACCOUNT, key_id(keys[0]), NOW, ORIGIN)
    assert await made(database)


async def test_dead_keys__more_than_are_kept__the_oldest_are_dropped(database: Database) -> None:
    for number in range(MAX_DEAD + 10):
        key = await made(database, now=NOW + number)
        async with database.transaction() as session:
            mine = update(ApiKey).where(ApiKey.id == key_id(key))
            await session.execute(mine.values(place=None, revoked_at=NOW))
    await made(database, now=NOW + 1_000)
    rows = await listed(database)
    assert len(rows) == MAX_DEAD + 1
    assert min(row.created_at for row in rows) == NOW + 10
