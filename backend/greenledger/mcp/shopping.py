"""The tool that looks for credits: what they are and what an amount of them costs."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal, InvalidOperation

from greenledger.client.reading import Answer
from greenledger.mcp.amounts import UG_PER_KG, kg_to_ug, kg_words
from greenledger.mcp.answers import Offer, Quoted
from greenledger.mcp.failures import Failed, told
from greenledger.mcp.gateway import Gateway
from greenledger.mcp.inputs import AmountKg, Country, Limit, MaxPrice, Registry, Removals
from greenledger.mcp.pages import Pages
from greenledger.mcp.texts import shown

UG_PER_TONNE = 1000 * UG_PER_KG
MOST_WARNINGS = 10
MOST_SOURCE_ID = 200  # characters; the gateway takes no longer one either
_CENT = Decimal("0.01")


def above_zero_ug(amount_kg: str) -> int:
    """Raises Failed for an amount of nothing."""
    amount_ug = kg_to_ug(amount_kg)
    if amount_ug == 0:
        raise Failed("amount_kg: is 0, expected more than nothing")
    return amount_ug


class Shopping:
    def __init__(self, gateway: Gateway, pages: Pages) -> None:
        self._gateway = gateway
        self._pages = pages

    async def quote(
        self,
        amount_kg: AmountKg,
        registry: Registry = None,
        country: Country = None,
        max_price_usd_per_tonne: MaxPrice = None,
        removals_only: Removals = False,
        include_ex_ante: bool = False,
        limit: Limit = 5,
    ) -> Quoted:
        """Find carbon credits on sale for an amount, cheapest first, with what they would cost. Buys nothing.

        Prices are the markets' current ones and not firm: a firm price is made for the wallet's owner alone.
        `orderable` false means that the market does not sell exactly this amount.
        """
        with told():
            amount_ug = above_zero_ug(amount_kg)
            wishes = {
                "registry": registry,
                "country": country,
                "max_price_usd_per_tonne": max_price_usd_per_tonne,
                "removal": "true" if removals_only else None,
                "ex_post_only": None if include_ex_ante else "true",
                "min_available_ug": str(amount_ug),
            }
            given = {name: wish for name, wish in wishes.items() if wish is not None}
            found = await self._gateway.get("/v1/projects", **given)
            offers = [self._offer(item, amount_ug) for item in found.items("items")]
            warnings = [shown(warning) for warning in found.texts("warnings")[:MOST_WARNINGS]]
        best = sorted(offers, key=lambda offer: not offer.orderable)[:limit]
        return Quoted(
            amount_ug=str(amount_ug),
            offers=best,
            warnings=warnings,
            in_words=f"{len(best)} of {len(offers)} offers for {kg_words(amount_ug)}.",
        )

    async def offer_of(self, source_id: str, amount_ug: int) -> Offer:
        """The offer of that id as it is on sale now. Raises ClientError."""
        for item in (await self._gateway.get("/v1/projects")).items("items"):
            if item.value.get("source_id") == source_id:
                return self._offer(item, amount_ug)
        raise Failed("source_id: is not on sale now, expected a source_id that the quote tool gives")

    def _offer(self, found: Answer, amount_ug: int) -> Offer:
        """Raises UnexpectedAnswer or Failed if the gateway answered something else than an offer."""
        smallest_ug, step_ug = found.whole("smallest_ug"), max(1, found.whole("step_ug"))
        source_id = found.text("source_id")[:MOST_SOURCE_ID]
        removal = found.value.get("removal")
        return Offer(
            source_id=shown(source_id),
            market=shown(found.text("market"), 40),
            project=shown(found.text("project"), 80),
            name=shown(found.text("name")),
            registry=shown(found.text("registry"), 40),
            country=shown(found.text("country"), 80),
            vintage=found.whole("vintage"),
            removal=removal if isinstance(removal, bool) else None,
            ex_ante=found.value.get("ex_ante") is True,
            price_usd_per_tonne=shown(found.text("price_usd_per_tonne"), 40),
            cost_usd=_cost_usd(found.text("price_usd_per_tonne"), amount_ug),
            orderable=smallest_ug <= amount_ug <= found.whole("available_ug") and amount_ug % step_ug == 0,
            smallest_ug=str(smallest_ug),
            step_ug=str(step_ug),
            page=self._pages.offer(source_id),
        )


def _cost_usd(price_usd_per_tonne: str, amount_ug: int) -> str:
    """Rounded up to a cent. Raises Failed for a price that is none."""
    try:
        cost = Decimal(price_usd_per_tonne[:40]) * amount_ug / UG_PER_TONNE
        return f"{cost.quantize(_CENT, ROUND_CEILING):f}"
    except (InvalidOperation, ValueError) as error:
        raise Failed("/v1/projects: the price of an offer cannot be read") from error
