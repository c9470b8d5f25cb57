"""The gateway's one sender of transactions.

What a key names is sent once: the key has one nonce for good, and every signed form of it that was ever made
carries that nonce, so the chain can take one of them at most. A form is stored before it is broadcast. A
process that is killed at any point is continued by the next call with the same key, or by `push`, with the
same bytes.

The account must be the gateway's alone. If a transaction of somebody else takes a nonce that was allotted
here, the outcome is `displaced` and it takes a new key to try again. The caller makes sure that a repetition
is harmless, as it is for the desk's `fulfil`, which an order allows once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from eth_account.signers.local import LocalAccount
from eth_typing import ChecksumAddress
from eth_utils.address import to_checksum_address
from web3.types import TxParams, Wei

from greenledger.chain.errors import ChainUnavailable, Reverted
from greenledger.chain.fees import Fees, FeesAboveCap, outbid, suggest
from greenledger.chain.node import ChainNode, Receipt
from greenledger.chain.transactions import Bid, Call, Outcome, Settled, Transaction, TransactionStore

log = structlog.get_logger(__name__)

STUCK_AFTER_S = 60
POLL_S = 0.5
PUSH_S = 10.0
# An RPC endpoint may be several nodes, some a little behind: a receipt not there by then will not come.
LAG_BLOCKS = 32
# An estimate is made for the state of now; other transactions may come before.
GAS_SPARE_PERMILLE = 1_250


class KeyUsed(ValueError):
    """A key was used for another call before: one key stands for one transaction, for good."""


@dataclass(frozen=True)
class Policy:
    """At most `cap_wei` is paid per gas; `confirmations` make an outcome final."""

    cap_wei: int
    confirmations: int
    stuck_after_s: int = STUCK_AFTER_S  # a bid has so long to be mined before it is bettered
    lag_blocks: int = LAG_BLOCKS  # beyond the confirmations, before a missing receipt says anything


class Sender:
    """Sends for one account on one chain. Several processes may use the same account through one store."""

    def __init__(
        self,
        node: ChainNode,
        store: TransactionStore,
        account: LocalAccount,
        policy: Policy,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock` gives Unix seconds."""
        self.address = str(account.address)
        self._node = node
        self._store = store
        self._account = account
        self._policy = policy
        self._clock = clock

    async def send(self, key: str, call: Call) -> Transaction:
        """The key's transaction, stored and broadcast; the same call again sends nothing new.

        Raises Reverted if the contract would refuse it now, FeesAboveCap or ChainUnavailable, each before
        anything is stored, and KeyUsed. If the node does not take a stored one, `push` tries again.
        """
        found = await self._store.find(key)
        if found is None:
            found = await self._allot(key, call)
        if found.call != call:
            raise KeyUsed(f"{key} was used for another call: expected the same to, data and value")
        if found.outcome is Outcome.PENDING:
            await self._broadcast(found)
        return found

    async def outcome(self, key: str) -> Transaction | None:
        """A transaction as the chain has it now; final once it has its confirmations. None: never sent.

        Raises ChainUnavailable.
        """
        found = await self._store.find(key)
        if found is None or found.outcome is not Outcome.PENDING:
            return found
        settled = await self._look(found)
        if settled is None:
            return found
        await self._store.settle(found, settled)
        return await self._store.find(key)

    async def wait(self, key: str, timeout_s: float) -> Transaction | None:
        """The outcome as soon as it is final, or as it is after a time."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = await self.outcome(key)
            if found is None or found.outcome is not Outcome.PENDING or time.monotonic() >= deadline:
                return found
            await asyncio.sleep(POLL_S)

    async def push(self) -> int:
        """Broadcast again all that was stored and is in no block, lowest nonce first; returns how many.

        The first of them gets a better bid if it waited too long: the others wait for it. What is settled and
        was taken back by a deep reorganisation is among them. To be called from time to time and at start.
        """
        next_nonce = await self._node.transaction_count(self.address)
        waiting = await self._store.from_nonce(next_nonce)
        for transaction in waiting:
            current = transaction
            if transaction.nonce == next_nonce and self._is_stuck(transaction):
                current = await self._outbid(transaction)
            await self._broadcast(current)
        if waiting and waiting[0].nonce > next_nonce:
            log.error("nonce missing", sender=self.address, next=next_nonce, stored=waiting[0].nonce)
        return len(waiting)

    async def run(self) -> None:
        """Push until cancelled."""
        while True:
            try:
                await self.push()
            except Exception as error:
                # Node or database may be away for a moment.
                log.error("pushing transactions", error=type(error).__name__, exc_info=error)
            await asyncio.sleep(PUSH_S)

    async def _allot(self, key: str, call: Call) -> Transaction:
        estimate = await self._node.estimate_gas(self._as_call(call))
        gas = estimate * GAS_SPARE_PERMILLE // 1_000
        fees = suggest(*await self._node.fees_now(), self._policy.cap_wei)
        least = await self._node.transaction_count(self.address)
        return await self._store.allot(
            key, call, gas, least, lambda nonce: self._sign(call, gas, nonce, fees)
        )

    def _sign(self, call: Call, gas: int, nonce: int, fees: Fees) -> Bid:
        signed = self._account.sign_transaction(
            {
                "type": 2,
                "chainId": self._node.chain_id,
                "nonce": nonce,
                "to": self._to(call),
                "data": call.data,
                "value": call.value_wei,
                "gas": gas,
                "maxFeePerGas": fees.max_fee_wei,
                "maxPriorityFeePerGas": fees.priority_fee_wei,
            }
        )
        return Bid(signed.hash.to_0x_hex(), signed.raw_transaction.to_0x_hex(), fees, int(self._clock()))

    async def _broadcast(self, transaction: Transaction) -> None:
        """The newest bid. What comes of it is the chain's to say: nodes refuse what they have already."""
        bid = transaction.bids[-1]
        try:
            refusal = await self._node.submit(bid.raw)
        except ChainUnavailable as error:
            refusal = str(error)
        log.info("broadcast", key=transaction.key, nonce=transaction.nonce, hash=bid.hash, refusal=refusal)

    def _is_stuck(self, transaction: Transaction) -> bool:
        return self._clock() - transaction.bids[-1].made_at >= self._policy.stuck_after_s

    async def _outbid(self, transaction: Transaction) -> Transaction:
        """With a better bid, or as it is if the cap allows none or another process made one."""
        last = transaction.bids[-1]
        try:
            wanted = suggest(*await self._node.fees_now(), self._policy.cap_wei)
            fees = outbid(last.fees, wanted, self._policy.cap_wei)
        except FeesAboveCap as error:
            log.warning("transaction stuck", key=transaction.key, nonce=transaction.nonce, reason=str(error))
            return transaction
        bid = self._sign(transaction.call, transaction.gas, transaction.nonce, fees)
        await self._store.add_bid(transaction, bid)
        return await self._store.find(transaction.key) or transaction

    async def _look(self, transaction: Transaction) -> Settled | None:
        """What the chain says finally, None if nothing yet."""
        final = await self._node.head() - self._policy.confirmations + 1
        # First the nonce, then the receipts: the other way round one could be mined in between.
        is_lost = await self._is_used(transaction.nonce, final - self._policy.lag_blocks)
        if not is_lost and not await self._is_used(transaction.nonce, final):
            return None
        for bid in reversed(transaction.bids):
            receipt = await self._node.receipt(bid.hash)
            if receipt is not None:
                return (
                    await self._settled(transaction, bid, receipt) if receipt.block.number <= final else None
                )
        reason = f"nonce {transaction.nonce} was used by a transaction that was not sent from here"
        return Settled(Outcome.DISPLACED, reason) if is_lost else None

    async def _is_used(self, nonce: int, block: int) -> bool:
        """Whether a transaction of the account with a nonce is in a block or before it."""
        return block >= 0 and await self._node.transaction_count(self.address, block) > nonce

    async def _settled(self, transaction: Transaction, bid: Bid, receipt: Receipt) -> Settled:
        if receipt.succeeded:
            return Settled(Outcome.DONE, None, bid.hash, receipt.block.number)
        reason = await self._why(transaction, receipt)
        return Settled(Outcome.REVERTED, reason[:1000], bid.hash, receipt.block.number)

    async def _why(self, transaction: Transaction, receipt: Receipt) -> str:
        """A receipt holds no reason: the call is run again on the state before its block."""
        try:
            await self._node.replay(self._as_call(transaction.call), receipt.block.number - 1)
        except Reverted as error:
            return error.reason
        if receipt.gas_used >= transaction.gas:
            return f"ran out of gas at {transaction.gas}"
        return "failed for something that came before it in its block"

    def _as_call(self, call: Call) -> TxParams:
        sender, to = self._account.address, self._to(call)
        return {"from": sender, "to": to, "data": call.data, "value": Wei(call.value_wei)}

    @staticmethod
    def _to(call: Call) -> ChecksumAddress:
        return to_checksum_address(call.to)
