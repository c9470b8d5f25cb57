"""Carbon tokens that can be retired now, with what somebody holds of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from greenledger.chain.node import ChainNode
from greenledger.chain.views import ask_view, ask_view_or_none
from greenledger.evidence.structs import NO_ACCOUNT
from greenledger.offsets.onchain.listings import Listed, TokenBook
from greenledger.offsets.onchain.permits import permit_domain
from greenledger.offsets.onchain.prices import Price, read_prices
from greenledger.offsets.onchain.shapes import BALANCE_OF, SYMBOL, UNITS_PER_UG
from greenledger.offsets.onchain.symbols import readable_symbol

AT_ONCE = 8  # tokens that are asked at the same time


@dataclass(frozen=True)
class TokenOffer:
    """A listing, the token's own word for itself, and whether it takes approvals by signature (EIP-2612).

    `held_ug` is what the holder has, µgCO2e rounded down; None if nobody was named. `prices` are those of the
    amount that was asked for: none without an amount, or if the adapter does not buy these credits.
    """

    listed: Listed
    symbol: str
    takes_permits: bool
    held_ug: int | None
    prices: tuple[Price, ...] = ()


async def read_offers(book: TokenBook, holder: str | None, amount_ug: int | None = None) -> list[TokenOffer]:
    """All that is listed now, with prices of an amount in µgCO2e. Raises ChainUnavailable.

    A token that does not answer `balanceOf` is left out: it could not be retired either.
    """
    gate = asyncio.Semaphore(AT_ONCE)

    async def read(listed: Listed) -> TokenOffer | None:
        async with gate:
            return await _read_offer(book, listed, holder, amount_ug)

    found = await asyncio.gather(*(read(listed) for listed in await book.listed()))
    return [offer for offer in found if offer is not None]


async def held_ug(node: ChainNode, token: str, holder: str) -> int:
    """µgCO2e that somebody holds of a token, rounded down. Raises ChainUnavailable or Reverted."""
    (units,) = await ask_view(node, token, BALANCE_OF, holder)
    return int(units) // UNITS_PER_UG


async def _read_offer(
    book: TokenBook, listed: Listed, holder: str | None, amount_ug: int | None
) -> TokenOffer | None:
    node = book.node
    balance = await ask_view_or_none(node, listed.token, BALANCE_OF, holder or NO_ACCOUNT)
    if balance is None:
        return None
    symbol = await ask_view_or_none(node, listed.token, SYMBOL)
    domain = await permit_domain(node, listed.token, holder or NO_ACCOUNT)
    return TokenOffer(
        listed=listed,
        symbol=readable_symbol(symbol[0] if symbol else None, listed.token),
        takes_permits=domain is not None,
        held_ug=int(balance[0]) // UNITS_PER_UG if holder else None,
        prices=tuple(await read_prices(book, listed, amount_ug)) if amount_ug is not None else (),
    )
