"""A follower as a process of its own, which dies by SIGKILL at a chosen point.

`follow_process.py URL RPC DESK START POINT`: `inside` dies in the transaction after an event was applied,
`after` dies when a range was stored and the next not begun, `never` follows to the end.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from notes import CHAIN_ID, Notes, to_the_end
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.events import Event
from greenledger.chain.follower import Follower
from greenledger.chain.node import ChainNode
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.usage.database import Database


class Deadly(Notes):
    async def apply(self, session: AsyncSession, event: Event) -> None:
        await super().apply(session, event)
        os.kill(os.getpid(), signal.SIGKILL)


async def follow(url: str, rpc_url: str, desk: str, start: int, point: str) -> None:
    contracts = {"RetirementDesk": desk}
    handler = Deadly() if point == "inside" else Notes()
    store = DatabaseEventStore(Database(url), CHAIN_ID, contracts_key(contracts), (handler,))
    node = ChainNode(rpc_url, CHAIN_ID)
    follower = Follower(node, store, contracts, start, confirmations=1, most_blocks=1)
    if point == "after":
        await follower.turn()
        os.kill(os.getpid(), signal.SIGKILL)
    await to_the_end(follower)
    await node.aclose()
    await store.database.close()


asyncio.run(follow(*sys.argv[1:4], int(sys.argv[4]), sys.argv[5]))
