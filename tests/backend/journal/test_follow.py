"""Following a chain that only grows: every event once, in order, from wherever it stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from desk import PRICE, TONNE_UG, Desk
from notes import Notes, contracts_of, follower_of, noted, short, store_of, to_the_end
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.events import Event
from greenledger.chain.follower import Follower, confirmations_for
from greenledger.chain.node import ChainNode
from greenledger.journal.events import contracts_key
from greenledger.usage.chain_events import events_of
from greenledger.usage.database import Database


@pytest.fixture
def start(desk: Desk) -> int:
    """The next block: earlier tests' events lie before it."""
    return desk.chain.web3.eth.block_number + 1


def mine(desk: Desk, blocks: int = 1) -> None:
    desk.chain.web3.provider.make_request("anvil_mine", [hex(blocks)])


async def test_turn__order_opened__arrives_with_all_its_fields(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    order = desk.order(vintage=0)
    identity = desk.open(order)
    await to_the_end(follower_of(desk, node, store_of(desk, database), start))
    assert await noted(database) == short(identity)
    async with database.transaction() as session:
        (found,) = await events_of(session, 31337, "OrderOpened", identity)
    assert (found.contract, found.block) == ("RetirementDesk", desk.chain.web3.eth.block_number)
    stated = found.arguments
    assert (stated["id"], stated["payer"]) == (identity, desk.payer.address)
    assert list(stated["order"]) == [
        *("seller", "payer", "holder", "token", "price", "amount_ug", "min_ug", "registry", "project"),
        *("vintage", "beneficiary", "quote_until", "deadline", "salt"),
    ]
    assert (stated["order"]["price"], stated["order"]["amount_ug"]) == (str(PRICE), str(TONNE_UG))
    assert stated["order"]["registry"] == "0x" + b"icr".ljust(32, b"\0").hex()
    assert (stated["order"]["beneficiary"], stated["order"]["vintage"]) == ("A buyer", "0")


async def test_turn__nothing_new__asks_for_no_logs(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    mine(desk)
    follower = follower_of(desk, node, store_of(desk, database), start)
    assert [await follower.turn(), await follower.turn()] == [True, False]


async def test_turn__fewer_confirmations_than_set__waits(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    identity = desk.open()
    follower = follower_of(desk, node, store_of(desk, database), start, confirmations=3)
    mine(desk)
    await to_the_end(follower)
    assert await noted(database) == []
    mine(desk)
    await to_the_end(follower)
    assert await noted(database) == short(identity)


async def test_turn__more_blocks_than_are_read_at_once__gives_all_in_order(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    identities = []
    for _ in range(4):
        identities.append(desk.open())
        mine(desk)
    turns = await to_the_end(follower_of(desk, node, store_of(desk, database), start, most_blocks=3))
    assert (turns, await noted(database)) == (3, short(*identities))


async def test_turn__after_a_restart__goes_on_where_it_was(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    first = desk.open()
    await to_the_end(follower_of(desk, node, store_of(desk, database), start))
    second = desk.open()
    # Notes refuses an event that comes again.
    await to_the_end(follower_of(desk, node, store_of(desk, database), start))
    assert await noted(database) == short(first, second)


class Picky(ChainNode):
    """A node that gives logs of a few blocks at once only, as public ones do."""

    most = 3

    def __init__(self, rpc_url: str, chain_id: int) -> None:
        super().__init__(rpc_url, chain_id)
        self.asked: list[int] = []

    async def logs(self, addresses: Sequence[str], first: int, last: int) -> list[Mapping[str, Any]]:
        self.asked.append(last - first + 1)
        if last - first + 1 > self.most:
            raise ChainUnavailable("query returned more than 10000 results")
        return await super().logs(addresses, first, last)


@pytest.fixture
async def picky(desk: Desk) -> Any:
    opened = Picky(desk.chain.rpc_url, 31337)
    yield opened
    await opened.aclose()


async def test_turn__node_that_refuses_large_ranges__halves_them_and_grows_again(
    desk: Desk, picky: Picky, database: Database, start: int
) -> None:
    identity = desk.open()
    mine(desk, 11)
    await to_the_end(follower_of(desk, picky, store_of(desk, database), start))
    assert await noted(database) == short(identity)
    assert picky.asked[:3] == [12, 6, 3] and picky.asked[3:5] == [6, 3]


async def test_turn__node_that_refuses_a_single_block__fails_and_stays(
    desk: Desk, picky: Picky, database: Database, start: int
) -> None:
    picky.most = 0
    mine(desk, 4)
    store = store_of(desk, database)
    with pytest.raises(ChainUnavailable):
        await follower_of(desk, picky, store, start).turn()
    assert picky.asked == [4, 2, 1] and await store.cursor() is None


class Odd(ChainNode):
    """A node that gives logs of its own making."""

    changes: Mapping[str, Any]

    async def logs(self, addresses: Sequence[str], first: int, last: int) -> list[Mapping[str, Any]]:
        return [{**log, **self.changes} for log in await super().logs(addresses, first, last)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"address": "0x" + "11" * 20}, "another contract"),
        ({"topics": ["0x" + "11" * 32]}, "has no event"),
        ({"topics": []}, "another contract"),
        ({"data": "0x1234"}, "is no OrderOpened"),
        ({"data": None}, "is no OrderOpened"),
        ({"blockNumber": "0x1"}, "logs of other blocks"),
        ({"blockNumber": None}, "blockNumber"),
        ({"blockHash": "0x12"}, "blockHash"),
        ({"blockHash": "0x" + "11" * 32}, "changed while its events were read"),
        ({"logIndex": "first"}, "logIndex"),
    ],
)
async def test_turn__logs_that_cannot_be_right__are_refused_and_the_cursor_stays(
    desk: Desk, database: Database, start: int, changes: Mapping[str, Any], problem: str
) -> None:
    desk.open()
    odd = Odd(desk.chain.rpc_url, 31337)
    odd.changes = changes
    store = store_of(desk, database)
    with pytest.raises(ChainUnavailable, match=problem):
        await follower_of(desk, odd, store, start).turn()
    await odd.aclose()
    assert await store.cursor() is None and await noted(database) == []


class Failing(Notes):
    """Fails at the second event of a range."""

    def __init__(self) -> None:
        self.applied = 0

    async def apply(self, session: AsyncSession, event: Event) -> None:
        self.applied += 1
        if self.applied == 2:
            raise RuntimeError("a bug in the handler")
        await super().apply(session, event)


async def test_turn__handler_fails__keeps_nothing_of_the_range_and_gives_it_again(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    identities = [desk.open(), desk.open()]
    follower = follower_of(desk, node, store_of(desk, database, Failing()), start)
    with pytest.raises(RuntimeError, match="a bug in the handler"):
        await follower.turn()
    assert await noted(database) == []
    await to_the_end(follower)
    assert await noted(database) == short(*identities)


async def test_turn__two_followers_of_one_database__apply_each_event_once(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    identities = [desk.open() for _ in range(6)]
    followers = [follower_of(desk, node, store_of(desk, database), start, most_blocks=1) for _ in range(2)]
    await asyncio.gather(*(to_the_end(follower) for follower in followers))
    assert await noted(database) == short(*identities)


async def until_noted(database: Database, count: int) -> None:
    for _ in range(600):
        if len(await noted(database)) >= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{count} events never came")


async def test_run__handler_that_fails_once__goes_on_until_cancelled(
    desk: Desk, node: ChainNode, database: Database, start: int
) -> None:
    handler = Failing()
    store = store_of(desk, database, handler)
    follower = Follower(node, store, contracts_of(desk), start, confirmations=1, poll_s=0.01)
    identities = [desk.open(), desk.open()]
    task = asyncio.create_task(follower.run())
    await until_noted(database, 2)
    identities.append(desk.open())
    await until_noted(database, 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await noted(database), handler.applied > 3) == (short(*identities), True)


@pytest.mark.parametrize(("chain_id", "setting", "expected"), [(31337, None, 1), (1, None, 12), (1, 3, 3)])
def test_confirmations_for__chain_and_setting__are_as_documented(
    chain_id: int, setting: int | None, expected: int
) -> None:
    assert confirmations_for(chain_id, setting) == expected


def test_confirmations_for__none_at_all__are_refused() -> None:
    with pytest.raises(ValueError, match="confirmations are 0, expected at least 1"):
        confirmations_for(1, 0)


def test_contracts_key__another_address__is_another_set(desk: Desk) -> None:
    same = {"RetirementDesk": desk.desk.address.lower()}
    assert contracts_key(contracts_of(desk)) == contracts_key(same)
    assert contracts_key({"RetirementDesk": desk.token.address}) != contracts_key(same)
