"""API keys: `gl_<id>_<secret>`, shown once, hashed at rest, good for some scopes of one account."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage import api_keys, audit
from greenledger.usage.audit import Action, Origin
from greenledger.usage.database import Database
from greenledger.usage.models.api_key import ApiKey

ID_BYTES = 8
SECRET_BYTES = 32
DAY_S = 86_400
_FORM = re.compile(r"gl_([0-9a-f]{16})_([0-9a-f]{64})", re.ASCII)
FORM_IN_WORDS = "gl_, 16 hex digits, _ and 64 hex digits, as POST /v1/keys gave it"
KEY_ANYWHERE = re.compile(r"gl_[0-9a-fA-F]{16}_")
"""Finds a key, or a mangled one, inside another text."""

log = structlog.get_logger(__name__)


class Scope(StrEnum):
    """What a key is good for. None includes another."""

    ESTIMATE = "estimate"  # estimates, of which nothing is stored
    SUBMIT = "submit"  # state workloads, telemetry and batches, and read them
    RECORD = "record"  # have reports issued and signed, and read them


class KeyRefused(Exception):
    """What was stated is no living key: what is wrong with it, and what would be right."""

    def __init__(self, problem: str, expected: str = FORM_IN_WORDS) -> None:
        super().__init__(problem)
        self.problem, self.expected = problem, expected


class TooManyKeys(Exception):
    """The account has as many living keys as it may."""


class UnknownKey(Exception):
    """The account has no key with this id."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks by a key: the account (checksum address), the key's id, and what the key is good for."""

    account: str
    key_id: str
    scopes: tuple[str, ...]


def _hash(secret: str) -> str:
    # A plain hash is enough: the secret has 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def id_of(text: str) -> str | None:
    """The id that a text of a key's form states, whoever sent it; none if it has another form."""
    found = _FORM.fullmatch(text)
    return found.group(1) if found else None


async def create_key(
    session: AsyncSession,
    account: str,
    name: str,
    scopes: Sequence[Scope],
    days: int | None,
    now: int,
    origin: Origin,
) -> tuple[str, ApiKey]:
    """The key, which is stored nowhere, and its row. `days` until it expires, none: never.

    Raises TooManyKeys.
    """
    key_id, secret = secrets.token_hex(ID_BYTES), secrets.token_hex(SECRET_BYTES)
    named = [scope.value for scope in Scope if scope in scopes]
    expires_at = None if days is None else now + days * DAY_S
    row = await api_keys.add_key(session, account, key_id, name, named, _hash(secret), expires_at, now)
    if row is None:
        raise TooManyKeys
    await audit.append(
        session, account, Action.KEY_CREATED, now, origin, key_id, scopes=named, expires_at=expires_at
    )
    return f"gl_{key_id}_{secret}", row


async def end_key(session: AsyncSession, account: str, key_id: str, now: int, origin: Origin) -> None:
    """Revokes a key; that it was revoked before is no error. Raises UnknownKey."""
    if await api_keys.revoke_key(session, account, key_id, now):
        await audit.append(session, account, Action.KEY_REVOKED, now, origin, key_id)
    elif all(row.account != account for row in await api_keys.keys_by_id(session, key_id)):
        raise UnknownKey(key_id)


async def find_holder(database: Database, stated: str, now: int) -> Holder:
    """Who holds a key that is living at `now` (Unix seconds), and notes that it was used.

    Raises KeyRefused. That a key is revoked or expired is told only to who has its secret.
    """
    form = _FORM.fullmatch(stated)
    if form is None:
        # Never what was stated: it may be a secret of something else.
        raise KeyRefused(f"is not of the form of a key (it has {len(stated)} characters)")
    key_id, secret = form.groups()
    async with database.transaction() as session:
        rows = await api_keys.keys_by_id(session, key_id)
    proven = [row for row in rows if hmac.compare_digest(row.secret_hash, _hash(secret))]
    if not proven:
        raise KeyRefused(f"is no key of this service (id {key_id})")
    row = proven[0]
    _refuse_dead(row, now)
    await _note_use(database, row, now)
    return Holder(row.account, row.id, tuple(row.scopes))


def _refuse_dead(row: ApiKey, now: int) -> None:
    expected = "a living key: make one with POST /v1/keys after signing in"
    if row.revoked_at is not None:
        raise KeyRefused(f"is the key {row.id}, which was revoked at {row.revoked_at}", expected)
    if row.expires_at is not None and row.expires_at <= now:
        raise KeyRefused(f"is the key {row.id}, which expired at {row.expires_at} (now: {now})", expected)


async def _note_use(database: Database, row: ApiKey, now: int) -> None:
    if row.last_used_at is not None and row.last_used_at > now - api_keys.TOUCH_S:
        return
    try:
        async with database.transaction() as session:
            await api_keys.touch_key(session, row.account, row.id, now)
    except SQLAlchemyError as error:  # such as a busy SQLite: no reason to refuse what was asked
        log.warning("use of a key not noted", key=row.id, error=type(error).__name__)
