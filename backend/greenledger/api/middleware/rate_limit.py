"""Limits how fast one client address may ask; what it may ask at all is looked at after that.

A key has a limit of its own, which `greenledger.api.permissions` takes from once the key is proven: who
merely states somebody's key id cannot use up that key's requests.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem
from greenledger.api.shared_limits import Limits, Verdict

SIGN_IN_PATHS = frozenset({"/v1/auth/nonce", "/v1/auth/sign-in"})
# What reads database or chain; the files of the page are not among it.
LIMITED = ("/v1/", "/v2/", "/badge/", "/card/", "/attestation/", "/certificate/", "/health")
UNLIMITED = "/health/live"  # must not depend on the database, which keeps the limits
FIELDS = "greenledger.rate_fields"  # in a request's scope: response fields that its permission adds


def client_key(scope: Scope) -> str:
    """The client's address; of IPv6 the /64, since one host owns that many."""
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)[:64]
    if address.version == 6 and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)  # how a socket for both versions names an IPv4 client
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))


def _is_limited(path: str) -> bool:
    return path.startswith(LIMITED) and path != UNLIMITED


def too_many(verdict: Verdict, whose: str) -> Problem:
    """What a refused request is answered with."""
    fields = verdict.fields()
    detail = f"More than {verdict.limit} requests per minute {whose}. Try again in {fields['retry-after']} s."
    return Problem(429, "rate_limited", detail, headers=fields)


class RateLimit:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_limited(scope["path"]):
            await self.app(scope, receive, send)
            return
        limits: Limits = scope["state"]["gateway"].limits
        limit = limits.sign_in if scope["path"] in SIGN_IN_PATHS else limits.address
        verdict = await limit.take(client_key(scope))
        if not verdict.allowed:
            await send_problem(too_many(verdict, "of one address"), send)
            return
        fields: dict[str, str] = {}
        scope[FIELDS] = fields
        await self.app(scope, receive, _with_fields(send, fields))


def _with_fields(send: Send, fields: Mapping[str, str]) -> Send:
    async def send_with_fields(message: Message) -> None:
        if message["type"] == "http.response.start" and fields:
            MutableHeaders(scope=message).update(fields)
        await send(message)

    return send_with_fields
