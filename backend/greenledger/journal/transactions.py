"""Transactions of the gateway's own account in the usage database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenledger.chain.fees import Fees
from greenledger.chain.transactions import Bid, Call, Outcome, Settled, Sign, Transaction
from greenledger.usage import transactions
from greenledger.usage.database import Database
from greenledger.usage.models.transaction import SentTransaction, TransactionBid

AT_ONCE = 200


@dataclass(frozen=True)
class DatabaseTransactionStore:
    """The sender's store. `sender` is a checksum address."""

    database: Database
    chain_id: int
    sender: str

    async def find(self, key: str) -> Transaction | None:
        async with self.database.transaction() as session:
            row = await transactions.get_transaction(session, self.chain_id, key)
        return None if row is None else _transaction(row)

    async def allot(self, key: str, call: Call, gas: int, least_nonce: int, sign: Sign) -> Transaction:
        async with self.database.transaction() as session:
            nonce = await transactions.lock_sender(session, self.chain_id, self.sender, least_nonce)
            row = await transactions.get_transaction(session, self.chain_id, key)
            if row is None:
                row = self._row(key, call, gas, nonce, sign(nonce))
                await transactions.add_transaction(session, row)
        return _transaction(row)

    async def add_bid(self, transaction: Transaction, bid: Bid) -> bool:
        fields = {"chain_id": self.chain_id, "key": transaction.key, **_bid_fields(bid)}
        async with self.database.transaction() as session:
            return await transactions.add_bid(session, position=len(transaction.bids), **fields)

    async def settle(self, transaction: Transaction, settled: Settled) -> None:
        values = {
            "outcome": str(settled.outcome),
            "reason": settled.reason,
            "mined_hash": settled.mined_hash,
            "block": settled.block,
        }
        async with self.database.transaction() as session:
            await transactions.settle(session, self.chain_id, transaction.key, values)

    async def from_nonce(self, nonce: int) -> Sequence[Transaction]:
        async with self.database.transaction() as session:
            rows = await transactions.transactions_from(session, self.chain_id, self.sender, nonce, AT_ONCE)
        return [_transaction(row) for row in rows]

    def _row(self, key: str, call: Call, gas: int, nonce: int, bid: Bid) -> SentTransaction:
        return SentTransaction(
            chain_id=self.chain_id,
            key=key,
            sender=self.sender,
            nonce=nonce,
            to_address=call.to,
            data=f"0x{call.data.hex()}",
            value_wei=str(call.value_wei),
            gas=gas,
            outcome=str(Outcome.PENDING),
            bids=[TransactionBid(chain_id=self.chain_id, key=key, position=0, **_bid_fields(bid))],
        )


def _bid_fields(bid: Bid) -> dict[str, object]:
    return {
        "hash": bid.hash,
        "raw": bid.raw,
        "max_fee_wei": str(bid.fees.max_fee_wei),
        "priority_fee_wei": str(bid.fees.priority_fee_wei),
        "made_at": bid.made_at,
    }


def _transaction(row: SentTransaction) -> Transaction:
    return Transaction(
        key=row.key,
        nonce=row.nonce,
        call=Call(row.to_address, bytes.fromhex(row.data[2:]), int(row.value_wei)),
        gas=row.gas,
        bids=tuple(_bid(bid) for bid in row.bids),
        outcome=Outcome(row.outcome),
        reason=row.reason,
        mined_hash=row.mined_hash,
        block=row.block,
    )


def _bid(row: TransactionBid) -> Bid:
    fees = Fees(int(row.max_fee_wei), int(row.priority_fee_wei))
    return Bid(row.hash, row.raw, fees, row.made_at)
