"""What can be retired on chain, read from the real chain: listings as they are now, whatever a token says."""

from __future__ import annotations

from typing import Any

import pytest
from deployed import OWNER_ACCOUNT, Deployed, account
from eth_account.signers.local import LocalAccount
from onchain_protocol import GRAM_UG, Protocol

from greenledger.chain.client import ChainClient
from greenledger.chain.errors import ChainUnavailable
from greenledger.offsets.onchain import listings
from greenledger.offsets.onchain.listings import TokenBook
from greenledger.offsets.onchain.offers import TokenOffer, read_offers
from greenledger.offsets.onchain.symbols import MOST_CHARACTERS, readable_symbol

ADDRESS = "0x00000000000000000000000000000000000000c1"


async def offers(book: TokenBook, holder: str | None = None) -> dict[str, TokenOffer]:
    return {offer.listed.token: offer for offer in await read_offers(book, holder)}


async def test_offers__token_set_twice__is_there_once_as_it_is_listed_now(
    protocol: Protocol, book: TokenBook, holder: LocalAccount
) -> None:
    found = await offers(book, holder.address)
    assert set(found) == {protocol.permitting.address, protocol.plain.address}
    offer = found[protocol.permitting.address]
    assert (offer.listed.registry, offer.listed.project, offer.listed.vintage) == ("verra", "VCS-191", 2021)
    assert (offer.listed.adapter.kind, offer.symbol, offer.held_ug) == ("toucan", "TCO2-191", 5 * GRAM_UG)


async def test_offers__only_one_token_takes_permits__is_told(protocol: Protocol, book: TokenBook) -> None:
    found = await offers(book)
    assert found[protocol.permitting.address].takes_permits
    assert not found[protocol.plain.address].takes_permits


async def test_offers__nobody_named__tells_no_balance(protocol: Protocol, book: TokenBook) -> None:
    assert {offer.held_ug for offer in await read_offers(book, None)} == {None}


async def test_offers__token_switched_off__is_gone_until_it_is_switched_on(
    protocol: Protocol, book: TokenBook
) -> None:
    protocol.list_token(protocol.plain, enabled=False)
    assert protocol.plain.address not in await offers(book)
    protocol.list_token(protocol.plain)
    assert protocol.plain.address in await offers(book)


async def test_offers__listed_after_the_first_read__are_found_by_the_same_book(
    protocol: Protocol, book: TokenBook
) -> None:
    before = await offers(book)
    token = protocol.carbon_token(symbol="LATE")
    protocol.list_token(token)
    after = await offers(book)
    assert set(after) - set(before) == {token.address}
    protocol.list_token(token, enabled=False)


async def test_offers__blocks_read_few_at_a_time__are_the_same(
    protocol: Protocol, book: TokenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = set(await offers(book))
    monkeypatch.setattr(listings, "MOST_BLOCKS", 2)
    assert set(await offers(TokenBook(book.node, protocol.deployment))) == expected


async def test_offers__more_listings_than_are_read__gives_those_last_set(
    protocol: Protocol, book: TokenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "MOST_LISTINGS", 1)
    protocol.list_token(protocol.permitting)
    assert set(await offers(book)) == {protocol.permitting.address}


async def test_offers__adapter_that_the_ledger_does_not_take__has_none(
    protocol: Protocol, book: TokenBook
) -> None:
    chain, credits, owner = protocol.deployed.chain, protocol.deployed.credits, account(OWNER_ACCOUNT)
    chain.transact(credits, "set_adapter", protocol.adapter.address, False, sender=owner)
    try:
        assert await read_offers(book, None) == []
    finally:
        chain.transact(credits, "set_adapter", protocol.adapter.address, True, sender=owner)


async def test_offers__domain_that_is_not_the_tokens__is_no_permit(
    protocol: Protocol, book: TokenBook
) -> None:
    token = protocol.carbon_token(name="Another name")
    protocol.list_token(token)
    assert not (await offers(book))[token.address].takes_permits
    protocol.list_token(token, enabled=False)


async def test_offers__hostile_symbol__is_cut_and_cleaned(protocol: Protocol, book: TokenBook) -> None:
    token = protocol.carbon_token(symbol="\u202eEVIL" + "A" * 2_000)
    protocol.list_token(token)
    symbol = (await offers(book))[token.address].symbol
    assert symbol == "EVIL" + "A" * (MOST_CHARACTERS - 4) + "…"
    protocol.list_token(token, enabled=False)


async def test_offers__deployment_without_adapters__has_none(deployed: Deployed) -> None:
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as client:
        assert await read_offers(TokenBook(client.node, deployed.deployment), None) == []


async def test_offers__chain_away__is_an_error_and_not_an_empty_list(protocol: Protocol) -> None:
    async with ChainClient("http://127.0.0.1:9", protocol.deployment) as client:
        with pytest.raises(ChainUnavailable):
            await read_offers(TokenBook(client.node, protocol.deployment), None)


@pytest.mark.parametrize(
    ("symbol", "shown"),
    [
        ("TCO2", "TCO2"),
        ("  TCO2 \n 191 ", "TCO2 191"),
        ("B\u0301\u0301\u0301CT", "BCT"),
        ("e\u0301", "é"),
        ("\u200b\u2066\0", "0x0000…00c1"),
        ("", "0x0000…00c1"),
        (None, "0x0000…00c1"),
    ],
)
def test_symbol__of_any_kind__is_safe_to_show(symbol: Any, shown: str) -> None:
    assert readable_symbol(symbol, ADDRESS) == shown
