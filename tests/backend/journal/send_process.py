"""A sender as a process of its own.

`send_process.py URL RPC PRIVATE_KEY TOKEN WORK [kill]`: sends what WORK names (`key=calldata`,
comma-separated); with `kill` it dies by SIGKILL after the first was stored.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from eth_account import Account
from sending import CAP_WEI, CHAIN_ID

from greenledger.chain.node import ChainNode
from greenledger.chain.sender import Policy, Sender
from greenledger.chain.transactions import Call, Transaction
from greenledger.journal.transactions import DatabaseTransactionStore
from greenledger.usage.database import Database


class Deadly(Sender):
    async def _broadcast(self, transaction: Transaction) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


async def work(url: str, rpc_url: str, private_key: str, token: str, work: str, dies: bool) -> None:
    account = Account.from_key(private_key)
    database, node = Database(url), ChainNode(rpc_url, CHAIN_ID)
    store = DatabaseTransactionStore(database, CHAIN_ID, account.address)
    sender = (Deadly if dies else Sender)(node, store, account, Policy(CAP_WEI, 1))
    for item in work.split(","):
        key, data = item.split("=")
        await sender.send(key, Call(token, bytes.fromhex(data[2:])))
    await node.aclose()
    await database.close()


asyncio.run(work(*sys.argv[1:6], "kill" in sys.argv))
