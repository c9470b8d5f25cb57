"""The ledger's part of the node: follows its events, so that lists of them need no index of somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from greenledger.api.state import Gateway
from greenledger.chain.follower import Follower, confirmations_for
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.journal.ledger import LedgerBook
from greenledger.usage.ledger_events import Ledger

FOLLOWED = ("FootprintLedger", "RetiredCredits")


@asynccontextmanager
async def ledger_part(gateway: Gateway) -> AsyncIterator[None]:
    """Opens the book of what was followed and goes on following, on every node alike."""
    deployment = gateway.deployment
    contracts = {name: deployment.followed[name] for name in FOLLOWED}
    ledger = Ledger(deployment.chain_id, contracts_key(contracts))
    gateway.book = LedgerBook(gateway.database, ledger)
    store = DatabaseEventStore(gateway.database, ledger.chain_id, ledger.contracts, ())
    confirmations = confirmations_for(ledger.chain_id, gateway.settings.confirmations)
    follower = Follower(gateway.chain.node, store, contracts, deployment.block, confirmations)
    task = asyncio.create_task(follower.run(), name="ledger follower")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
