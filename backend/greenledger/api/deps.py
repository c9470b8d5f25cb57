"""What a route may ask for, as `Annotated` aliases: its signature states its permission."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.api.credentials import stated_key
from greenledger.api.problems import Problem
from greenledger.api.state import Gateway
from greenledger.auth.sessions import SignedIn, find_session
from greenledger.footprint.fields import FieldError
from greenledger.offsets.errors import MarketUnavailable
from greenledger.offsets.markets import Listing
from greenledger.offsets.service import Offsets
from greenledger.offsets.webhooks import Webhooks

SESSION_COOKIE = "gl_session"
# Says in the OpenAPI document how to ask; the cookie is read and proven below.
SESSION_SCHEME = APIKeyCookie(
    name=SESSION_COOKIE,
    scheme_name="session",
    description="The cookie of POST /v1/auth/sign-in. A change also needs the header Origin of the page.",
    auto_error=False,
)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def gateway(request: Request) -> Gateway:
    state: Gateway = request.state.gateway
    return state


GatewayDep = Annotated[Gateway, Depends(gateway)]


def offsets(state: GatewayDep) -> Offsets:
    assert state.offsets is not None  # set by its part of the lifespan
    return state.offsets


OffsetsDep = Annotated[Offsets, Depends(offsets)]


async def listing(state: GatewayDep) -> Listing:
    """Offers of every market that answers; raises MarketUnavailable if none does, or there is none."""
    if state.markets is None:
        raise MarketUnavailable("this node was started without a marketplace")
    return await state.markets.listing()


ListingDep = Annotated[Listing, Depends(listing)]


def webhooks(state: GatewayDep) -> Webhooks:
    assert state.webhooks is not None  # set by its part of the lifespan
    return state.webhooks


WebhooksDep = Annotated[Webhooks, Depends(webhooks)]


def now_s() -> int:
    """Unix seconds."""
    return int(time.time())


NowDep = Annotated[int, Depends(now_s)]


async def transaction(state: GatewayDep) -> AsyncIterator[AsyncSession]:
    async with state.database.transaction() as session:
        yield session


# Function scope: the commit happens before the response is sent, so a failed commit can never follow a 2xx.
TransactionDep = Annotated[AsyncSession, Depends(transaction, scope="function")]


def _wrong_origin(problem: str, public_origin: str) -> Problem:
    reason = FieldError("header Origin", problem, public_origin)
    return Problem(403, "wrong_origin", "The request was made by another site than the page.", [reason])


def check_page_origin(request: Request, public_origin: str) -> None:
    """Refuses what another site made a browser send; programs send no Origin. Raises Problem 403."""
    origin = request.headers.get("origin")
    if origin is not None and origin != public_origin:
        raise _wrong_origin(f"is {origin[:100]}", public_origin)


def check_cookie_origin(request: Request, public_origin: str) -> None:
    """A request that changes something by a cookie must say it comes from the page. Raises Problem 403."""
    if request.method in _SAFE_METHODS:
        return
    if "origin" not in request.headers:
        raise _wrong_origin("is missing", public_origin)
    check_page_origin(request, public_origin)


def _refuse_key(request: Request) -> None:
    """What needs a session takes no key, also beside one. Raises Problem 403."""
    if stated_key(request) is not None:
        reason = FieldError("header Authorization", "states a key", "only the cookie of a wallet's sign-in")
        raise Problem(403, "session_needed", "This is for a signed-in wallet, and not for a key.", [reason])


async def signed_in(
    request: Request,
    state: GatewayDep,
    now: NowDep,
    _by_session: Annotated[object, Security(SESSION_SCHEME)] = None,
) -> SignedIn:
    _refuse_key(request)
    token = request.cookies.get(SESSION_COOKIE)
    # Its own short transaction: a request never holds two connections of the pool at once.
    async with state.database.transaction() as session:
        found = await find_session(session, token, now) if token else None
    if found is None:
        problem = "missing" if not token else "unknown or expired"
        reason = FieldError(f"cookie {SESSION_COOKIE}", problem, "the cookie that POST /v1/auth/sign-in sets")
        raise Problem(401, "unauthenticated", "Sign in with your wallet first.", [reason])
    check_cookie_origin(request, state.settings.public_origin)
    return found


SignedInDep = Annotated[SignedIn, Depends(signed_in)]


def account(session: SignedInDep) -> str:
    return session.account


AccountDep = Annotated[str, Depends(account)]
"""Checksum address of the signed-in account."""
