"""Badges and cards by the name of what they are about."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial

from greenledger.badges.figures import Ledger, read_figures
from greenledger.badges.picture import picture
from greenledger.badges.recent import Recent
from greenledger.badges.subject import certificate_number, subject_of
from greenledger.badges.wording import Badge, Card, attestation_card, badge_of, certificate_card
from greenledger.chain.errors import ChainUnavailable

MOST_PICTURES = 100
CARD_SECONDS = 0.7
"""A page waits so long for its card, and is shown without one after that."""


@dataclass
class Badges:
    """Reads the chain through `chain`, and remembers what it read for a minute."""

    chain: Ledger
    _badges: Recent[Badge] = field(default_factory=Recent)
    _cards: Recent[Card | None] = field(default_factory=Recent)
    _pictures: Recent[bytes | None] = field(default_factory=partial(Recent, most=MOST_PICTURES))

    async def badge(self, name: str) -> Badge:
        """The badge of an account, attestation or certificate. Raises UnknownSubject or ChainUnavailable."""
        subject = subject_of(name)

        async def read() -> Badge:
            return badge_of(await read_figures(self.chain, subject))

        return await self._badges.get(subject.name, read)

    async def card(self, page: str, name: str) -> Card | None:
        """The card of the page "attestation" or "certificate"; None if there is none to be had in time."""
        number = certificate_number(name)
        if number is None:
            return None

        async def read() -> Card | None:
            try:
                async with asyncio.timeout(CARD_SECONDS):
                    return await self._read_card(page, number)
            except (TimeoutError, ChainUnavailable):
                # Kept like an answer: while the chain is away, every page would wait for it anew.
                return None

        return await self._cards.get(f"{page} {number}", read)

    async def picture(self, page: str, name: str) -> bytes | None:
        """The card as a PNG, about 30 kB; None where there is no card."""
        card = await self.card(page, name)
        if card is None:
            return None
        # Drawing takes some hundredths of a second of processor time.
        return await self._pictures.get(f"{page} {name}", lambda: asyncio.to_thread(picture, card))

    async def _read_card(self, page: str, number: int) -> Card | None:
        if page == "attestation":
            attestation = await self.chain.attestation(number.to_bytes(32))
            return None if attestation is None else attestation_card(attestation)
        certificate = await self.chain.certificate(number)
        return None if certificate is None else certificate_card(certificate)
