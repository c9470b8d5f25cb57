"""A gateway's order worker as a process of its own, at the Isometric registry.

`isometric_process.py DATABASE SANDBOX RPC DEPLOYMENT NOW PLACE`: does once what is due at NOW (Unix
seconds) and dies by SIGKILL at the boundary PLACE.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
from market_clients import isometric_at

from greenledger.chain.client import ChainClient
from greenledger.chain.deployment import Deployment
from greenledger.evidence.typed_data import RetirementReport, retirement_domain
from greenledger.offsets.errors import CoSigningFailed
from greenledger.offsets.parts import Parts
from greenledger.offsets.worker import OrderWorker
from greenledger.usage.database import Database


async def no_council(report: RetirementReport, where: Mapping[str, object]) -> Sequence[bytes]:
    raise CoSigningFailed("none here")


async def work(url: str, sandbox: str, rpc_url: str, file: str, now: int, place: str) -> None:
    def die(name: str) -> None:
        if name == place:
            os.kill(os.getpid(), signal.SIGKILL)

    database, deployment = Database(url), Deployment.load(Path(file))
    domain = retirement_domain(deployment.chain_id, deployment.credits)
    async with httpx.AsyncClient(trust_env=False) as http, ChainClient(rpc_url, deployment) as chain:
        market = isometric_at(http, sandbox, lambda: now)
        parts = Parts({market.name: market}, chain, domain, no_council)
        await OrderWorker(database, parts, lambda: now, mark=die).run_due()
    await database.close()


asyncio.run(work(*sys.argv[1:5], int(sys.argv[5]), sys.argv[6]))
