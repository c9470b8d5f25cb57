"""Opens everything the gateway needs, in order, and closes it in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TypedDict

import httpx
from fastapi import FastAPI

from greenledger.api.draining import draining_part
from greenledger.api.health_checks import basic_checks
from greenledger.api.logs import send_request_id
from greenledger.api.parts.batches import batches_part
from greenledger.api.parts.housekeeping import housekeeping_part
from greenledger.api.parts.ledger import ledger_part
from greenledger.api.parts.offsets import offsets_part
from greenledger.api.parts.sponsor import sponsor_part
from greenledger.api.settings import Settings
from greenledger.api.startup import check_public_rpc_url, council_signer
from greenledger.api.state import Gateway
from greenledger.chain.client import ChainClient
from greenledger.chain.deployment import Deployment
from greenledger.council.collect import PEER_TIMEOUT_S, Peer
from greenledger.council.node import CouncilNode
from greenledger.footprint.factors import load_factor_set
from greenledger.offsets.onchain.listings import TokenBook
from greenledger.usage.database import Database
from greenledger.verified.record import VerifiedContracts

# A part opens what one noun needs beyond the basics (clients, a worker task) and closes it again.
Part = Callable[[Gateway], AbstractAsyncContextManager[None]]
PARTS: tuple[Part, ...] = (
    ledger_part,
    offsets_part,
    batches_part,
    sponsor_part,
    housekeeping_part,
    draining_part,
)


class RequestState(TypedDict):
    gateway: Gateway


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[RequestState]:
    settings: Settings = app.state.settings
    deployment = Deployment.load(settings.deployment)
    check_public_rpc_url(settings, deployment.chain_id)
    signer = council_signer(settings, deployment.chain_id)
    factors = load_factor_set()
    verified = VerifiedContracts.load(settings.deployment, deployment.chain_id)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        chain = ChainClient(settings.rpc_url, deployment)
        stack.push_async_callback(chain.aclose)
        hooks = {"request": [send_request_id]}
        http = await stack.enter_async_context(
            httpx.AsyncClient(timeout=PEER_TIMEOUT_S, trust_env=False, event_hooks=hooks)
        )
        token = settings.peer_token.get_secret_value() if settings.peer_token else ""
        gateway = Gateway(
            settings=settings,
            deployment=deployment,
            database=database,
            chain=chain,
            factors=factors,
            council=CouncilNode(
                signer=signer,
                peers=tuple(Peer(url, token, http) for url in settings.council_peers),
                deployment=deployment,
                chain=chain,
                factors=factors,
            ),
            tokens=TokenBook(chain.node, deployment),
            verified=verified,
            boundary=app.state.boundary,
        )
        gateway.health_checks |= basic_checks(gateway)
        for part in PARTS:
            await stack.enter_async_context(part(gateway))
        yield {"gateway": gateway}
