"""Everything of one account, and nothing of another or of its secrets."""

from __future__ import annotations

import json

import pytest
from order_rows import with_orders
from workload_rows import MINE, THEIRS, new_row, report_over

from greenledger.usage import export
from greenledger.usage.base import Base
from greenledger.usage.bulk import add_events
from greenledger.usage.database import Database
from greenledger.usage.export import EXPORTED, LEFT_OUT, exported_rows
from greenledger.usage.models.api_key import ApiKey
from greenledger.usage.models.session import Session


def test_every_table_of_accounts__is_exported_or_left_out_on_purpose() -> None:
    with_account = {name for name, table in Base.metadata.tables.items() if "account" in table.columns}
    assert set(EXPORTED) | LEFT_OUT == with_account
    assert set(EXPORTED) & LEFT_OUT == set()


def test_columns_that_stay_here__are_columns_of_their_table() -> None:
    for name, hidden in EXPORTED.items():
        assert hidden <= set(Base.metadata.tables[name].columns.keys()), name


async def test_exported_rows__of_an_account__are_all_of_its_and_without_secrets(database: Database) -> None:
    await with_orders(database, ("a", 900))
    async with database.transaction() as session:
        await add_events(session, MINE, {"e": new_row("a", "e")})
        await add_events(session, THEIRS, {"e": new_row("b", "e", THEIRS)})
        session.add(report_over("r", "a"))
        session.add(
            ApiKey(
                account=MINE,
                id="k" * 16,
                place=0,
                name="CI",
                scopes=["submit"],
                secret_hash="5ec2e7" * 8,
                created_at=1,
            )
        )
        session.add(Session(token_hash="70ce4" * 8, account=MINE, expires_at=9))
    rows = [(table, row) async for table, row in exported_rows(database, MINE)]
    assert [table for table, _ in rows] == [
        *("workloads", "workload_events", "reports", "report_workloads"),
        *("quotes", "orders", "api_keys"),
    ]
    found = dict(rows)
    assert found["workloads"]["salt"] == new_row("a").salt
    assert found["workloads"]["estimate"] == {"of": "a"}
    assert found["api_keys"]["name"] == "CI"
    text = json.dumps(rows)
    assert "5ec2e7" not in text and "70ce4" not in text and THEIRS not in text
    assert "locked_by" not in found["orders"]


async def test_exported_rows__more_than_a_page__gives_each_once_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 3)
    names = [f"{number:02}" for number in range(7)]
    async with database.transaction() as session:
        await add_events(session, MINE, {name: new_row(name, name) for name in names})
        session.add_all([report_over("r", *names[:4]), report_over("s", *names[2:])])
    rows = [(table, row) async for table, row in exported_rows(database, MINE)]
    assert [row["id"] for table, row in rows if table == "workloads"] == names
    assert [row["workload_id"] for table, row in rows if table == "report_workloads"] == names[:4] + names[2:]


async def test_exported_rows__nothing_there__gives_none(database: Database) -> None:
    assert [row async for row in exported_rows(database, MINE)] == []
