"""What a signature may ask for: an account that is signed in, or a program with one of its keys.

`AccountDep` (in `greenledger.api.deps`) stays the wallet's: no key gets there. The permissions here take a
session, or a key that has the scope. Each yields the checksum address of the account, whose rows alone are
then seen or changed.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPBearer, SecurityScopes

from greenledger.api.credentials import HEADER, stated_key, unauthorized
from greenledger.api.deps import SESSION_SCHEME, GatewayDep, NowDep, signed_in
from greenledger.api.middleware.rate_limit import FIELDS, too_many
from greenledger.api.problems import Problem
from greenledger.api.state import Gateway
from greenledger.auth.keys import Holder, KeyRefused, Scope, find_holder
from greenledger.footprint.fields import FieldError

# Says in the OpenAPI document how to ask; reading and proving is done below.
_key = HTTPBearer(
    scheme_name="key",
    bearerFormat="gl_<id>_<secret>",
    description="A key of POST /v1/keys, in the header Authorization. It needs the scope that is named.",
    auto_error=False,
)


async def _holder(request: Request, state: Gateway, key: str, needed: Scope, now: int) -> Holder:
    """Proves the key, takes one request of its limit, asks for the scope. Raises Problem 401, 403, 429."""
    try:
        holder = await find_holder(state.database, key, now)
    except KeyRefused as error:
        raise unauthorized(error.problem, error.expected) from error
    verdict = await state.limits.key.take(holder.key_id)
    request.scope.get(FIELDS, {}).update(verdict.fields())
    if not verdict.allowed:
        raise too_many(verdict, "with one key")
    if needed.value not in holder.scopes:
        held = ", ".join(holder.scopes)
        reason = FieldError(HEADER, f"is a key for {held}", f"a key for {needed.value}")
        challenge = f'Bearer realm="greenledger", error="insufficient_scope", scope="{needed.value}"'
        detail = f"This needs the scope {needed.value}; the key has {held}."
        raise Problem(403, "wrong_scope", detail, [reason], {"www-authenticate": challenge})
    return holder


async def permitted(
    scopes: SecurityScopes,
    request: Request,
    state: GatewayDep,
    now: NowDep,
    _by_key: Annotated[object, Security(_key)],
    _by_session: Annotated[object, Security(SESSION_SCHEME)],
) -> str:
    """The account that asks, by a key with the scope or by its session. A bad key never falls back to it."""
    key = stated_key(request)
    if key is None:
        return (await signed_in(request, state, now)).account
    return (await _holder(request, state, key, Scope(scopes.scopes[0]), now)).account


async def permitted_or_nobody(
    scopes: SecurityScopes,
    request: Request,
    state: GatewayDep,
    now: NowDep,
    _by_key: Annotated[object, Security(_key)],
) -> str | None:
    """The account of the key, if there is one: whoever states a key has to state a good one."""
    key = stated_key(request)
    if key is None:
        return None
    return (await _holder(request, state, key, Scope(scopes.scopes[0]), now)).account


EstimatorDep = Annotated[str | None, Security(permitted_or_nobody, scopes=[Scope.ESTIMATE.value])]
"""For what is open to everybody: a key counts by its own limit. None without one."""

SubmitterDep = Annotated[str, Security(permitted, scopes=[Scope.SUBMIT.value])]
"""States workloads, telemetry and batches, and reads them."""

RecorderDep = Annotated[str, Security(permitted, scopes=[Scope.RECORD.value])]
"""Has reports issued and signed, and reads them."""
