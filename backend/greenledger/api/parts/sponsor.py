"""The sponsor's part of the node: an account of its own that pays for records, if the settings name one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated

from eth_account.signers.local import LocalAccount
from fastapi import Depends

from greenledger.api.deps import GatewayDep
from greenledger.api.problems import Problem
from greenledger.api.settings import Settings
from greenledger.api.state import Gateway
from greenledger.batches.sponsoring import Sponsor
from greenledger.chain.follower import confirmations_for
from greenledger.chain.keys import development_key, key_of_keystore
from greenledger.chain.sender import Policy, Sender
from greenledger.journal.transactions import DatabaseTransactionStore

WEI_PER_GWEI = 10**9


@asynccontextmanager
async def sponsor_part(gateway: Gateway) -> AsyncIterator[None]:
    """Opens the sender and goes on pushing what it has sent. Raises UnsafeKey or ValueError for a bad key."""
    settings, chain_id = gateway.settings, gateway.deployment.chain_id
    account = _account(settings, chain_id)
    if account is None:
        yield
        return
    confirmations = confirmations_for(chain_id, settings.confirmations)
    policy = Policy(settings.gas_cap_gwei * WEI_PER_GWEI, confirmations)
    store = DatabaseTransactionStore(gateway.database, chain_id, str(account.address))
    sender = Sender(gateway.chain.node, store, account, policy)
    gateway.sponsor = Sponsor(sender, gateway.deployment.ledger)
    task = asyncio.create_task(sender.run(), name="sponsor")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _account(settings: Settings, chain_id: int) -> LocalAccount | None:
    if settings.sponsor_keystore is not None and settings.sponsor_password is not None:
        password = settings.sponsor_password.get_secret_value()
        return key_of_keystore(settings.sponsor_keystore, password, chain_id)
    if settings.sponsor_key is not None:
        return development_key(settings.sponsor_key.get_secret_value(), chain_id)
    return None


def sponsor(state: GatewayDep) -> Sponsor:
    if state.sponsor is None:
        detail = "This node pays for nobody's records: send the report's transaction from your own wallet."
        raise Problem(409, "not_sponsored", detail)
    return state.sponsor


SponsorDep = Annotated[Sponsor, Depends(sponsor)]
