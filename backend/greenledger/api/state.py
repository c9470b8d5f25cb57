"""What lives as long as the application: one typed object, reachable from every request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from greenledger.api.settings import Settings
from greenledger.api.shared_limits import Limits, shared_limits
from greenledger.badges.badges import Badges
from greenledger.batches.sponsoring import Sponsor
from greenledger.batches.worker import BatchWorker
from greenledger.chain.client import ChainClient
from greenledger.chain.deployment import Deployment
from greenledger.council.node import CouncilNode
from greenledger.footprint.factors import FactorSet
from greenledger.journal.ledger import LedgerBook
from greenledger.offsets.markets import Markets
from greenledger.offsets.onchain.listings import TokenBook
from greenledger.offsets.parts import Boundary, unmarked
from greenledger.offsets.service import Offsets
from greenledger.offsets.webhooks import Webhooks
from greenledger.usage.database import Database
from greenledger.verified.record import VerifiedContracts

HealthCheck = Callable[[], Awaitable[str | None]]
"""Answers None when the dependency works, else what is wrong with it, in a few words without secrets."""


@dataclass
class Gateway:
    """Opened and closed by the lifespan. A noun's own lifespan part may add health checks and its fields."""

    settings: Settings
    deployment: Deployment
    database: Database
    chain: ChainClient
    factors: FactorSet
    council: CouncilNode
    tokens: TokenBook
    verified: VerifiedContracts
    health_checks: dict[str, HealthCheck] = field(default_factory=dict)
    offsets: Offsets | None = None
    markets: Markets | None = None
    webhooks: Webhooks | None = None
    book: LedgerBook | None = None
    batches: BatchWorker | None = None
    sponsor: Sponsor | None = None
    boundary: Boundary = unmarked
    draining_since: int | None = None  # Unix seconds, from SIGTERM on
    badges: Badges = field(init=False)
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        self.badges = Badges(self.chain)
        self.limits = shared_limits(self.database, self.settings)
