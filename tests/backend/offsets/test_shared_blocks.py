"""One certificate for each retirement out of a shared block, as a council node sees to it."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
from deployed import Deployed
from nodes import new_person
from retirements import certificate_id, report, signatures

from greenledger.chain.calldata import encode_mint
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.follower import Follower
from greenledger.chain.node import ChainNode
from greenledger.evidence.structs import SHARED_BLOCK
from greenledger.evidence.typed_data import NO_ACCOUNT, ZERO, RetirementReport, Source
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.journal.ledger import LedgerBook
from greenledger.offsets.shared_blocks import SPAN_S, SharedBlocks
from greenledger.usage.database import Database
from greenledger.usage.ledger_events import Ledger

TONNE_UG = 10**12
ORDERS = (b"\x11" * 32, b"\x22" * 32)


@dataclasses.dataclass
class Node:
    """A council node's sight of the ledger; `at` stands in for when the last followed block was made."""

    deployed: Deployed
    follower: Follower
    book: LedgerBook
    chain: ChainNode
    at: int | None = None

    async def time_of(self, number: int) -> int:
        return await self.chain.time_of(number) if self.at is None else self.at

    @property
    def shared(self) -> SharedBlocks:
        return SharedBlocks(self.book, self)

    async def follow(self) -> None:
        while await self.follower.turn():
            pass

    async def wrong(self, stated: RetirementReport) -> list[str]:
        return [mismatch.field for mismatch in await self.shared.mismatches(stated)]

    async def part(self, source: Source, order: bytes = ZERO, **changes: Any) -> RetirementReport:
        """A report of half a tonne out of `source`, good as long as the node wants it."""
        facts = {"registry": b"icr".ljust(32, b"\0"), "amount_ug": TONNE_UG // 2, "retired_at": 1_790_000_000}
        until = await self.shared.until(0)
        made = report(self.holder, **(facts | {"valid_until": until} | changes))
        minter = NO_ACCOUNT if order == ZERO else self.holder
        return dataclasses.replace(made, source=source, order=order, minter=minter)

    def mint(self, stated: RetirementReport) -> None:
        data = encode_mint(stated, signatures(stated, self.deployed), hint=0)
        self.deployed.chain.send(self.person, self.deployed.deployment.credits, f"0x{data.hex()}")

    def __post_init__(self) -> None:
        self.person = new_person()
        self.holder = self.person.address
        self.deployed.chain.fund(self.holder)


@pytest.fixture
async def node(deployed: Deployed, database: Database) -> AsyncIterator[Node]:
    deployment = deployed.deployment
    contracts = {"RetiredCredits": deployment.credits}
    ledger = Ledger(deployment.chain_id, contracts_key(contracts))
    store = DatabaseEventStore(database, ledger.chain_id, ledger.contracts, ())
    chain = ChainNode(deployed.chain.rpc_url, deployment.chain_id)
    follower = Follower(chain, store, contracts, deployed.chain.web3.eth.block_number, confirmations=1)
    made = Node(deployed, follower, LedgerBook(database, ledger), chain)
    deployed.chain.catch_up()
    await made.follow()
    yield made
    await chain.aclose()


def block(first: int = 1, last: int = 10) -> Source:
    """Ten tonnes of a book that no other test uses."""
    return Source(SHARED_BLOCK, new_person().key[:32], first, last)


async def test_part__of_a_block_without_certificates__is_good_to_the_end_of_the_span(node: Node) -> None:
    stated = await node.part(block())
    assert await node.wrong(stated) == []
    newest = node.deployed.chain.web3.eth.get_block("latest")["timestamp"]
    assert newest < stated.retirement.valid_until <= newest + SPAN_S


@pytest.mark.parametrize("later_s", [-1, 1, SPAN_S, -SPAN_S])
async def test_part__with_another_deadline__is_named(node: Node, later_s: int) -> None:
    until = (await node.part(block())).retirement.valid_until
    assert await node.wrong(await node.part(block(), valid_until=until + later_s)) == [
        "retirement.valid_until"
    ]


async def test_part__certified_and_reported_again_in_a_later_span__is_named(node: Node) -> None:
    stated = await node.part(block())
    node.mint(stated)
    await node.follow()
    node.at = stated.retirement.valid_until  # the first second of the next span
    again = await node.part(stated.source, evidence=b"\x05" * 32)
    assert again.retirement.valid_until == stated.retirement.valid_until + SPAN_S
    assert await node.wrong(again) == ["retirement.serials"]
    (mismatch,) = await node.shared.mismatches(again)
    assert f"{certificate_id(stated, node.deployed):064x}" in mismatch.stated


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_ug": TONNE_UG // 4},
        {"retired_at": 1_790_000_001},
        {"beneficiary": "B"},
    ],
    ids=str,
)
async def test_part__of_another_retirement_from_the_same_block__may_be_certified(
    node: Node, changes: dict[str, Any]
) -> None:
    stated = await node.part(block())
    node.mint(stated)
    await node.follow()
    assert await node.wrong(await node.part(stated.source, **changes)) == []
    assert await node.wrong(await node.part(stated.source)) == ["retirement.serials"]


@pytest.mark.parametrize(
    ("minted", "reported", "wrong"),
    [
        (ORDERS[0], ORDERS[1], []),
        (ORDERS[0], ORDERS[0], ["retirement.serials"]),
        (ORDERS[0], ZERO, ["retirement.serials"]),
        (ZERO, ORDERS[1], ["retirement.serials"]),
    ],
)
async def test_part__alike_in_all_but_its_order__is_another_retirement_only_between_two_orders(
    node: Node, minted: bytes, reported: bytes, wrong: list[str]
) -> None:
    stated = await node.part(block(), order=minted)
    node.mint(stated)
    await node.follow()
    assert await node.wrong(await node.part(stated.source, order=reported)) == wrong


async def test_part__spelled_another_way__is_the_same_retirement(node: Node) -> None:
    stated = await node.part(block())
    node.mint(stated)
    await node.follow()
    assert await node.wrong(await node.part(stated.source, serials="1 to 10")) == ["retirement.serials"]


async def test_order__minted_for__is_known_once_its_block_is_followed(node: Node) -> None:
    order = f"0x{new_person().key.hex().removeprefix('0x')}"
    stated = await node.part(block(), order=bytes.fromhex(order[2:]))
    node.mint(stated)
    assert not await node.book.is_minted_for(order)
    await node.follow()
    assert await node.book.is_minted_for(order)


async def test_report__of_a_whole_range__is_left_to_the_contract(node: Node) -> None:
    whole = dataclasses.replace(block(), kind=1)
    assert await node.wrong(await node.part(whole, valid_until=1)) == []


async def test_until__nothing_followed_since_the_span_began__is_unavailable(node: Node) -> None:
    end = await node.shared.until(0)
    assert await node.shared.until(end - 1) == end
    with pytest.raises(ChainUnavailable, match="no report would be good now"):
        await node.shared.until(end)


async def test_mismatches__before_anything_was_followed__are_unavailable(
    node: Node, database: Database
) -> None:
    blind = SharedBlocks(LedgerBook(database, Ledger(31337, "followed by nobody")), node)
    with pytest.raises(ChainUnavailable, match="no block has been followed"):
        await blind.mismatches(await node.part(block()))
