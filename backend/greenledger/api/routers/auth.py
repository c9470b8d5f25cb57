"""Signing in and out with a wallet."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from greenledger.api.deps import (
    SESSION_COOKIE,
    GatewayDep,
    NowDep,
    SignedInDep,
    TransactionDep,
    check_page_origin,
)
from greenledger.api.origin import WalletOriginDep
from greenledger.api.schemas.auth import NonceView, SessionView, SignInBody
from greenledger.api.strict_route import StrictRoute
from greenledger.auth.nonces import consume, issue_nonce
from greenledger.auth.sessions import close_session, open_session
from greenledger.auth.sign_in import Relying, nonce_of, parse_message, verify_message
from greenledger.usage.audit import Action, append

router = APIRouter(prefix="/v1/auth", tags=["auth"], route_class=StrictRoute)


@router.get("/nonce")
async def nonce(session: TransactionDep, now: NowDep) -> NonceView:
    """A nonce for one sign-in attempt within ten minutes."""
    issued = await issue_nonce(session, now)
    return NonceView(nonce=issued.value, expires_at=issued.expires_at)


@router.post("/sign-in")
async def sign_in(
    body: SignInBody,
    request: Request,
    response: Response,
    state: GatewayDep,
    now: NowDep,
    origin: WalletOriginDep,
) -> SessionView:
    """Verifies a signed EIP-4361 message and opens a session."""
    settings = state.settings
    check_page_origin(request, settings.public_origin)
    # Committed on its own before anything is parsed or verified: an attempt costs its nonce, whatever comes
    # of it, and without a nonce of ours nobody makes this server parse.
    async with state.database.transaction() as session:
        await consume(session, nonce_of(body.message), now)
    message = await parse_message(body.message)
    relying = Relying(settings.public_origin, state.deployment.chain_id, settings.rpc_url)
    account = await verify_message(message, body.signature, relying, now)
    async with state.database.transaction() as session:
        token, signed_in = await open_session(session, account, now, settings.session_hours)
        await append(session, account, Action.SIGNED_IN, now, origin)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookies,
    )
    return SessionView(account=signed_in.account, expires_at=signed_in.expires_at)


@router.get("/session")
async def current_session(signed_in: SignedInDep) -> SessionView:
    """Who is signed in."""
    return SessionView(account=signed_in.account, expires_at=signed_in.expires_at)


@router.post("/sign-out", status_code=204)
async def sign_out(
    request: Request, response: Response, _signed_in: SignedInDep, state: GatewayDep, session: TransactionDep
) -> None:
    """Ends the session here and in the browser."""
    await close_session(session, request.cookies[SESSION_COOKIE])
    response.delete_cookie(
        SESSION_COOKIE, path="/", httponly=True, samesite="strict", secure=state.settings.secure_cookies
    )
