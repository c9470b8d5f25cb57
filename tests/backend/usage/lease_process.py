"""A worker as a process of its own: takes orders until none is left, and writes down what it held when.

`lease_process.py URL NAME LEASE_S IDLE_S [kill]`: ends when there is nothing to take for a while; with `kill`
it dies by SIGKILL with its first batch in hand.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time

from greenledger.usage import orders
from greenledger.usage.database import Database
from greenledger.usage.leases import end_lease

BATCH = 3


async def work(url: str, name: str, lease_s: int, idle_s: int, dies: bool) -> None:
    database = Database(url)
    idle_since = time.monotonic()
    while time.monotonic() - idle_since < idle_s:
        async with database.transaction() as session:
            taken = await orders.take_orders(session, name, int(time.time()), lease_s, BATCH)
        for order in taken:
            write("took", order.id)
        if taken and dies:
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.sleep(random.uniform(0, 0.02))
        for order in taken:
            # Written before the lease ends: from then on somebody else may take it.
            write("left", order.id)
            async with database.transaction() as session:
                await end_lease(session, order, None)
            idle_since = time.monotonic()
    await database.close()


def write(what: str, order_id: str) -> None:
    os.write(1, f"{time.monotonic_ns()} {what} {order_id}\n".encode())


asyncio.run(work(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), "kill" in sys.argv))
