"""What a signed-in account can do: see offers, ask for a price, order a retirement, follow it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from greenledger.offsets.amounts import amount_text
from greenledger.offsets.desk_sales import DeskSales, Payment
from greenledger.offsets.errors import AmountNotOffered, MarketUnavailable, UnknownSource
from greenledger.offsets.machine import Act, Progress
from greenledger.offsets.market import Offering, Project
from greenledger.offsets.market import Quote as GivenQuote
from greenledger.offsets.parts import CertificateChain
from greenledger.offsets.transitions import effect_key
from greenledger.offsets.worker import OrderWorker
from greenledger.usage import orders, outbox, quotes
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
    """`market` is None on a node without one, and may be several; on a `local_chain` nothing is at stake.

    Without `desk` this node sells nothing that is paid.
    """

    database: Database
    market: Offering | None
    chain: CertificateChain
    worker: OrderWorker
    local_chain: bool
    clock: Callable[[], float] = field(default=time.time)
    desk: DeskSales | None = None

    async def projects(self) -> tuple[Project, ...]:
        """Offers, cheapest first; raises MarketUnavailable."""
        return await self._market().projects()

    async def request_quote(self, account: str, source_id: str, amount_ug: int) -> Quote:
        """A stored firm price for an amount in µgCO2e.

        Raises OrderRefused, MarketUnavailable, MarketRefused or ChainUnavailable.
        """
        quote = self._quote(account, await self._given(source_id, amount_ug))
        async with self.database.transaction() as session:
            await quotes.add_quote(session, quote)
        return quote

    async def request_desk_quote(
        self, account: str, source_id: str, amount_ug: int, payment: Payment
    ) -> Order:
        """A price that the seller signed as an order of the desk, which the account opens by paying it.

        Raises OrderRefused, MarketUnavailable, MarketRefused or ChainUnavailable.
        """
        desk = self._desk(payment)
        given = await self._given(source_id, amount_ug)
        # The desk goes by the chain's clock, which is ahead on some development chains.
        now = max(int(self.clock()), await self.chain.latest_timestamp())
        quote = self._quote(account, given, desk.fee_cents(given.cost_cents))
        order = self._new_order(quote, payment.beneficiary_name, payment.reason, Progress.QUOTED)
        for name, value in desk.signed(desk.offer(given, account, payment, now)).items():
            setattr(order, name, value)
        async with self.database.transaction() as session:
            await quotes.add_quote(session, quote)
            await orders.add_order(session, order)
        return await self._stored(account, order.id)

    async def place_order(
        self, account: str, quote_id: str, beneficiary_name: str, message: str
    ) -> tuple[Order, bool]:
        """An order that nobody pays for, of a quote without a payment token, and whether it is new.

        For local chains only: it enters the states at `paid`. The same request again gives the same order.
        Raises OrderRefused, or ChainUnavailable before anything is stored.
        """
        self._market()
        if not self.local_chain:
            problem = "has no payment token, and on this chain somebody has to pay"
            expected = "a quote with a payment token, which is ordered by paying it"
            raise OrderRefused("payment_not_available", "quote_id", problem, expected)
        now = int(self.clock())
        async with self.database.transaction() as session:
            quote = await quotes.get_quote(session, account, quote_id)
            existing = await orders.order_of_quote(session, account, quote_id)
        if quote is None:
            problem = "is not a quote of yours"
            raise OrderRefused("unknown_quote", "quote_id", problem, "an id from POST /v1/quotes")
        new = self._new_order(quote, beneficiary_name, message, Progress.PAID)
        if existing is None:
            _check_fresh(quote, now)
            # Outside a transaction: the chain may take seconds to answer.
            await self._check_registry(quote.registry_key, "quote_id")
            try:
                async with self.database.transaction() as session:
                    await orders.add_order(session, new)
                    key = effect_key(new.id, 1, Act.PLACE)
                    payload = {"reference": quote.reference}
                    await outbox.add_effect(session, account, key, Act.PLACE, payload, now)
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
        if found.desk_id is None and found.state in (Progress.COSIGNED, Progress.MINTED):
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

    def _market(self) -> Offering:
        if self.market is None:
            raise MarketUnavailable("this node was started without a marketplace")
        return self.market

    def _desk(self, payment: Payment) -> DeskSales:
        if self.desk is None:
            problem = "cannot be paid at this node"
            raise OrderRefused(
                "payment_not_available", "payment_token", problem, "a node with a seller's key"
            )
        if payment.token not in self.desk.tokens:
            known = ", ".join(self.desk.tokens) or "none is set"
            problem = f"is {payment.token}, which is not taken here"
            raise OrderRefused("token_not_allowed", "payment_token", problem, f"one of {known}")
        return self.desk

    async def _given(self, source_id: str, amount_ug: int) -> GivenQuote:
        """A market's price for something that could be certified."""
        try:
            given = await self._market().quote(source_id, amount_ug)
        except UnknownSource as error:
            problem = "names no offer of the marketplace"
            raise OrderRefused("unknown_source", "source_id", problem, "one from GET /v1/projects") from error
        except AmountNotOffered as error:
            problem = f"is {amount_ug}, which is {amount_text(amount_ug)}"
            raise OrderRefused("amount_not_offered", "amount_ug", problem, error.expected) from error
        await self._check_registry(given.offer.registry, "source_id")
        return given

    def _quote(self, account: str, given: GivenQuote, fee_cents: int = 0) -> Quote:
        offer = given.offer
        return Quote(
            account=account,
            id=_new_id(self.clock),
            market=offer.market,
            reference=given.reference,
            source_id=offer.source_id,
            project=offer.project,
            project_name=offer.name[:200],
            registry_key=offer.registry,
            vintage=offer.vintage,
            ex_ante=offer.ex_ante,
            amount_ug=str(given.amount_ug),
            cost_cents=given.cost_cents,
            fee_cents=fee_cents,
            price_usd_per_tonne=format(offer.price_usd_per_tonne, "f"),
            created_at=int(self.clock()),
            expires_at=given.expires_at,
        )

    def _new_order(self, quote: Quote, beneficiary_name: str, message: str, state: Progress) -> Order:
        identity, now = _new_id(self.clock), int(self.clock())
        first = OrderStep(account=quote.account, order_id=identity, position=0, state=str(state), at=now)
        is_paid = state is Progress.PAID
        return Order(
            account=quote.account,
            id=identity,
            quote_id=quote.id,
            beneficiary_name=beneficiary_name,
            message=message,
            state=str(state),
            reference=quote.reference,
            proof=None,
            reports=[],
            bought=False,
            requotes=0,
            acts=1 if is_paid else 0,
            attempts=0,
            due_at=None if is_paid else now,
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
