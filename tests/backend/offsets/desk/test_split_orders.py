"""Purchases that the market splits over two projects: the desk pays for one part, the other is not lost."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from deployed import OWNER_ACCOUNT, UNIT_UG, Deployed, account
from desk import Desk
from desk_bench import NAME, REASON, TONNE_UG, DeskBench, desk_bench
from market_clients import MIXED, cnaught_at
from nodes import new_person
from sandbox_server import SandboxServer

from greenledger.offsets import happenings as h
from greenledger.offsets.desk_sales import Payment
from greenledger.offsets.transitions import happen
from greenledger.offsets.worker import LONGEST_BACKOFF_S
from greenledger.usage.models.order import Order
from greenledger.usage.orders import lock_order

HALF_PPM = 500_000
WIND_REGISTRY, BIOCHAR_REGISTRY = "vcs", "puro"


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


@pytest.fixture
async def split(
    shop: tuple[Deployed, Desk], sandbox: SandboxServer, database_url: str, client: httpx.AsyncClient
) -> AsyncIterator[DeskBench]:
    """A bench at CNaught, whose mixed portfolio is bought as half wind, half biochar."""
    for key in (WIND_REGISTRY, BIOCHAR_REGISTRY):
        switch(shop[0], key, enabled=True)
    async with desk_bench(*shop, sandbox, database_url, client) as opened:
        market: Any = cnaught_at(client, sandbox.url, opened.clock)
        # The sandbox begins its serial numbers anew for each test, so the chain has to forget them as well.
        before = opened.rpc("evm_snapshot")
        yield dataclasses.replace(opened, market=market)
        opened.rpc("evm_revert", before)


def switch(deployed: Deployed, registry: str, *, enabled: bool) -> None:
    word, methodology = registry.encode().ljust(32, b"\0"), b"\x01" * 32
    owner = account(OWNER_ACCOUNT)
    deployed.chain.transact(
        deployed.credits, "set_registry", word, enabled, UNIT_UG, methodology, sender=owner
    )


async def paid(bench: DeskBench, amount_ug: int = 4 * TONNE_UG, **changes: Any) -> Order:
    usual = Payment(bench.desk.token.address, bench.buyer.address, NAME, REASON, HALF_PPM)
    payment = dataclasses.replace(usual, **changes)
    source = MIXED.source_id
    order = await bench.offsets.request_desk_quote(bench.buyer.address, source, amount_ug, payment)
    bench.pay(order)
    await bench.follow()
    return await bench.stored(order.id)


async def whole(bench: DeskBench, order_id: str, turns: int = 40) -> Order:
    """Turns until nothing is left to be certified."""
    for _ in range(turns):
        order = await bench.stored(order_id)
        told = [part["certificate"] or part["problem"] for part in order.further]
        if order.state == "minted" and all(told):
            return order
        await bench.turn()
    raise AssertionError(f"the order is {order.state}: {order.error_detail} {order.further}")


async def minted_with_a_part_left(bench: DeskBench) -> Order:
    """An order that the desk has paid for while the council did not sign for the other part yet."""
    await bench.until((order := await paid(bench)).id, "cosigned")
    bench.council_signs = False
    await bench.until(order.id, "minted")
    bench.council_signs = True
    bench.clock.now += LONGEST_BACKOFF_S
    return order


async def certified(bench: DeskBench, order: Order) -> list[Any]:
    ids = [order.certificate, *(part["certificate"] for part in order.further)]
    return [await bench.chain.certificate(int(one or "0", 16)) for one in ids]


async def test_order__split_by_the_market__pays_for_one_part_and_certifies_every_part(
    split: DeskBench,
) -> None:
    seller, buyer = split.balance(split.desk.seller), split.balance(split.buyer)
    placed = await paid(split)
    price = int(placed.desk_order["price"])
    order = await whole(split, placed.id)
    main, other = await certified(split, order)
    assert (main.project, main.amount_ug) == ("VCS-999901", 2 * TONNE_UG)
    assert (other.project, other.amount_ug) == ("PURO-999903", 2 * TONNE_UG)
    assert (main.holder, other.holder) == (split.buyer.address, split.buyer.address)
    assert split.balance(split.desk.seller) == seller + price // 2
    assert split.balance(split.buyer) == buyer - price // 2
    assert split.sandbox.totals("cnaught")["tonnes"] == 4


async def test_order__split_and_a_gift__gives_every_certificate_to_the_other_account(
    split: DeskBench,
) -> None:
    friend = new_person()
    order = await whole(split, (await paid(split, holder=friend.address)).id)
    assert {one.holder for one in await certified(split, order)} == {friend.address}


async def test_order__split_below_the_least_the_payer_accepts__is_refunded_and_nothing_is_certified(
    split: DeskBench,
) -> None:
    buyer = split.balance(split.buyer)
    order = await split.until((await paid(split, min_share_ppm=HALF_PPM + 1)).id, "refunded")
    assert (order.error_code, order.further) == ("too_little_retired", [])
    assert split.balance(split.buyer) == buyer


@pytest.mark.parametrize("place", ["certify:taken", "certify:acted", "certify:recorded"])
async def test_order__process_killed_while_a_part_is_certified__certifies_it_once(
    split: DeskBench, place: str
) -> None:
    lives = 2

    def die(name: str) -> None:
        nonlocal lives
        if name == place and lives:
            lives -= 1
            raise Killed

    placed = await paid(split)
    split.mark = die
    for _ in range(2):
        with pytest.raises(Killed):
            await whole(split, placed.id)
        split.let_leases_run_out()
    order = await whole(split, placed.id)
    assert sum(one.amount_ug for one in await certified(split, order)) == 4 * TONNE_UG


async def test_order__fulfilment_lost_to_a_reorganisation_and_back__certifies_no_part_twice(
    split: DeskBench,
) -> None:
    placed = await paid(split)
    order = await whole(split, placed.id)
    sent = split.desk.chain.web3.eth.get_transaction_count(split.desk.seller.address)
    for happening in (h.FulfilledTakenBack(), h.Fulfilled(order.certificate or "")):
        async with split.database.transaction() as session:
            current = await lock_order(session, order.account, order.id)
            assert current is not None
            await happen(session, current, happening, int(split.clock()))
    for _ in range(5):
        await split.turn(20)
    again = await split.stored(order.id)
    assert (again.state, again.further) == ("minted", order.further)
    assert split.desk.chain.web3.eth.get_transaction_count(split.desk.seller.address) == sent


async def test_order__split_and_the_other_parts_registry_is_off__certifies_it_once_it_is_on(
    split: DeskBench,
) -> None:
    switch(split.deployed, BIOCHAR_REGISTRY, enabled=False)
    order = await split.until((await paid(split)).id, "minted")
    for _ in range(5):
        await split.turn(20)
    waiting = await split.stored(order.id)
    assert (waiting.state, waiting.error_code) == ("minted", None)
    assert [part["certificate"] for part in waiting.further] == [None]
    switch(split.deployed, BIOCHAR_REGISTRY, enabled=True)
    split.clock.now += LONGEST_BACKOFF_S
    assert sum(one.amount_ug for one in await certified(split, await whole(split, order.id))) == 4 * TONNE_UG


async def test_order__split_and_the_other_part_used_by_another_certificate__tells_the_operator(
    split: DeskBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await minted_with_a_part_left(split)

    async def used(*_: object) -> bool:
        return False

    monkeypatch.setattr(split.chain, "can_back", used)
    (part,) = (await whole(split, order.id)).further
    assert part["certificate"] is None and "already backs another certificate" in part["problem"]


async def test_order__split_and_the_report_was_minted_by_a_stranger__takes_that_certificate(
    split: DeskBench,
) -> None:
    """Anybody may send a signed report; ours then changes nothing."""
    order = await minted_with_a_part_left(split)
    split.rpc("evm_setAutomine", False)
    try:
        await split.worker.run_due()
        (ours,) = [
            one
            for of_one_sender in split.rpc("txpool_content")["pending"].values()
            for one in of_one_sender.values()
            if one["to"].lower() == split.chain.deployment.credits.lower()
        ]
        stranger = new_person()
        split.desk.chain.fund(stranger.address)
        theirs = {
            "to": split.chain.deployment.credits,
            "data": ours["input"],
            "nonce": 0,
            "gas": 3_000_000,
            "maxFeePerGas": 400 * 10**9,
            "maxPriorityFeePerGas": 300 * 10**9,
            "chainId": split.chain.node.chain_id,
        }
        split.rpc("eth_sendRawTransaction", stranger.sign_transaction(theirs).raw_transaction.to_0x_hex())
        split.rpc("anvil_mine", "0x1")
    finally:
        split.rpc("evm_setAutomine", True)
    main, other = await certified(split, await whole(split, order.id))
    assert (main.amount_ug, other.amount_ug) == (2 * TONNE_UG, 2 * TONNE_UG)
