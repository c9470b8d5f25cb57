"""What the adapters of all vendors do alike: their version, their offers, which amounts are offered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from greenledger.offsets.errors import AmountNotOffered, UnknownSource
from greenledger.offsets.http import MarketHttp
from greenledger.offsets.market import Project
from greenledger.offsets.offers import SharedOffers
from greenledger.offsets.versions import VersionWatch


class Vendor(ABC):
    """One vendor's API behind `http`. `step_ug` is the smallest difference of two amounts, ug CO2e."""

    name: ClassVar[str]
    step_ug: ClassVar[int] = 1

    def __init__(self, http: MarketHttp) -> None:
        self._http = http
        self._offers = SharedOffers(self.name, self._read_offers)

    @property
    def version(self) -> VersionWatch:
        """The version of the API that is spoken here, and what is known of its end."""
        return self._http.version

    async def check_version(self, now: float) -> str | None:
        """An alarm before the vendor retires the version, None if nothing calls for one."""
        return await self._http.check_version(now)

    async def aclose(self) -> None:
        """Ends what is still under way; call it before the HTTP client is closed."""
        await self._offers.aclose()

    async def projects(self) -> tuple[Project, ...]:
        """Offers that can be bought now, cheapest first; at most 15 s old, 60 s if the vendor is away."""
        return await self._offers.get()

    async def _offer(self, source_id: str, amount_ug: int) -> Project:
        """The offer of this source, if it allows the amount; raises UnknownSource or AmountNotOffered."""
        offer = next((one for one in await self.projects() if one.source_id == source_id), None)
        if offer is None:
            raise UnknownSource(source_id)
        if not offer.minimum_ug <= amount_ug <= offer.available_ug or amount_ug % self.step_ug:
            raise AmountNotOffered(offer.minimum_ug, offer.available_ug, self.step_ug)
        return offer

    @abstractmethod
    async def _read_offers(self) -> tuple[Project, ...]:
        """All offers as they are now, cheapest first; raises MarketUnavailable or MarketRefused."""
