"""What a protocol asks for credits that an adapter buys and retires in one transaction (ICreditMarket)."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.chain.views import ask_view_or_none
from greenledger.evidence.structs import NO_ACCOUNT
from greenledger.offsets.onchain.listings import Listed, TokenBook
from greenledger.offsets.onchain.shapes import DECIMALS, OFFER, QUOTE, SPENDER, SYMBOL
from greenledger.offsets.onchain.symbols import readable_symbol

MOST_PAYMENT_TOKENS = 8  # of one adapter, those last accepted


@dataclass(frozen=True)
class Price:
    """What an amount costs in a token that the adapter's owner accepts: base units, 10^`decimals` are one."""

    payment_token: str
    symbol: str
    decimals: int
    amount: int


async def read_prices(book: TokenBook, listed: Listed, amount_ug: int) -> list[Price]:
    """What an amount, µgCO2e, costs in each payment token; none if the credits are not for sale.

    Prices move: a purchase has a maximum of its own. A token that the protocol gives no price in is left out.
    Raises ChainUnavailable.
    """
    offered = await ask_view_or_none(book.node, listed.adapter.address, OFFER, listed.token)
    if offered is None or int(offered[0], 16) == int(NO_ACCOUNT, 16):
        return []
    tokens = (await book.payment_tokens(listed.adapter))[:MOST_PAYMENT_TOKENS]
    found = [await _price(book, listed, amount_ug, token) for token in tokens]
    return [price for price in found if price is not None]


async def _price(book: TokenBook, listed: Listed, amount_ug: int, token: str) -> Price | None:
    adapter = listed.adapter.address
    spender = await ask_view_or_none(book.node, adapter, SPENDER, token)
    if spender is None or int(spender[0], 16) == int(NO_ACCOUNT, 16):
        return None
    asked = await ask_view_or_none(book.node, adapter, QUOTE, listed.token, amount_ug, token)
    decimals = await ask_view_or_none(book.node, token, DECIMALS)
    if asked is None or decimals is None:
        return None
    symbol = await ask_view_or_none(book.node, token, SYMBOL)
    shown = readable_symbol(symbol[0] if symbol else None, token)
    return Price(token, shown, decimals=int(decimals[0]), amount=int(asked[0]))
