"""Sessions: a random cookie in the browser, its hash in the database."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage import sessions

TOKEN_BYTES = 32


@dataclass(frozen=True)
class SignedIn:
    """A signed-in account (checksum address) until `expires_at` (Unix seconds)."""

    account: str
    expires_at: int


def _hash(token: str) -> str:
    # A plain hash is enough: the token has 256 random bits, so there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


async def open_session(session: AsyncSession, account: str, now: int, hours: int) -> tuple[str, SignedIn]:
    """Opens a session and returns the cookie's value, which is stored nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    signed_in = SignedIn(account, now + hours * 3600)
    await sessions.add_session(session, _hash(token), account, signed_in.expires_at, now)
    return token, signed_in


async def find_session(session: AsyncSession, token: str, now: int) -> SignedIn | None:
    found = await sessions.get_session(session, _hash(token), now)
    return SignedIn(found.account, found.expires_at) if found else None


async def close_session(session: AsyncSession, token: str) -> None:
    await sessions.remove_session(session, _hash(token))
