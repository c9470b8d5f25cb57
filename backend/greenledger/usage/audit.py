"""The audit log: appended to in the transaction of the act it tells of, read newest first.

Entries can be neither changed nor removed: the database refuses both by triggers, whoever asks. Only what is
older than KEPT_DAYS may be removed, through `remove_old`. Whoever owns the database can drop the triggers;
against the owner a log in the same database is no proof.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.audit import AuditEntry

KEPT_DAYS = 400  # the triggers of migration m0006 state the same: more than a year, so that two ends compare
DAY_S = 86_400
MAX_DETAILS_CHARACTERS = 2_000
SESSION = "session"
NODE = "node"


class Action(StrEnum):
    SIGNED_IN = "signed_in"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    REPORT_ISSUED = "report_issued"
    BATCH_CLOSED = "batch_closed"
    RECORD_SPONSORED = "record_sponsored"
    DATA_EXPORTED = "data_exported"
    DATA_DELETED = "data_deleted"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from. The API makes one of a request (`greenledger.api.origin.OriginDep`).

    `actor` is SESSION, NODE (a worker of ours) or `key:` and the key's id. `network` is the client's address
    without its end: /24 of IPv4, /48 of IPv6.
    """

    actor: str
    request_id: str | None = None
    network: str | None = None


BY_NODE = Origin(NODE)


async def append(
    session: AsyncSession,
    account: str,
    action: Action,
    now: int,
    origin: Origin = BY_NODE,
    subject: str = "",
    **details: str | int | bool | list[str] | None,
) -> None:
    """Adds an entry for the account; it is there when and only when the transaction commits.

    `now` in Unix seconds; `subject` is the id of what was acted on, at most 128 characters; `details` are a
    few facts that are neither secret nor private, as JSON at most 2,000 characters: ValueError if longer.
    """
    size = len(json.dumps(details))
    if size > MAX_DETAILS_CHARACTERS or len(subject) > 128:
        raise ValueError(f"an audit entry of {size} characters is too long: expected an id and a few facts")
    entry = AuditEntry(
        account=account,
        id=f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}",
        at=now,
        action=action.value,
        actor=origin.actor,
        subject=subject,
        details=details,
        request_id=origin.request_id,
        network=origin.network,
    )
    session.add(entry)
    await session.flush()


async def list_entries(
    session: AsyncSession, account: str, limit: int, before: str | None
) -> list[AuditEntry]:
    """Newest first; `before` is the last id of the page before."""
    statement = select(AuditEntry).where(AuditEntry.account == account)
    if before is not None:
        statement = statement.where(AuditEntry.id < before)
    return list((await session.execute(statement.order_by(AuditEntry.id.desc()).limit(limit))).scalars())


async def remove_old(session: AsyncSession, now: int) -> None:
    """Removes what is older than KEPT_DAYS and a day by `now` (Unix seconds).

    By the database's own clock it must be older than KEPT_DAYS, or the database refuses all of it: the day
    is for clocks that differ.
    """
    await session.execute(delete(AuditEntry).where(AuditEntry.at < now - (KEPT_DAYS + 1) * DAY_S))
