"""Sending: one transaction for each key, and an outcome in words."""

from __future__ import annotations

import pytest
from deployed import account
from sending import STRANGER, Sending, Silent

from greenledger.chain.errors import Reverted
from greenledger.chain.fees import FeesAboveCap
from greenledger.chain.sender import KeyUsed
from greenledger.chain.transactions import Call, Outcome

OTHER = 3  # of the development mnemonic


async def test_send__good_call__is_mined_and_done(sending: Sending) -> None:
    before = sending.balance()
    sender = sending.sender()
    sent = await sender.send("order/1/mint", sending.mint(5))
    found = await sender.outcome("order/1/mint")
    assert found is not None
    assert (found.outcome, found.nonce, found.mined_hash) == (Outcome.DONE, 0, sent.bids[0].hash)
    assert found.block == sending.chain.web3.eth.block_number
    assert sending.balance() == before + 5


async def test_send__again__sends_nothing_new(sending: Sending) -> None:
    first = await sending.sender().send("k", sending.mint(5))
    second = await sending.sender().send("k", sending.mint(5))
    await sending.sender().outcome("k")
    third = await sending.sender().send("k", sending.mint(5))
    assert first.bids == second.bids == third.bids
    assert (sending.nonce(), third.outcome) == (1, Outcome.DONE)


async def test_send__another_call_under_the_key__is_refused(sending: Sending) -> None:
    await sending.sender().send("k", sending.mint(5))
    for other in (sending.mint(6), Call(STRANGER, sending.mint(5).data), Call(sending.token.address, b"", 1)):
        with pytest.raises(KeyUsed, match="k was used for another call"):
            await sending.sender().send("k", other)
    assert sending.nonce() == 1


async def test_send__call_that_the_contract_refuses__stores_nothing_and_says_its_words(
    sending: Sending,
) -> None:
    with pytest.raises(Reverted, match="ERC20: transfer amount exceeds balance"):
        await sending.sender().send("k", sending.call("transfer", STRANGER, 1))
    assert await sending.store.find("k") is None
    await sending.sender().send("other", sending.mint(1))
    assert await sending.sender().wait("other", 5) == await sending.store.find("other")
    assert sending.nonce() == 1  # no nonce was lost


async def test_send__chain_dearer_than_the_cap__stores_nothing(sending: Sending) -> None:
    with pytest.raises(FeesAboveCap, match="expected at most 1"):
        await sending.sender(cap_wei=1).send("k", sending.mint(5))
    assert await sending.store.find("k") is None


async def test_outcome__never_sent__is_none(sending: Sending) -> None:
    assert await sending.sender().outcome("k") is None
    assert await sending.sender().wait("k", 1) is None


async def test_outcome__fewer_confirmations_than_set__is_pending(sending: Sending) -> None:
    sender = sending.sender(confirmations=3)
    await sender.send("k", sending.mint(5))
    for expected in (Outcome.PENDING, Outcome.PENDING, Outcome.DONE):
        found = await sender.wait("k", 0)
        assert found is not None and found.outcome is expected
        sending.mine()


async def test_outcome__reverted_when_mined__says_the_contracts_words(sending: Sending) -> None:
    other, me = account(OTHER), sending.account.address
    sending.chain.transact(sending.token, "mint", me, 5, sender=other)
    sending.chain.transact(sending.token, "approve", other.address, 5, sender=sending.account)
    with sending.mining_by_hand():
        sent = await sending.sender().send("k", sending.call("transfer", STRANGER, 5))
        sending.rpc("anvil_dropTransaction", sent.bids[0].hash)
    sending.chain.transact(sending.token, "transferFrom", me, STRANGER, 5, sender=other)
    assert await sending.sender().push() == 1
    found = await sending.sender().outcome("k")
    assert found is not None
    assert (found.outcome, found.reason) == (Outcome.REVERTED, "ERC20: transfer amount exceeds balance")
    assert (await sending.sender().send("k", found.call)).outcome is Outcome.REVERTED


async def test_outcome__reverted_by_what_came_before_it_in_its_block__says_so(sending: Sending) -> None:
    sending.chain.transact(sending.token, "mint", sending.account.address, 5, sender=account(OTHER))
    call = sending.call("transfer", STRANGER, 5)
    with sending.mining_by_hand():
        # Neither is in the node's pool while the other is tried out, as with two that are sent at once.
        await sending.sender(kind=Silent).send("a", call)
        await sending.sender(kind=Silent).send("b", call)
        await sending.sender().push()
        sending.mine()
    first, second = [await sending.sender().outcome(key) for key in ("a", "b")]
    assert first is not None and second is not None
    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.REVERTED)
    assert second.reason == "failed for something that came before it in its block"


async def test_outcome__nonce_taken_by_another_wallet_with_the_key__is_displaced(sending: Sending) -> None:
    await sending.sender(kind=Silent).send("k", sending.mint(5))
    sending.chain.transact(sending.token, "mint", STRANGER, 1, sender=sending.account)
    found = await sending.sender().outcome("k")
    assert found is not None and found.outcome is Outcome.PENDING  # a node that is behind may lack a receipt
    sending.mine(32)
    found = await sending.sender().outcome("k")
    assert found is not None and found.outcome is Outcome.DISPLACED
    assert found.reason == "nonce 0 was used by a transaction that was not sent from here"
    assert await sending.sender().push() == 0
    assert (await sending.sender().send("k/2", sending.mint(5))).nonce == 1
