"""Sending through kills, races, gaps, stuck transactions and blocks that are taken back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sending import Sending, Silent

from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.node import ChainNode
from greenledger.chain.transactions import Outcome, Transaction

PROGRAM = Path(__file__).with_name("send_process.py")


def started(sending: Sending, database_url: str, work: dict[str, int], *more: str) -> subprocess.Popen[bytes]:
    items = ",".join(f"{key}=0x{sending.mint(amount).data.hex()}" for key, amount in work.items())
    arguments = [database_url, sending.chain.rpc_url, sending.account.key.to_0x_hex(), sending.token.address]
    paths = os.pathsep.join([str(PROGRAM.parent), str(PROGRAM.parent.parent)])
    env = os.environ | {"PYTHONPATH": paths}
    return subprocess.Popen([sys.executable, str(PROGRAM), *arguments, items, *more], env=env)


async def done(sending: Sending, *keys: str) -> list[Transaction]:
    sending.nonce()  # waits for the block that anvil is still making
    found = [await sending.sender().outcome(key) for key in keys]
    settled = [one for one in found if one is not None]
    assert [one.outcome for one in settled] == [Outcome.DONE] * len(keys)
    return settled


async def test_push__after_a_kill_between_storing_and_broadcasting__sends_the_same_bytes(
    sending: Sending, database_url: str
) -> None:
    victim = started(sending, database_url, {"k": 5}, "kill")
    assert await asyncio.to_thread(victim.wait) == -9
    stored = await sending.store.find("k")
    assert stored is not None and sending.nonce() == 0
    assert await sending.sender().push() == 1
    (mined,) = await done(sending, "k")
    on_chain = sending.chain.web3.eth.get_raw_transaction(stored.bids[0].hash)  # type: ignore[arg-type]
    assert (mined.bids, on_chain.to_0x_hex()) == (stored.bids, stored.bids[0].raw)


async def test_send__after_a_kill_between_storing_and_broadcasting__sends_the_same_bytes(
    sending: Sending, database_url: str
) -> None:
    victim = started(sending, database_url, {"k": 5}, "kill")
    assert await asyncio.to_thread(victim.wait) == -9
    stored = await sending.store.find("k")
    sent = await sending.sender().send("k", sending.mint(5))
    assert sent == stored and sending.nonce() == 1


async def test_send__two_processes_with_the_same_work__sends_each_key_once(
    sending: Sending, database_url: str
) -> None:
    before = sending.balance()
    work = {f"order/{number}": 10**number for number in range(8)}
    backwards = dict(reversed(work.items()))
    workers = [started(sending, database_url, each) for each in (work, backwards)]
    assert [await asyncio.to_thread(worker.wait) for worker in workers] == [0, 0]
    await sending.sender().push()
    mined = await done(sending, *work)
    assert sorted(one.nonce for one in mined) == list(range(8))
    assert (sending.nonce(), sending.balance() - before) == (8, 11_111_111)


async def test_push__gap_left_by_a_killed_sender__fills_it_and_all_behind_it_are_mined(
    sending: Sending,
) -> None:
    await sending.sender(kind=Silent).send("first", sending.mint(1))
    await sending.sender().send("second", sending.mint(2))
    waiting = await sending.sender().outcome("second")
    assert waiting is not None and (waiting.outcome, waiting.nonce) == (Outcome.PENDING, 1)
    assert await sending.sender().push() == 2
    await done(sending, "first", "second")


def mine_at(sending: Sending, base_fee_wei: int) -> None:
    """Mines a block with that base fee."""
    sending.rpc("anvil_setNextBlockBaseFeePerGas", hex(base_fee_wei))
    sending.mine()


@pytest.fixture
def dear(sending: Sending) -> Iterator[Callable[[Transaction], None]]:
    """Mines a block that is too dear for a transaction; afterwards gas costs what it did."""
    usual = sending.chain.web3.eth.get_block("latest")["baseFeePerGas"]
    yield lambda sent: mine_at(sending, sent.bids[-1].fees.max_fee_wei * 2)
    mine_at(sending, usual)


async def test_push__stuck_below_the_base_fee__is_replaced_by_a_better_bid(
    sending: Sending, dear: Callable[[Transaction], None]
) -> None:
    with sending.mining_by_hand():
        sent = await sending.sender().send("k", sending.mint(5))
        dear(sent)
        assert sending.nonce() == 0
        assert await sending.sender().push() == 1  # not stuck for long enough yet
        assert (await sending.store.find("k")) == sent
        sending.clock.now += 60
        await sending.sender().push()
        sending.mine()
    (mined,) = await done(sending, "k")
    old, new = mined.bids
    assert (mined.mined_hash, len({old.hash, new.hash})) == (new.hash, 2)
    assert new.fees.max_fee_wei * 8 >= old.fees.max_fee_wei * 9
    assert new.fees.priority_fee_wei * 8 >= old.fees.priority_fee_wei * 9
    assert sending.nonce() == 1


async def test_push__stuck_and_the_cap_allows_no_better_bid__stays_as_it_is(
    sending: Sending, dear: Callable[[Transaction], None]
) -> None:
    usual = sending.chain.web3.eth.get_block("latest")["baseFeePerGas"]
    cap = 3 * usual + 10**9
    with sending.mining_by_hand():
        sent = await sending.sender(cap_wei=cap).send("k", sending.mint(5))
        dear(sent)
        sending.clock.now += 600
        assert await sending.sender(cap_wei=cap).push() == 1
        assert await sending.store.find("k") == sent
        mine_at(sending, usual)
        await sending.sender(cap_wei=cap).push()
        sending.mine()
    await done(sending, "k")


async def test_push__two_at_once_that_both_outbid__keeps_one_further_bid(
    sending: Sending, dear: Callable[[Transaction], None]
) -> None:
    with sending.mining_by_hand():
        dear(await sending.sender().send("k", sending.mint(5)))
        sending.clock.now += 60
        await asyncio.gather(*(sending.sender().push() for _ in range(2)))
        sending.mine()
    (mined,) = await done(sending, "k")
    assert (len(mined.bids), mined.mined_hash) == (2, mined.bids[1].hash)


async def test_push__block_of_a_finished_transaction_taken_back__sends_the_same_bytes_again(
    sending: Sending,
) -> None:
    snapshot = sending.rpc("evm_snapshot")
    await sending.sender().send("k", sending.mint(5))
    (first,) = await done(sending, "k")
    assert sending.rpc("evm_revert", snapshot) is True
    sending.mine(2)
    assert sending.nonce() == 0
    assert await sending.sender().push() == 1
    bid = first.bids[0].hash
    again = sending.chain.web3.eth.wait_for_transaction_receipt(bid, timeout=30)  # type: ignore[arg-type]
    assert (again["status"], sending.nonce()) == (1, 1)


class Deaf(ChainNode):
    """A node that answers questions and takes no transactions."""

    async def submit(self, raw: str) -> str | None:
        raise ChainUnavailable("eth_sendRawTransaction: the RPC endpoint gave no usable answer")


async def test_send__node_that_takes_nothing__keeps_it_for_later(sending: Sending) -> None:
    hearing = sending.node
    sending.node = Deaf(sending.chain.rpc_url, 31337)
    sent = await sending.sender().send("k", sending.mint(5))
    await sending.node.aclose()
    assert (sent.outcome, sending.nonce()) == (Outcome.PENDING, 0)
    sending.node = hearing
    await sending.sender().push()
    (mined,) = await done(sending, "k")
    assert mined.bids == sent.bids


@pytest.mark.parametrize("key", ["k", "order/1/fulfil"])
async def test_allot__key_of_another_process_meanwhile__gives_that_ones_transaction(
    sending: Sending, key: str
) -> None:
    first = await sending.sender(kind=Silent).send(key, sending.mint(5))

    def sign(_nonce: int) -> None:
        raise AssertionError("signed a second transaction for the key")

    again = await sending.store.allot(key, sending.mint(5), 1, 0, sign)  # type: ignore[arg-type]
    assert again == first
