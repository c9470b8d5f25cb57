"""Following a chain that takes blocks back, and a follower that is killed: all is undone or kept, once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import Desk
from notes import follower_of, noted, short, store_of, to_the_end
from sqlalchemy import select

from greenledger.chain.events import Event
from greenledger.chain.node import Block, ChainNode
from greenledger.usage import cursors
from greenledger.usage.chain_events import events_of
from greenledger.usage.database import Database
from greenledger.usage.models.chain_event import ChainEvent

PROGRAM = Path(__file__).with_name("follow_process.py")


@pytest.fixture
def start(desk: Desk) -> int:
    return desk.chain.web3.eth.block_number + 1


@pytest.fixture
def back(desk: Desk) -> Callable[[], None]:
    """Takes the chain back to where it was when the test began."""
    snapshot = desk.chain.web3.provider.make_request("evm_snapshot", [])["result"]

    def revert() -> None:
        assert desk.chain.web3.provider.make_request("evm_revert", [snapshot])["result"] is True

    return revert


def mine(desk: Desk, blocks: int = 1) -> None:
    """Blocks that differ from those that were there before, by their time."""
    desk.chain.web3.provider.make_request("evm_increaseTime", [17])
    desk.chain.web3.provider.make_request("anvil_mine", [hex(blocks)])


async def test_turn__block_of_an_event_replaced__undoes_the_event_and_keeps_it_on_record(
    desk: Desk, node: ChainNode, database: Database, start: int, back: Callable[[], None]
) -> None:
    follower = follower_of(desk, node, store_of(desk, database), start)
    identity = desk.open()
    await to_the_end(follower)
    back()
    mine(desk, 2)
    await to_the_end(follower)
    assert await noted(database) == []
    async with database.transaction() as session:
        assert await events_of(session, 31337, "OrderOpened", identity) == []
        (kept,) = (await session.execute(select(ChainEvent))).scalars()
    assert (kept.subject, kept.removed_at is not None) == (identity, True)


async def test_turn__event_comes_again_in_another_block__is_applied_again(
    desk: Desk, node: ChainNode, database: Database, start: int, back: Callable[[], None]
) -> None:
    follower = follower_of(desk, node, store_of(desk, database), start)
    order = desk.order()
    quote = desk.quote(order)
    identity = desk.open(order)
    await to_the_end(follower)
    back()
    mine(desk, 3)
    desk.chain.transact(desk.desk, "open", order, quote, sender=desk.payer)
    await to_the_end(follower)
    assert await noted(database) == short(identity)
    async with database.transaction() as session:
        (live,) = await events_of(session, 31337, "OrderOpened", identity)
    assert live.block == desk.chain.web3.eth.block_number


async def test_turn__chain_merely_shorter__undoes_nothing_until_other_blocks_come(
    desk: Desk, node: ChainNode, database: Database, start: int, back: Callable[[], None]
) -> None:
    mine(desk)
    store = store_of(desk, database)
    follower = follower_of(desk, node, store, start)
    await to_the_end(follower)
    snapshot = desk.chain.web3.provider.make_request("evm_snapshot", [])["result"]
    identity = desk.open()
    await to_the_end(follower)
    before = await store.cursor()
    desk.chain.web3.provider.make_request("evm_revert", [snapshot])
    assert await follower.turn() is False
    assert (await store.cursor(), await noted(database)) == (before, short(identity))
    mine(desk)
    await to_the_end(follower)
    assert await noted(database) == []


async def test_turn__deep_reorganisation__keeps_what_lies_before_the_fork(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    store = store_of(desk, database)
    follower = follower_of(desk, node, store, start, most_blocks=4)
    before = desk.open()
    mine(desk, 5)
    snapshot = desk.chain.web3.provider.make_request("evm_snapshot", [])["result"]
    order = desk.order()
    desk.open(order)
    desk.decline(order)
    desk.open()
    mine(desk, 9)
    await to_the_end(follower)
    assert len(await noted(database)) == 4
    desk.chain.web3.provider.make_request("evm_revert", [snapshot])
    mine(desk, 20)
    after = desk.open()
    await to_the_end(follower)
    assert await noted(database) == short(before, after)
    head = desk.chain.web3.eth.get_block("latest")
    assert await store.cursor() == Block(head["number"], "0x" + head["hash"].hex().removeprefix("0x"))


async def test_turn__no_known_block_is_left__starts_over(
    desk: Desk, node: ChainNode, database: Database, start: int, back: Callable[[], None]
) -> None:
    follower = follower_of(desk, node, store_of(desk, database), start)
    desk.open()
    desk.open()
    await to_the_end(follower)
    back()
    mine(desk, 3)
    identity = desk.open()
    await to_the_end(follower)
    assert await noted(database) == short(identity)


async def test_turn__chain_goes_back_to_the_first_fork__revives_the_event(
    database: Database, desk: Desk
) -> None:
    store = store_of(desk, database)
    old, new = Block(7, "0x" + "a1" * 32), Block(7, "0x" + "b2" * 32)
    parent = Block(6, "0x" + "c3" * 32)
    event = Event(old, 0, "0x" + "d4" * 32, "RetirementDesk", "OrderOpened", "0x" + "e5" * 32, {})
    assert await store.advance(None, parent, [])
    assert await store.advance(parent, old, [event])
    assert await store.roll_back(old, parent)
    assert await store.advance(parent, new, [])
    assert await noted(database) == []
    assert await store.roll_back(new, parent)
    assert await store.advance(parent, old, [event])
    assert await noted(database) == short(event.subject)
    assert not await store.advance(parent, new, []) and not await store.roll_back(new, parent)
    assert await store.known(8, 10) == [old, parent]


async def test_known__long_after__has_the_newest_places_and_every_block_with_an_event(
    database: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cursors, "KEPT", 3)
    store = store_of(desk, database)
    places = [Block(number, f"0x{number:064x}") for number in range(1, 11)]
    seen = None
    for place in places:
        event = Event(
            place, 0, "0x" + "d4" * 32, "RetirementDesk", "OrderOpened", f"0x{place.number:064x}", {}
        )
        assert await store.advance(seen, place, [event] if place.number == 2 else [])
        seen = place
    assert [block.number for block in await store.known(11, 10)] == [10, 9, 8, 2]


@pytest.mark.parametrize("point", ["inside", "after"])
async def test_follower__killed__goes_on_without_losing_or_repeating_an_event(
    desk: Desk, database: Database, database_url: str, start: int, point: str
) -> None:
    identities = [desk.open() for _ in range(3)]

    def follow(where: str) -> int:
        arguments = [database_url, desk.chain.rpc_url, desk.desk.address, str(start), where]
        paths = os.pathsep.join([str(PROGRAM.parent), str(PROGRAM.parent.parent)])
        env = os.environ | {"PYTHONPATH": paths}
        return subprocess.run([sys.executable, str(PROGRAM), *arguments], env=env, check=False).returncode

    codes = [await asyncio.to_thread(follow, point) for _ in range(2)]
    assert codes == [-9, -9]
    assert await noted(database) == ([] if point == "inside" else short(*identities[:2]))
    assert await asyncio.to_thread(follow, "never") == 0
    assert await noted(database) == short(*identities)
