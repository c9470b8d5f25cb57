"""Nonces of the sign-in: random, short-lived, good for one attempt."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.auth.sign_in import SignInRefused
from greenledger.usage import nonces

NONCE_SECONDS = 600
_ALPHABET = string.ascii_letters + string.digits  # EIP-4361: alphanumeric, at least 8
_LENGTH = 24


class TooManyNonces(Exception):
    """More sign-ins are open than any honest use needs."""


@dataclass(frozen=True)
class IssuedNonce:
    """A nonce and the Unix second at which it stops being good."""

    value: str
    expires_at: int


async def issue_nonce(session: AsyncSession, now: int) -> IssuedNonce:
    """Raises TooManyNonces."""
    nonce = IssuedNonce("".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)), now + NONCE_SECONDS)
    if not await nonces.add_nonce(session, nonce.value, nonce.expires_at, now):
        raise TooManyNonces
    return nonce


async def consume(session: AsyncSession, value: str, now: int) -> None:
    """Takes a nonce out of the database. Raises SignInRefused if it was not there or was too old."""
    if not await nonces.consume_nonce(session, value, now):
        raise SignInRefused(
            "message.nonce", "is unknown, used or too old", "a nonce from GET /v1/auth/nonce, used once"
        )
