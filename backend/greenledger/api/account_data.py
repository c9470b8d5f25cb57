"""Handing an account's data out, and taking its private part away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from greenledger.api.problems import Problem
from greenledger.batches.states import UNDER_WAY
from greenledger.footprint.fields import FieldError
from greenledger.offsets.machine import ENDS, Progress
from greenledger.usage import audit
from greenledger.usage.account_locks import lock_account
from greenledger.usage.audit import Action, Origin
from greenledger.usage.database import Database
from greenledger.usage.export import exported_rows
from greenledger.usage.models.batch import Batch
from greenledger.usage.models.order import Order
from greenledger.usage.retention import Deletion, delete_private, unfinished

EXPORT_PATH = "/v1/account/export"
DELETION_PATH = "/v1/account/data"
ACCOUNT_TIMES = dict.fromkeys((EXPORT_PATH, DELETION_PATH), 900.0)  # seconds
VERSION = 1
MOST_NAMED = 20
IN_FLIGHT = tuple(state.value for state in Progress if state not in ENDS)


async def export_lines(database: Database, account: str, origin: Origin, now: int) -> AsyncIterator[bytes]:
    """JSON Lines: what this is, every row with its kind, and a last line with their number."""
    async with database.transaction() as session:
        await audit.append(session, account, Action.DATA_EXPORTED, now, origin)
    yield _line({"kind": "export", "version": VERSION, "account": account, "at": now})
    count = 0
    async for table, row in exported_rows(database, account):
        count += 1
        yield _line({"kind": table, **row})
    yield _line({"kind": "end", "rows": count})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


async def delete_data(database: Database, account: str, confirmed: str, origin: Origin, now: int) -> Deletion:
    """Deletes what is private of the account's work. Raises Problem 422 if the address that was typed is
    another one, 409 naming the orders and batches that are under way."""
    if confirmed.lower() != account.lower():
        reason = FieldError("confirm", "is not the address of the signed-in account", account)
        raise Problem(422, "not_confirmed", "Type the account's address to delete its data.", [reason])
    async with database.transaction() as session:
        await lock_account(session, account)
        orders = await unfinished(session, Order, account, IN_FLIGHT, MOST_NAMED)
        batches = await unfinished(session, Batch, account, UNDER_WAY, MOST_NAMED)
        _refuse([("order", *order) for order in orders] + [("batch", *batch) for batch in batches])
        deletion = await delete_private(session, account, now)
        await audit.append(
            session,
            account,
            Action.DATA_DELETED,
            now,
            origin,
            deleted=deletion.deleted,
            erased=deletion.erased,
        )
    return deletion


def _refuse(under_way: list[tuple[str, str, str]]) -> None:
    errors = [
        FieldError(f"{kind} {id_}", f"is {state}", "an end of it: deletion would take away what it needs")
        for kind, id_, state in under_way[:MOST_NAMED]
    ]
    if errors:
        detail = "Orders or batches of the account are under way. Nothing was deleted."
        raise Problem(409, "under_way", detail, errors)
