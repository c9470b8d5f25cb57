"""A desk with one listed seller and tokens of several shapes, before the real certificates and council."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import compile_mock
from eth_account import Account
from eth_account.signers.local import LocalAccount
from reports import Orders, Quote, Retirements, Signed
from signing import Domain

CAP = 10**12
FUNDS = 10**13


@pytest.fixture(scope="session")
def desk(project: Any, owner: Any, credits: Any) -> Any:
    return owner.deploy(project.RetirementDesk, owner, credits)


@pytest.fixture(scope="session")
def seller(accounts: Any) -> Any:
    return accounts[4]


@pytest.fixture(scope="session")
def seller_key(seller: Any) -> LocalAccount:
    return Account.from_key(seller.private_key)


@pytest.fixture(scope="session")
def payer(accounts: Any) -> Any:
    return accounts[5]


@pytest.fixture(scope="session")
def payer_key(payer: Any) -> LocalAccount:
    return Account.from_key(payer.private_key)


@pytest.fixture(scope="session")
def listed(desk: Any, owner: Any, seller: Any, payer: Any) -> Callable[[str], Any]:
    """Deploys a token that the desk and the seller take; the payer has some and approved it."""

    def deploy(name: str) -> Any:
        token = owner.deploy(compile_mock(name))
        desk.set_token(token, True, sender=owner)
        desk.set_seller(seller, token, CAP, sender=owner)
        token.mint(payer, FUNDS, sender=owner)
        token.approve(desk, FUNDS, sender=payer)
        return token

    return deploy


@pytest.fixture(scope="session")
def usdc(listed: Callable[[str], Any]) -> Any:
    return listed("token_usdc")


@pytest.fixture(scope="session")
def usdt(listed: Callable[[str], Any]) -> Any:
    return listed("token_usdt")


@pytest.fixture(scope="session")
def false_token(listed: Callable[[str], Any]) -> Any:
    return listed("token_false")


@pytest.fixture(scope="session")
def hostile(listed: Callable[[str], Any]) -> Any:
    return listed("token_hostile")


@pytest.fixture(scope="session")
def desk_domain(desk: Any, chain: Any) -> Domain:
    return Domain("GPTX Green AI Ledger: Desk", chain.chain_id, desk.address)


@pytest.fixture(scope="session")
def orders(desk_domain: Domain, seller_key: LocalAccount) -> Orders:
    return Orders(desk_domain, seller_key)


@pytest.fixture
def opened(desk: Any, orders: Orders, usdc: Any, payer: Any, now: int) -> Callable[..., Quote]:
    """Opens an order of the payer, in USDC if no token is named, with changes, and returns it."""

    def open_order(token: Any = usdc, **changes: Any) -> Quote:
        quote = orders.make(payer, token, now, **changes)
        desk.open(quote.order, quote.signature, sender=payer)
        return quote

    return open_order


@pytest.fixture
def retired(orders: Orders, retirements: Retirements, now: int) -> Callable[..., Signed]:
    """What the council signs for an order, with changes."""

    def report(quote: Quote, **changes: Any) -> Signed:
        return orders.retirement(retirements, quote, now, **changes)

    return report


@pytest.fixture
def fulfilled(
    desk: Any, opened: Callable[..., Quote], retired: Callable[..., Signed], bob: Any
) -> Callable[..., Quote]:
    """Fulfils an open order, sent by a stranger, with changes to the retirement."""

    def fulfil(quote: Quote, **changes: Any) -> Any:
        signed = retired(quote, **changes)
        return desk.fulfil(quote.order, signed.report, signed.signatures, 0, sender=bob)

    return fulfil
