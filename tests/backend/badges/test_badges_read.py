"""Badges and cards are read from the chain once a minute, and a page never waits long for its card."""

from __future__ import annotations

import asyncio

import pytest

from greenledger.badges import badges as module
from greenledger.badges.badges import Badges
from greenledger.badges.recent import MOST, SECONDS, Recent
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.records import AccountTotals, Attestation, Certificate

ID = "0x" + "ab" * 32
ACCOUNT = "0x" + "Cd" * 20


class Chain:
    """A chain with one attestation, that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False
        self.delay_s = 0.0

    async def _ask(self) -> None:
        self.asked += 1
        await asyncio.sleep(self.delay_s)
        if self.away:
            raise ChainUnavailable("no answer")

    async def account(self, address: str) -> AccountTotals:
        await self._ask()
        return AccountTotals(1, 2 * 10**12, 4 * 10**12, 10**12, 1)

    async def attestation(self, identity: bytes) -> Attestation | None:
        await self._ask()
        known = identity.hex() == ID[2:]
        return Attestation(10**12, 2 * 10**12, 4 * 10**12, 10**12, 1, 3, False) if known else None

    async def certificate(self, identity: int) -> Certificate | None:
        await self._ask()
        return None


async def test_badge__asked_twice__is_read_once_whatever_the_case_of_its_name() -> None:
    chain = Chain()
    badges = Badges(chain)
    first = await badges.badge(ID)
    assert await badges.badge(ID.upper().replace("0X", "0x")) == first
    assert chain.asked == 1
    assert first.message == "2 t CO2e, 25 % covered by evidence of retirement"


async def test_badge__of_an_account__is_that_of_its_totals() -> None:
    badge = await Badges(Chain()).badge(ACCOUNT)
    assert badge.message == "2 t CO2e, 25 % covered by evidence of retirement"


async def test_badge__of_an_unknown_id__is_looked_for_among_certificates_too() -> None:
    chain = Chain()
    badge = await Badges(chain).badge("0x" + "11" * 32)
    assert (badge.known, chain.asked) == (False, 2)


async def test_badge__chain_away__is_an_error_and_is_asked_again() -> None:
    chain = Chain()
    chain.away = True
    badges = Badges(chain)
    with pytest.raises(ChainUnavailable):
        await badges.badge(ID)
    chain.away = False
    assert (await badges.badge(ID)).known


async def test_card__chain_that_does_not_answer__is_none_and_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CARD_SECONDS", 0.01)
    chain = Chain()
    chain.delay_s = 60.0
    badges = Badges(chain)
    assert await badges.card("attestation", ID) is None
    assert await badges.card("attestation", ID) is None
    assert chain.asked == 1


async def test_card__name_that_is_no_id__asks_nobody() -> None:
    chain = Chain()
    assert await Badges(chain).card("certificate", "../../etc/passwd") is None
    assert chain.asked == 0


async def test_card__of_an_attestation__states_bounds_tier_and_coverage() -> None:
    card = await Badges(Chain()).card("attestation", ID)
    assert card is not None
    assert card.title == "AI footprint: 2 t CO2e"
    assert "between 1 t and 4 t, evidence tier 3 of 7; 25 % covered" in card.description


async def test_recent__a_minute_later__is_read_again_and_the_oldest_goes_first() -> None:
    now = 0.0
    recent: Recent[int] = Recent(clock=lambda: now)
    read: list[str] = []

    async def get(key: str) -> None:
        async def answer() -> int:
            read.append(key)
            return 1

        await recent.get(key, answer)

    await get("a")
    await get("a")
    now = SECONDS
    await get("a")
    assert read == ["a", "a"]
    for number in range(MOST):
        await get(str(number))
    await get("a")
    assert read.count("a") == 3
