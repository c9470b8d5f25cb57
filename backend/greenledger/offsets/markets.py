"""Several markets behind one counter: offers of all of them, and a quote from the one that has the offer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from greenledger.offsets.amounts import plain
from greenledger.offsets.errors import MarketError, MarketUnavailable, UnknownSource
from greenledger.offsets.market import Market, Project, Quote


@dataclass(frozen=True)
class Listing:
    """What is offered now, cheapest first, and a line for each market that could not be read."""

    projects: tuple[Project, ...]
    warnings: tuple[str, ...]


class Markets:
    """All markets of a node by name. One that is away takes nothing from the others."""

    def __init__(self, markets: Mapping[str, Market]) -> None:
        """`markets` has at least one."""
        self.by_name = dict(markets)

    async def listing(self) -> Listing:
        """Offers of every market that answers; raises MarketUnavailable only if none does."""
        answers = await asyncio.gather(*(_offers(market) for market in self.by_name.values()))
        failures = {
            name: answer
            for name, answer in zip(self.by_name, answers, strict=True)
            if isinstance(answer, MarketError)
        }
        if failures and len(failures) == len(answers):
            raise _none_answers(failures)
        found = [offer for answer in answers if not isinstance(answer, MarketError) for offer in answer]
        ordered = sorted(found, key=lambda offer: (plain(offer.price_usd_per_tonne), offer.source_id))
        return Listing(tuple(ordered), tuple(_warning(*failure) for failure in failures.items()))

    async def projects(self) -> tuple[Project, ...]:
        """Offers of every market that answers, cheapest first; raises MarketUnavailable if none does."""
        return (await self.listing()).projects

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """A price of the market that has the offer.

        Raises UnknownSource, AmountNotOffered, MarketRefused or MarketUnavailable; the last also if no offer
        is found and a market is away that may have it.
        """
        listing = await self.listing()
        offer = next((one for one in listing.projects if one.source_id == source_id), None)
        if offer is not None:
            return await self.by_name[offer.market].quote(source_id, amount_ug)
        if listing.warnings:
            raise MarketUnavailable("; ".join(listing.warnings))
        raise UnknownSource(source_id)


async def _offers(market: Market) -> tuple[Project, ...] | MarketError:
    try:
        return await market.projects()
    except MarketError as error:
        return error


def _warning(name: str, error: MarketError) -> str:
    return str(error) if str(error).startswith(name) else f"{name}: {error}"


def _none_answers(failures: Mapping[str, MarketError]) -> MarketUnavailable:
    waits = [error.retry_after_s for error in failures.values() if isinstance(error, MarketUnavailable)]
    told = [wait for wait in waits if wait is not None]
    return MarketUnavailable(
        "; ".join(_warning(*failure) for failure in failures.items()), min(told, default=None)
    )
