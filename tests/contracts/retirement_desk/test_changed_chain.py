"""A fork that changes the chain id: quotes are void there, and what an open order paid is not stuck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boa
import pytest
from in_process import load
from reports import Orders, Quote
from signing import Domain, make_keys

PAYER = boa.env.generate_address("payer")
SELLER = make_keys(1, "seller")[0]
DAY_S = 86_400


def values(order: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(order.values())


@pytest.fixture
def scene() -> Iterator[tuple[Any, Any, Orders]]:
    """A desk, its token and a maker of orders; the chain id is put back afterwards."""
    before = boa.env.evm.patch.chain_id
    with boa.env.anchor():
        council = load(
            "contracts/OracleCouncil.vy",
            boa.env.eoa,
            boa.env.eoa,
            [(key.address, False, "", "") for key in make_keys(1)],
            1,
        )
        ledger = load("contracts/FootprintLedger.vy", boa.env.eoa, council.address)
        art = load("contracts/CertificateArt.vy")
        credits = load(
            "contracts/RetiredCredits.vy", boa.env.eoa, council.address, ledger.address, art.address
        )
        desk = load("contracts/RetirementDesk.vy", boa.env.eoa, credits.address)
        token = load("tests/contracts/mocks/token_usdc.vy")
        desk.set_token(token.address, True)
        desk.set_seller(SELLER.address, token.address, 10**12)
        token.mint(PAYER, 10**12)
        token.approve(desk.address, 10**12, sender=PAYER)
        domain = Domain("GPTX Green AI Ledger: Desk", before, desk.address)
        yield desk, token, Orders(domain, SELLER)
    boa.env.evm.patch.chain_id = before


def opened(scene: tuple[Any, Any, Orders]) -> Quote:
    desk, token, orders = scene
    quote = orders.make(PAYER, token.address, boa.env.timestamp)
    desk.open(values(quote.order), quote.signature, sender=PAYER)
    return quote


def test_refund__order_opened_before_the_chain_id_changed__pays_it_back_once(scene: Any) -> None:
    desk, token, _ = scene
    quote = opened(scene)
    boa.env.evm.patch.chain_id += 1
    assert desk.order_id(values(quote.order)) != quote.id
    boa.env.time_travel(2 * DAY_S)
    desk.refund(values(quote.order))
    assert token.balanceOf(PAYER) == 10**12
    assert desk.held(token.address) == desk.exposure(SELLER.address, token.address) == 0
    with boa.reverts("desk: order is not open"):
        desk.refund(values(quote.order))


def test_decline__order_opened_before_the_chain_id_changed__pays_it_back(scene: Any) -> None:
    desk, token, _ = scene
    quote = opened(scene)
    boa.env.evm.patch.chain_id += 1
    desk.decline(values(quote.order), sender=SELLER.address)
    assert token.balanceOf(PAYER) == 10**12


def test_open__quote_signed_for_the_chain_id_before__reverts(scene: Any) -> None:
    desk, token, orders = scene
    quote = orders.make(PAYER, token.address, boa.env.timestamp)
    boa.env.evm.patch.chain_id += 1
    with boa.reverts("desk: seller did not sign the quote"):
        desk.open(values(quote.order), quote.signature, sender=PAYER)
