"""Offsets' part of the lifespan: the marketplace's client, the council's check of proofs, the worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import httpx

from greenledger.api.state import Gateway, HealthCheck
from greenledger.council.collect import NotEnoughSignatures
from greenledger.council.node import CouncilRefused, NoCouncilKey, RetirementCheck
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.typed_data import RetirementReport
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.check import check_retirement
from greenledger.offsets.errors import CoSigningFailed, MarketError
from greenledger.offsets.market import Market
from greenledger.offsets.service import Offsets
from greenledger.offsets.steps import CoSign, Parts
from greenledger.offsets.worker import OrderWorker


@asynccontextmanager
async def offsets_part(gateway: Gateway) -> AsyncIterator[None]:
    """Opens what orders need and runs the worker; stops it before anything it uses is closed."""
    async with httpx.AsyncClient(follow_redirects=False, trust_env=False) as http:
        market = _market(gateway, http)
        markets: dict[str, Market] = {market.name: market} if market is not None else {}
        worker = OrderWorker(
            gateway.database,
            Parts(markets, gateway.chain, gateway.council.retirement_domain, _cosign(gateway)),
        )
        gateway.offsets = Offsets(
            gateway.database, market, gateway.chain, worker, gateway.deployment.is_local
        )
        if market is not None:
            gateway.council.check_retirement = _check(markets)
            gateway.health_checks["marketplace"] = _health(market)
        task = asyncio.create_task(worker.run(), name="order worker")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            if market is not None:
                await market.aclose()


def _market(gateway: Gateway, http: httpx.AsyncClient) -> Carbonmark | None:
    settings = gateway.settings
    if settings.marketplace_url is None:
        return None
    return Carbonmark(CarbonmarkHttp(http, settings.marketplace_url, settings.marketplace_key))


def _check(markets: Mapping[str, Market]) -> RetirementCheck:
    async def check(report: RetirementReport, proof: Mapping[str, str]) -> Sequence[Mismatch]:
        return await check_retirement(report, proof, markets)

    return check


def _cosign(gateway: Gateway) -> CoSign:
    async def cosign(report: RetirementReport, proof: Mapping[str, str]) -> Sequence[bytes]:
        try:
            _, signatures = await gateway.council.cosign_retirement(report, proof)
        except NoCouncilKey as error:
            raise CoSigningFailed("this node has no council key") from error
        except (CouncilRefused, NotEnoughSignatures) as error:
            raise CoSigningFailed(str(error)) from error
        return signatures

    return cosign


def _health(market: Market) -> HealthCheck:
    async def check() -> str | None:
        try:
            await market.projects()
        except MarketError as error:
            return str(error)
        return None

    return check
