"""Rate limits that all gateways on one database keep together.

A gateway leases a twentieth of a client's tokens at once from the database and spends them from memory, so
that a busy client costs about twenty writes a minute and not one for each request. A lease ends with the
window it was given for: together the gateways never let more through than the limit. What one of them leased
and does not spend is lost to the others until then.

While the database is away or slow, and for strangers beyond LEASES_PER_MINUTE, each gateway counts for
itself: then a client has the limit once at each. That is better than to refuse everybody, or to write for
each stranger of a flood.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from greenledger.api.settings import Settings
from greenledger.api.token_buckets import MAX_CLIENTS, TokenBuckets
from greenledger.usage import rates
from greenledger.usage.database import Database
from greenledger.usage.rates import Lease

WINDOW_S = 60
AWAY_S = 5.0  # how long a gateway counts for itself before it asks the database again
LEASES_PER_MINUTE = 3_000  # of one gateway for clients that are only addresses
BLOCKS = 20

log = structlog.get_logger(__name__)
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass; of the client's `limit` per window, `left` are left for `reset_s`.

    `left` is as this gateway knows it, none while it counts for itself.
    """

    policy: str
    allowed: bool
    limit: int
    left: int | None
    reset_s: int

    def fields(self) -> dict[str, str]:
        """RateLimit fields (draft-ietf-httpapi-ratelimit-headers-10), and Retry-After of a refusal."""
        fields = {"ratelimit-policy": f'"{self.policy}";q={self.limit};w={WINDOW_S}'}
        if self.left is not None:
            fields["ratelimit"] = f'"{self.policy}";r={self.left};t={self.reset_s}'
        if not self.allowed:
            fields["retry-after"] = str(max(self.reset_s, 1))
        return fields


@dataclass(slots=True)
class _Share:
    """What this process holds of a client's tokens, until a second of its monotonic clock."""

    tokens: int = 0
    free: int = 1  # left in the database when last asked
    until: float = 0.0
    asking: asyncio.Task[bool] | None = None


class Leases:
    """Asks the database for tokens, and leaves it alone for a while when it does not answer."""

    def __init__(self, database: Database, wait_s: float = 1.0, clock: Clock = time.monotonic) -> None:
        """`wait_s`: for an answer of the database, before this gateway counts for itself."""
        self._database = database
        self.wait_s = wait_s
        self._clock = clock
        self._away_until = 0.0
        self._cleaned_at = clock()

    def may_ask(self) -> bool:
        return self._clock() >= self._away_until

    def give_up(self, reason: str) -> None:
        """The database is away or slow: nobody asks it for a while."""
        if self.may_ask():
            log.warning("rate limits are kept by this process alone", reason=reason, for_s=AWAY_S)
        self._away_until = self._clock() + AWAY_S

    async def ask(self, bucket: str, limit: int, wanted: int) -> Lease | None:
        """None if the database is away."""
        try:
            async with self._database.transaction() as session:
                lease = await rates.take_tokens(session, bucket, limit, wanted, WINDOW_S * 1000)
            await self._clean()
        except (SQLAlchemyError, OSError) as error:
            self.give_up(type(error).__name__)
            return None
        return lease

    async def _clean(self) -> None:
        if self._clock() < self._cleaned_at + WINDOW_S:
            return
        self._cleaned_at = self._clock()
        async with self._database.transaction() as session:
            await rates.forget_old(session, WINDOW_S * 1000)


class SharedLimit:
    """One limit for many clients, `per_minute` requests each, under a name that is unique in the database."""

    def __init__(
        self,
        policy: str,
        per_minute: int,
        leases: Leases,
        budget: TokenBuckets | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        """`budget` bounds how often the database is asked for clients that nobody knows."""
        self.policy, self.per_minute = policy, per_minute
        self._leases, self._budget, self._clock = leases, budget, clock
        self._own = TokenBuckets(per_minute, clock)
        self._shares: OrderedDict[str, _Share] = OrderedDict()
        self._wanted = max(1, per_minute // BLOCKS)

    async def take(self, client: str) -> Verdict:
        """Takes one token of the client."""
        share = self._share_of(client)
        while True:
            now = self._clock()
            if now < share.until and share.tokens > 0:
                share.tokens -= 1
                return self._verdict(True, share.tokens + share.free, share.until - now)
            if now < share.until and share.free == 0:
                return self._verdict(False, 0, share.until - now)
            # Each answer brings a token or ends the window's last one, so this ends.
            if not await self._asked(client, share):
                return self._alone(client)

    async def _asked(self, client: str, share: _Share) -> bool:
        """Whether the database answered in time. One question at a time for each client."""
        if share.asking is None:
            if not self._leases.may_ask() or (self._budget is not None and self._budget.wait_s("")):
                return False
            share.asking = asyncio.create_task(self._fill(client, share))
        asking = share.asking
        # Not cancelled when time is up: what it brings in the end serves the next request.
        done, _ = await asyncio.wait({asking}, timeout=self._leases.wait_s)
        if not done:
            self._leases.give_up("slow")
            return False
        return asking.result()

    async def _fill(self, client: str, share: _Share) -> bool:
        asked_at = self._clock()
        try:
            lease = await self._leases.ask(f"{self.policy}:{client}", self.per_minute, self._wanted)
        finally:
            share.asking = None
        if lease is None:
            return False
        # Counted from before the question: never longer than the database's own window.
        share.tokens, share.free = lease.granted, lease.free
        share.until = asked_at + lease.left_ms / 1000
        return True

    def _share_of(self, client: str) -> _Share:
        share = self._shares.setdefault(client, _Share())
        self._shares.move_to_end(client)
        if len(self._shares) > MAX_CLIENTS:
            self._shares.popitem(last=False)
        return share

    def _verdict(self, allowed: bool, left: int | None, reset_s: float) -> Verdict:
        return Verdict(self.policy, allowed, self.per_minute, left, math.ceil(reset_s))

    def _alone(self, client: str) -> Verdict:
        wait_s = self._own.wait_s(client)
        return self._verdict(wait_s == 0, None, wait_s)


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of a gateway."""

    address: SharedLimit
    sign_in: SharedLimit
    key: SharedLimit


def shared_limits(database: Database, settings: Settings) -> Limits:
    """The limits that the settings state."""
    leases = Leases(database, settings.rate_wait_seconds)
    budget = TokenBuckets(LEASES_PER_MINUTE)
    return Limits(
        address=SharedLimit("address", settings.rate_per_minute, leases, budget),
        sign_in=SharedLimit("sign-in", settings.sign_in_rate_per_minute, leases, budget),
        key=SharedLimit("key", settings.key_rate_per_minute, leases),
    )
