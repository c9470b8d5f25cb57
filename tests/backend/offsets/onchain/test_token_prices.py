"""Prices of credits that an adapter buys and retires at once, from the real contract's quote."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from nodes import Databases, Running, node_settings, problem, running
from onchain_protocol import PRICE_PER_TONNE, CreditMarket, Protocol, deploy_market

from greenledger.chain.client import ChainClient
from greenledger.offsets.onchain.listings import TokenBook
from greenledger.offsets.onchain.offers import read_offers
from greenledger.offsets.onchain.prices import Price

TONNE_UG = 10**12
NOBODY = "0x" + "00" * 20


@pytest.fixture(scope="module")
def market(protocol: Protocol) -> CreditMarket:
    return deploy_market(protocol)


@pytest.fixture
async def book(market: CreditMarket) -> AsyncIterator[TokenBook]:
    deployment = market.protocol.deployment
    async with ChainClient(market.protocol.deployed.chain.rpc_url, deployment) as client:
        yield TokenBook(client.node, deployment)


async def prices(book: TokenBook, token: str, amount_ug: int | None) -> tuple[Price, ...]:
    found = {offer.listed.token: offer.prices for offer in await read_offers(book, None, amount_ug)}
    return found[token]


async def test_prices__of_two_tonnes__are_the_protocols_quote(market: CreditMarket, book: TokenBook) -> None:
    (price,) = await prices(book, market.credit.address, 2 * TONNE_UG)
    assert (price.payment_token, price.decimals) == (market.money.address, 6)
    assert price.amount == 2 * PRICE_PER_TONNE


async def test_prices__no_amount__are_none(market: CreditMarket, book: TokenBook) -> None:
    assert await prices(book, market.credit.address, None) == ()


async def test_prices__adapter_that_sells_nothing__are_none(market: CreditMarket, book: TokenBook) -> None:
    assert await prices(book, market.protocol.plain.address, TONNE_UG) == ()


async def test_prices__payment_token_not_accepted_any_more__is_left_out(
    market: CreditMarket, book: TokenBook
) -> None:
    market.accept(NOBODY)
    assert await prices(book, market.credit.address, TONNE_UG) == ()
    market.accept(market.seller.address)
    assert len(await prices(book, market.credit.address, TONNE_UG)) == 1


async def test_tokens__amount_named__gives_prices_as_decimal_strings(
    market: CreditMarket, sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = sqlite_databases.copy(tmp_path_factory.mktemp("prices") / "usage.sqlite")
    protocol = market.protocol
    async with running(node_settings(protocol.deployed, url, deployment=protocol.file)) as node:
        items = (await _listed(node, "1000000"))["items"]
        sold = next(item for item in items if item["token"] == market.credit.address)
        refused = await node.client.get("/v1/tokens", params={"amount_ug": "0"})
    assert (sold["kind"], sold["prices"][0]["amount"]) == ("klima", str(-(-PRICE_PER_TONNE // 10**6)))
    assert problem(refused) == (422, "invalid_request", ["amount_ug"])


async def _listed(node: Running, amount_ug: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = (
        await node.client.get("/v1/tokens", params={"amount_ug": amount_ug})
    ).json()
    return found
