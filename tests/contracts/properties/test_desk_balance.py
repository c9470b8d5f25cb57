"""Orders opened, fulfilled, refunded and declined in any order, with a token that sometimes refuses to pay.

The model is plain sums: what the desk says it holds, owes and has open is what the model says, and its
balance is that and what was sent to it for no order. Certificates and council are the real ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import boa
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from in_process import load
from reports import DAY_S, REGISTRY, TONNE_UG, Orders, Quote, Retirements
from signing import Domain, make_keys

from properties.tiers import STEPS, tiered

PAYERS = [boa.env.generate_address(f"payer {number}") for number in range(2)]
SELLER_KEYS = make_keys(2, "seller")
SELLERS = [key.address for key in SELLER_KEYS]
ELSEWHERE = boa.env.generate_address("elsewhere")
CAP = 1_000
FUNDS = 2**200
PRICES = st.one_of(st.integers(1, 400), st.just(CAP))
AMOUNTS_UG = st.one_of(st.integers(1, 20), st.sampled_from([TONNE_UG, 2**72 - 1]))


@dataclass
class Open:
    """An order and where the model has it."""

    quote: Quote
    is_open: bool = True

    def __getattr__(self, name: str) -> Any:
        return self.quote.order[name]


def as_values(struct: dict[str, Any]) -> tuple[Any, ...]:
    """A struct as nested tuples."""
    return tuple(as_values(item) if isinstance(item, dict) else item for item in struct.values())


class DeskBalance(RuleBasedStateMachine):
    """Actions check what must be refused; invariants compare every sum with the model."""

    orders = Bundle("orders")

    @initialize()
    def deploy(self) -> None:
        keys, owner = make_keys(1), boa.env.eoa
        council = load("contracts/OracleCouncil.vy", owner, owner, [(keys[0].address, False, "", "")], 1)
        ledger = load("contracts/FootprintLedger.vy", owner, council.address)
        art = load("contracts/CertificateArt.vy").address
        self.credits: Any = load("contracts/RetiredCredits.vy", owner, council.address, ledger.address, art)
        self.credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32)
        self.desk: Any = load("contracts/RetirementDesk.vy", owner, self.credits.address)
        self.token: Any = load("tests/contracts/mocks/token_usdc.vy")
        self.desk.set_token(self.token.address, True)
        for seller in SELLERS:
            self.desk.set_seller(seller, self.token.address, CAP)
        for payer in PAYERS:
            self.token.mint(payer, FUNDS)
            self.token.approve(self.desk.address, FUNDS, sender=payer)
        chain_id = boa.env.evm.patch.chain_id
        domain = Domain("GPTX Green AI Ledger: Desk", chain_id, self.desk.address)
        self.makers = {key.address: Orders(domain, key) for key in SELLER_KEYS}
        credits_domain = Domain("GPTX Green AI Ledger: Retirements", chain_id, self.credits.address)
        self.retirements = Retirements(credits_domain, keys)
        self.all_orders: list[Open] = []
        self.owed: Counter[str] = Counter()
        self.received: Counter[str] = Counter()
        self.blocked: set[str] = set()
        self.donated = 0

    def open_sum(self, seller: str | None = None) -> int:
        """Sum of open orders in the model, of one seller or of all."""
        return sum(
            order.price for order in self.all_orders if order.is_open and seller in (None, order.seller)
        )

    def pay(self, account: str, amount: int) -> None:
        """What the model says of a payment: it arrives, or it is owed."""
        (self.owed if account in self.blocked else self.received)[account] += amount

    @rule(
        target=orders,
        payer=st.sampled_from(PAYERS),
        seller=st.sampled_from(SELLERS),
        price=PRICES,
        amount_ug=AMOUNTS_UG,
        share=st.fractions(0, 1),
        life_s=st.integers(1, 3 * DAY_S),
    )
    def open(self, payer: str, seller: str, price: int, amount_ug: int, share: Any, life_s: int) -> Open:
        order = Open(
            self.makers[seller].make(
                payer,
                self.token.address,
                boa.env.timestamp,
                price=price,
                amount_ug=amount_ug,
                min_ug=max(1, int(amount_ug * share)),
                deadline=boa.env.timestamp + life_s,
            ),
            is_open=False,
        )
        arguments = as_values(order.quote.order), order.quote.signature
        if self.open_sum(seller) + price > CAP:
            with boa.reverts("desk: seller's open orders would pass its cap"):
                self.desk.open(*arguments, sender=payer)
        elif payer in self.blocked:
            with boa.reverts("Blacklistable: account is blacklisted"):
                self.desk.open(*arguments, sender=payer)
        else:
            note(f"open {price} for {amount_ug} ug")
            self.desk.open(*arguments, sender=payer)
            self.received[payer] -= price
            order.is_open = True
            self.all_orders.append(order)
        return order

    @rule(order=orders, amount_ug=AMOUNTS_UG, exact=st.booleans())
    def fulfil(self, order: Open, amount_ug: int, exact: bool) -> None:
        amount_ug = order.amount_ug if exact else amount_ug
        maker = self.makers[order.seller]
        signed = maker.retirement(self.retirements, order.quote, boa.env.timestamp, amount_ug=amount_ug)
        arguments = as_values(order.quote.order), as_values(signed.report), signed.signatures, 0
        if not order.is_open:
            with boa.reverts("desk: order is not open"):
                self.desk.fulfil(*arguments)
            return
        if amount_ug < order.min_ug:
            with boa.reverts("desk: amount is below the least the payer accepts"):
                self.desk.fulfil(*arguments)
            return
        note(f"fulfil {amount_ug} of {order.amount_ug} ug")
        assert self.desk.fulfil(*arguments) == signed.token_id
        paid = min(order.price, order.price * amount_ug // order.amount_ug)
        order.is_open = False
        self.pay(order.seller, paid)
        self.pay(order.payer, order.price - paid)

    @rule(order=orders)
    def refund(self, order: Open) -> None:
        values = as_values(order.quote.order)
        if boa.env.timestamp <= order.deadline:
            with boa.reverts("desk: deadline has not passed"):
                self.desk.refund(values)
        elif not order.is_open:
            with boa.reverts("desk: order is not open"):
                self.desk.refund(values)
        else:
            self.desk.refund(values)
            order.is_open = False
            self.pay(order.payer, order.price)

    @rule(order=orders)
    def decline(self, order: Open) -> None:
        values = as_values(order.quote.order)
        if not order.is_open:
            with boa.reverts("desk: order is not open"):
                self.desk.decline(values, sender=order.seller)
            return
        self.desk.decline(values, sender=order.seller)
        order.is_open = False
        self.pay(order.payer, order.price)

    @rule(account=st.sampled_from([*PAYERS, *SELLERS]))
    def block_or_unblock(self, account: str) -> None:
        self.blocked ^= {account}
        self.token.set_blacklisted(account, account in self.blocked)

    @rule(account=st.sampled_from([*PAYERS, *SELLERS]))
    def withdraw(self, account: str) -> None:
        if not self.owed[account]:
            with boa.reverts("desk: nothing is owed"):
                self.desk.withdraw(self.token.address, ELSEWHERE, sender=account)
            return
        self.desk.withdraw(self.token.address, ELSEWHERE, sender=account)
        self.received[ELSEWHERE] += self.owed.pop(account)

    @rule(account=st.sampled_from([*PAYERS, *SELLERS]))
    def deliver(self, account: str) -> None:
        if not self.owed[account]:
            with boa.reverts("desk: nothing is owed"):
                self.desk.deliver(self.token.address, account)
        elif account in self.blocked:
            with boa.reverts("Blacklistable: account is blacklisted"):
                self.desk.deliver(self.token.address, account)
        else:
            self.desk.deliver(self.token.address, account)
            self.received[account] += self.owed.pop(account)

    @rule(seconds=st.integers(1, 2 * DAY_S))
    def wait(self, seconds: int) -> None:
        boa.env.time_travel(seconds=seconds)

    @rule(amount=st.integers(1, 50))
    def donate(self, amount: int) -> None:
        self.token.mint(self.desk.address, amount)
        self.donated += amount

    @rule()
    def pause_or_unpause_what_must_not_matter(self) -> None:
        self.desk.pause()
        for order in self.all_orders[:1]:
            self.decline(order)
        self.desk.unpause()

    @invariant()
    def count_the_step(self) -> None:
        STEPS[type(self).__name__] += 1

    @invariant()
    def held_is_open_orders_and_owed(self) -> None:
        held = self.desk.held(self.token.address)
        assert held == self.open_sum() + sum(self.owed.values())
        assert self.token.balanceOf(self.desk.address) == held + self.donated

    @invariant()
    def exposure_is_the_sellers_open_orders(self) -> None:
        for seller in SELLERS:
            assert self.desk.exposure(seller, self.token.address) == self.open_sum(seller) <= CAP
            assert self.desk.seller_cap(seller, self.token.address) == CAP

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        for account in [*PAYERS, *SELLERS, ELSEWHERE]:
            funds = FUNDS if account in PAYERS else 0
            assert self.token.balanceOf(account) == funds + self.received[account]
            assert self.desk.owed(self.token.address, account) == self.owed[account]

    @invariant()
    def every_order_is_open_or_closed(self) -> None:
        for order in self.all_orders:
            assert (self.desk.order_state(order.quote.id) == 1) is order.is_open


TestDeskBalance = DeskBalance.TestCase
TestDeskBalance.settings = tiered(examples=6, steps=25)
