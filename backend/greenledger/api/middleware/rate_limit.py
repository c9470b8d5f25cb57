"""Limits how fast one client address may ask: a token bucket each, in memory."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem

SIGN_IN_PATHS = frozenset({"/v1/auth/nonce", "/v1/auth/sign-in"})
LIMITED = ("/v1/", "/v2/", "/card/", "/health")
MAX_CLIENTS = 10_000  # the least recently seen are forgotten, so that memory stays bounded


class TokenBuckets:
    """`per_minute` requests per key and minute, all of them at once at most."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key -> tokens, seen at

    def wait_s(self, key: str) -> float:
        """Takes a token: 0 if there was one, else the seconds until there will be."""
        now = self._clock()
        tokens, seen = self._buckets.pop(key, (float(self.per_minute), now))
        tokens = min(float(self.per_minute), tokens + (now - seen) * self.per_minute / 60)
        wait = 0.0 if tokens >= 1 else (1 - tokens) * 60 / self.per_minute
        self._buckets[key] = (tokens - 1 if wait == 0 else tokens, now)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return wait


def client_key(scope: Scope) -> str:
    """The client's address; of IPv6 the /64, since one host owns that many."""
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))


class RateLimit:
    def __init__(self, app: ASGIApp, per_minute: int, sign_in_per_minute: int) -> None:
        self.app = app
        self.general = TokenBuckets(per_minute)
        self.sign_in = TokenBuckets(sign_in_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(LIMITED):
            await self.app(scope, receive, send)
            return
        buckets = self.sign_in if scope["path"] in SIGN_IN_PATHS else self.general
        wait_s = buckets.wait_s(client_key(scope))
        if wait_s == 0:
            await self.app(scope, receive, send)
            return
        seconds = math.ceil(wait_s)
        detail = f"More than {buckets.per_minute} requests per minute. Try again in {seconds} s."
        headers = {"retry-after": str(seconds)}
        await send_problem(Problem(429, "rate_limited", detail, headers=headers), send)
