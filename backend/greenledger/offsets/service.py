"""What a signed-in account can do: see offers, ask for a price, order a retirement, follow it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from greenledger.offsets.errors import AmountNotOffered, MarketUnavailable, UnknownSource
from greenledger.offsets.market import Market, Project
from greenledger.offsets.registry_book import RegistryBook
from greenledger.offsets.steps import Progress
from greenledger.offsets.worker import OrderWorker
from greenledger.usage import orders, quotes
from greenledger.usage.database import Database
from greenledger.usage.models.order import Order, OrderStep
from greenledger.usage.models.quote import Quote

LISTED = 100


class OrderRefused(Exception):
    """A request that cannot be met: a stable code, the field that is wrong, and what would be right."""

    def __init__(self, code: str, field: str, problem: str, expected: str) -> None:
        super().__init__(f"{field} {problem}, expected {expected}")
        self.code = code
        self.field = field
        self.problem = problem
        self.expected = expected


@dataclass(frozen=True)
class Offsets:
    """`market` is None on a node without a marketplace; on a `local_chain` nothing of value is at stake."""

    database: Database
    market: Market | None
    chain: RegistryBook
    worker: OrderWorker
    local_chain: bool
    clock: Callable[[], float] = field(default=time.time)

    async def projects(self) -> tuple[Project, ...]:
        """Offers, cheapest first; raises MarketUnavailable."""
        return await self._market().projects()

    async def request_quote(self, account: str, source_id: str, amount_ug: int) -> Quote:
        """A stored firm price for an amount in µgCO2e.

        Raises OrderRefused, MarketUnavailable, MarketRefused or ChainUnavailable.
        """
        market = self._market()
        try:
            given = await market.quote(source_id, amount_ug)
        except UnknownSource as error:
            problem = "names no offer of the marketplace"
            raise OrderRefused("unknown_source", "source_id", problem, "one from GET /v1/projects") from error
        except AmountNotOffered as error:
            expected = f"{error.minimum_ug} to {error.available_ug} µg CO2e"
            raise OrderRefused("amount_not_offered", "amount_ug", f"is {amount_ug}", expected) from error
        offer = given.offer
        await self._check_registry(offer.registry, "source_id")
        quote = Quote(
            account=account,
            id=_new_id(self.clock),
            market=market.name,
            reference=given.reference,
            source_id=source_id,
            project=offer.project,
            project_name=offer.name[:200],
            registry_key=offer.registry,
            vintage=offer.vintage,
            ex_ante=offer.ex_ante,
            amount_ug=str(amount_ug),
            cost_cents=given.cost_cents,
            price_usd_per_tonne=format(offer.price_usd_per_tonne, "f"),
            created_at=int(self.clock()),
            expires_at=given.expires_at,
        )
        async with self.database.transaction() as session:
            await quotes.add_quote(session, quote)
        return quote

    async def place_order(
        self, account: str, quote_id: str, beneficiary_name: str, message: str
    ) -> tuple[Order, bool]:
        """The order of a quote, and whether it is new; the same request again gives the same order.

        Raises OrderRefused, or ChainUnavailable before anything is stored.
        """
        self._market()
        if not self.local_chain:
            problem = "cannot be paid on this chain"
            raise OrderRefused("payment_not_available", "quote_id", problem, "a local development chain")
        now = int(self.clock())
        async with self.database.transaction() as session:
            quote = await quotes.get_quote(session, account, quote_id)
            existing = await orders.order_of_quote(session, account, quote_id)
        if quote is None:
            problem = "is not a quote of yours"
            raise OrderRefused("unknown_quote", "quote_id", problem, "an id from POST /v1/quotes")
        new = self._new_order(account, quote_id, beneficiary_name, message, now)
        if existing is None:
            _check_fresh(quote, now)
            # Outside a transaction: the chain may take seconds to answer.
            await self._check_registry(quote.registry_key, "quote_id")
            try:
                async with self.database.transaction() as session:
                    await orders.add_order(session, new)
            except IntegrityError:
                pass  # another request placed it in between: that order is read below
        async with self.database.transaction() as session:
            order = await orders.order_of_quote(session, account, quote_id)
        assert order is not None  # stored above, and orders are never deleted
        if (order.beneficiary_name, order.message) != (beneficiary_name, message):
            problem = f"was used for order {order.id}, for another beneficiary or message"
            raise OrderRefused("quote_used", "quote_id", problem, "a quote that was not ordered yet")
        self.worker.wake()
        return order, order.id == new.id

    async def order(self, account: str, order_id: str) -> Order:
        """One order, with the chain's word on its certificate; raises OrderRefused or ChainUnavailable."""
        found = await self._stored(account, order_id)
        if found.state in (Progress.COSIGNED, Progress.MINTED):
            await self.worker.refresh(found)
            found = await self._stored(account, order_id)
        return found

    async def orders(self, account: str) -> list[Order]:
        """The newest orders; each state as it was last read from the chain."""
        async with self.database.transaction() as session:
            return await orders.list_orders(session, account, LISTED)

    async def _stored(self, account: str, order_id: str) -> Order:
        async with self.database.transaction() as session:
            found = await orders.get_order(session, account, order_id)
        if found is None:
            problem = "is not an order of yours"
            raise OrderRefused("unknown_order", "id", problem, "an id from GET /v1/orders")
        return found

    async def _check_registry(self, key: str, field: str) -> None:
        """Nothing is bought that could not be certified; `field` is what named the registry."""
        if not (await self.chain.registry(key)).enabled:
            problem = f"is in registry {key}, whose retirements are not certified here"
            expected = "an offer of a registry that is switched on in the RetiredCredits contract"
            raise OrderRefused("registry_not_accepted", field, problem, expected)

    def _market(self) -> Market:
        if self.market is None:
            raise MarketUnavailable("this node was started without a marketplace")
        return self.market

    def _new_order(self, account: str, quote_id: str, beneficiary_name: str, message: str, now: int) -> Order:
        identity = _new_id(self.clock)
        first = OrderStep(account=account, order_id=identity, position=0, state=str(Progress.PLACED), at=now)
        return Order(
            account=account,
            id=identity,
            quote_id=quote_id,
            beneficiary_name=beneficiary_name,
            message=message,
            state=str(Progress.PLACED),
            proof=None,
            reports=[],
            attempts=0,
            due_at=now,
            version=0,
            created_at=now,
            steps=[first],
        )


def _check_fresh(quote: Quote, now: int) -> None:
    if now >= quote.expires_at:
        raise OrderRefused("quote_expired", "quote_id", f"expired at {quote.expires_at}", "a new quote")


def _new_id(clock: Callable[[], float]) -> str:
    """32 hex digits that ascend with time."""
    return f"{int(clock() * 1000):012x}{secrets.token_hex(10)}"
