"""Orders from before the outbox: what they become, so that none is lost and none bought blindly."""

from __future__ import annotations

import json
import threading

from alembic import command
from sqlalchemy import text

from greenledger.usage.database import Database
from greenledger.usage.migrate import migration_config

MINE = "0x" + "11" * 20


def migrated(url: str, to: str) -> None:
    """Up or down; alembic drives an event loop of its own."""
    run = command.upgrade if to == "head" else command.downgrade
    work = threading.Thread(target=run, args=(migration_config(url), to))
    work.start()
    work.join()


async def test_migrate__orders_from_before__go_on_where_they_were(database_url: str) -> None:
    migrated(database_url, "0003")
    database = Database(database_url)
    rows = (("a", "placed", None), ("b", "cosigned", {"market": "m"}), ("c", "failed", None))
    async with database.transaction() as session:
        for identity, state, proof in rows:
            await session.execute(
                text(QUOTE), {"account": MINE, "id": identity, "reference": f"ref-{identity}"}
            )
            await session.execute(
                text(ORDER),
                {"account": MINE, "id": identity, "state": state, "proof": json.dumps(proof)},
            )
    migrated(database_url, "head")
    async with database.transaction() as session:
        found = await session.execute(
            text("SELECT id, state, reference, asked_at, acts, due_at FROM orders ORDER BY id")
        )
        orders = [tuple(row) for row in found]
        effects = [tuple(row) for row in await session.execute(text("SELECT key, kind, due_at FROM outbox"))]
    assert orders == [
        ("a", "paid", "ref-a", 5, 1, None),
        ("b", "cosigned", "ref-b", 5, 0, 7),
        ("c", "failed", "ref-c", 5, 0, 7),
    ]
    # It looks at the market first: whether it was bought before, nobody here knows.
    assert effects == [("order/a/1/place", "place", 5)]
    migrated(database_url, "0003")
    async with database.transaction() as session:
        states = (await session.execute(text("SELECT state FROM orders ORDER BY id"))).scalars().all()
    assert list(states) == ["placed", "cosigned", "failed"]
    migrated(database_url, "head")
    await database.close()


async def test_migrate__back_to_before_the_outbox__keeps_the_steps_of_orders(database_url: str) -> None:
    database = Database(database_url)
    async with database.transaction() as session:
        row = {"account": MINE, "id": "a"}
        await session.execute(text(QUOTE), row | {"reference": "ref-a"})
        await session.execute(text(ORDER), row | {"state": "minted", "proof": "null"})
        await session.execute(text(STEP), row)
    migrated(database_url, "0002")
    async with database.transaction() as session:
        states = (await session.execute(text("SELECT state FROM order_steps"))).scalars().all()
    assert list(states) == ["minted"]
    migrated(database_url, "head")
    async with database.transaction() as session:
        further = (await session.execute(text("SELECT further FROM orders"))).scalar_one()
    assert further in ("[]", [])
    await database.close()


STEP = (
    "INSERT INTO order_steps (account, order_id, position, state, at) VALUES (:account, :id, 0, 'minted', 5)"
)
QUOTE = (
    "INSERT INTO quotes (account, id, market, reference, source_id, project, project_name, registry_key, "
    "vintage, ex_ante, amount_ug, cost_cents, price_usd_per_tonne, created_at, expires_at) VALUES "
    "(:account, :id, 'm', :reference, 's', 'P', 'P', 'icr', 2022, false, '1', 1, '1', 1, 2)"
)
ORDER = (
    "INSERT INTO orders (account, id, quote_id, beneficiary_name, message, state, proof, reports, attempts, "
    "due_at, version, created_at) VALUES (:account, :id, :id, 'A', 'm', :state, :proof, '[]', 0, 7, 0, 5)"
)
