"""The audit log: the database itself refuses to change it, and to forget it before its time."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from greenledger.usage import audit
from greenledger.usage.audit import BY_NODE, DAY_S, KEPT_DAYS, MAX_DETAILS_CHARACTERS, Action, Origin
from greenledger.usage.database import Database
from greenledger.usage.migrations.versions import m0006_keys
from greenledger.usage.models.audit import AuditEntry

ACCOUNT = "0x" + "11" * 20
OTHER = "0x" + "22" * 20
KEPT_S = KEPT_DAYS * DAY_S


async def noted(database: Database, at: int, account: str = ACCOUNT) -> None:
    async with database.transaction() as session:
        await audit.append(session, account, Action.KEY_CREATED, at, BY_NODE, "ab" * 8, scopes=["submit"])


async def count(database: Database) -> int:
    async with database.transaction() as session:
        return (await session.scalar(select(func.count()).select_from(AuditEntry))) or 0


async def test_append__in_a_transaction_that_fails__leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await audit.append(session, ACCOUNT, Action.SIGNED_IN, 1)
            raise RuntimeError
    assert await count(database) == 0


async def test_append__all_fields__are_read_back_newest_first_and_by_pages(database: Database) -> None:
    origin = Origin("key:0123456789abcdef", "request-1", "2001:db8:1::/48")
    async with database.transaction() as session:
        await audit.append(session, ACCOUNT, Action.REPORT_ISSUED, 7, origin, "0x" + "ab" * 32, workloads=3)
    for at in range(8, 12):
        await noted(database, at)
        await asyncio.sleep(0.002)  # ids ascend by the millisecond
    await noted(database, 99, OTHER)
    async with database.transaction() as session:
        first = await audit.list_entries(session, ACCOUNT, 3, None)
        rest = await audit.list_entries(session, ACCOUNT, 3, first[-1].id)
    assert [entry.at for entry in first] == [11, 10, 9]
    assert [entry.at for entry in rest] == [8, 7]
    last = rest[-1]
    assert (last.action, last.actor, last.subject) == (
        "report_issued",
        "key:0123456789abcdef",
        "0x" + "ab" * 32,
    )
    assert (last.details, last.request_id, last.network) == ({"workloads": 3}, "request-1", "2001:db8:1::/48")


async def test_append__details_too_long__is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="too long"):
        async with database.transaction() as session:
            await audit.append(session, ACCOUNT, Action.SIGNED_IN, 1, text="x" * MAX_DETAILS_CHARACTERS)
    with pytest.raises(ValueError, match="too long"):
        async with database.transaction() as session:
            await audit.append(session, ACCOUNT, Action.SIGNED_IN, 1, BY_NODE, "x" * 129)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'node'",
        "UPDATE audit_entries SET at = 1",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE account = :account",
    ],
)
async def test_database__asked_to_change_an_entry__refuses(database: Database, statement: str) -> None:
    await noted(database, int(time.time()))
    with pytest.raises(DBAPIError, match="audit entries are only added"):
        async with database.transaction() as session:
            await session.execute(text(statement), {"account": ACCOUNT} if ":account" in statement else {})
    assert await count(database) == 1


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE audit_entries",
        "INSERT INTO audit_entries SELECT * FROM audit_entries"
        " ON CONFLICT (account, id) DO UPDATE SET actor = 'node'",
    ],
)
async def test_postgresql__asked_to_change_an_entry_by_its_own_ways__refuses(
    database: Database, statement: str
) -> None:
    await noted(database, int(time.time()))
    with pytest.raises(DBAPIError, match="audit entries are only added"):
        async with database.transaction() as session:
            await session.execute(text(statement))
    assert await count(database) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries",
        "REPLACE INTO audit_entries (account, id, at, action, actor, subject, details)"
        " SELECT account, id, 1, 'x', 'x', '', '{}' FROM audit_entries",
        "UPDATE OR REPLACE audit_entries SET id = 'x'",
        "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE true"
        " ON CONFLICT DO UPDATE SET actor = 'node'",
    ],
)
async def test_sqlite__asked_to_replace_an_entry__refuses(database: Database, statement: str) -> None:
    await noted(database, int(time.time()))
    with pytest.raises(DBAPIError, match="audit entries are only added"):
        async with database.transaction() as session:
            await session.execute(text(statement))
    async with database.transaction() as session:
        (entry,) = await audit.list_entries(session, ACCOUNT, 10, None)
    assert entry.actor == "node" and entry.action == "key_created"


async def test_remove_old__entries_past_their_time__go_and_the_others_stay(database: Database) -> None:
    now = int(time.time())
    for age_s in (KEPT_S + DAY_S + 3600, KEPT_S + 3600, 0):
        await noted(database, now - age_s)
    async with database.transaction() as session:
        await audit.remove_old(session, now)
        left = await audit.list_entries(session, ACCOUNT, 10, None)
    assert sorted(entry.at for entry in left) == [now - KEPT_S - 3600, now]


async def test_remove_old__by_a_clock_a_year_ahead__is_refused_whole(database: Database) -> None:
    now = int(time.time())
    await noted(database, now - KEPT_S - 3600)
    await noted(database, now - KEPT_S + 3600)
    with pytest.raises(DBAPIError, match="audit entries are only added"):
        async with database.transaction() as session:
            await audit.remove_old(session, now + KEPT_S)
    assert await count(database) == 2


async def test_update__by_the_models__is_refused_too(database: Database) -> None:
    await noted(database, int(time.time()))
    with pytest.raises(DBAPIError, match="audit entries are only added"):
        async with database.transaction() as session:
            await session.execute(update(AuditEntry).values(network="192.0.2.0/24"))


def test_time_kept__in_the_migration_and_in_the_code__is_the_same() -> None:
    assert m0006_keys.AUDIT_KEPT_S == KEPT_S
    source = Path(m0006_keys.__file__).read_text()
    assert len(re.findall(r"\{AUDIT_KEPT_S\}", source)) == 2
