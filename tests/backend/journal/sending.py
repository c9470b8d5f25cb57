"""A sender of the tests: its own funded account, a token that anyone may mint, mining in hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from deployed import LocalChain
from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3.contract import Contract

from greenledger.chain.node import ChainNode
from greenledger.chain.sender import Policy, Sender
from greenledger.chain.transactions import Call, Transaction
from greenledger.journal.transactions import DatabaseTransactionStore
from greenledger.usage.database import Database

CHAIN_ID = 31337
CAP_WEI = 500 * 10**9
SETTLED_WITHIN_S = 10.0
STRANGER = "0x" + "77" * 20


class Clock:
    """Unix seconds that a test can move forward."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Silent(Sender):
    """Stores transactions and is killed, as it were, before it broadcasts them."""

    async def _broadcast(self, transaction: Transaction) -> None:
        pass


@dataclass
class Sending:
    """One account with its store, and what it may call."""

    chain: LocalChain
    token: Contract
    node: ChainNode
    database: Database
    account: LocalAccount = field(default_factory=Account.create)
    clock: Clock = field(default_factory=Clock)
    by_hand: bool = False

    @property
    def store(self) -> DatabaseTransactionStore:
        return DatabaseTransactionStore(self.database, CHAIN_ID, self.account.address)

    def sender(self, confirmations: int = 1, cap_wei: int = CAP_WEI, kind: type[Sender] = Sender) -> Sender:
        """A sender that knows nothing but the database, as after a restart."""
        made = kind(self.node, self.store, self.account, Policy(cap_wei, confirmations), self.clock)
        broadcast = made._broadcast

        async def settled(transaction: Transaction) -> None:
            # anvil answers before it has made the block that the test then looks at.
            await broadcast(transaction)
            await asyncio.to_thread(self._settle)

        made._broadcast = settled  # type: ignore[method-assign]
        return made

    def _settle(self) -> bool:
        """Waits for the block that is being made. Whether there is nothing left that a block has to take."""
        deadline = time.monotonic() + SETTLED_WITHIN_S
        while not self.by_hand and self._is_making_a_block():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.01)
        return True

    def _is_making_a_block(self) -> bool:
        return int(self.rpc("txpool_status")["pending"], 16) > 0  # type: ignore[index]

    def mint(self, amount: int, to: str = STRANGER) -> Call:
        return self.call("mint", to, amount)

    def call(self, function: str, *arguments: object) -> Call:
        data = bytes.fromhex(self.token.encode_abi(function, args=list(arguments))[2:])
        return Call(self.token.address, data)

    def balance(self, of: str = STRANGER) -> int:
        found: int = self.token.functions.balanceOf(of).call()
        return found

    def nonce(self) -> int:
        """How many transactions of the account are mined; anvil answers a sender before it has mined."""
        assert self._settle(), "transactions stay unmined"
        return self.chain.web3.eth.get_transaction_count(self.account.address)

    def rpc(self, method: str, *parameters: object) -> object:
        answer = self.chain.web3.provider.make_request(method, list(parameters))  # type: ignore[arg-type]
        assert "error" not in answer, answer
        return answer.get("result")

    def mine(self, blocks: int = 1) -> None:
        self.rpc("anvil_mine", hex(blocks))

    @contextmanager
    def mining_by_hand(self) -> Iterator[None]:
        """No block is made unless the test makes one."""
        self.rpc("evm_setAutomine", False)
        self.by_hand = True
        try:
            yield
        finally:
            self.by_hand = False
            self.rpc("evm_setAutomine", True)
