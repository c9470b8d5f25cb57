"""What lives as long as the application: one typed object, reachable from every request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from greenledger.api.settings import Settings
from greenledger.badges.badges import Badges
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
from greenledger.reports.issue import AccountLocks
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
    report_locks: AccountLocks = field(default_factory=AccountLocks)
    upload_locks: AccountLocks = field(default_factory=AccountLocks)
    health_checks: dict[str, HealthCheck] = field(default_factory=dict)
    offsets: Offsets | None = None
    markets: Markets | None = None
    webhooks: Webhooks | None = None
    book: LedgerBook | None = None
    boundary: Boundary = unmarked
    badges: Badges = field(init=False)

    def __post_init__(self) -> None:
        self.badges = Badges(self.chain)
