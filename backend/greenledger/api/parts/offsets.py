"""Offsets' part of the lifespan: the marketplace's client, the council's check of proofs, the worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from greenledger.api.parts.desk import Run, book_of, open_desk
from greenledger.api.parts.markets import HINTS, open_markets, webhook_secrets
from greenledger.api.state import Gateway, HealthCheck
from greenledger.api.version_alarms import VersionAlarms
from greenledger.council.collect import NotEnoughSignatures
from greenledger.council.node import CouncilRefused, NoCouncilKey, RetirementCheck
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.typed_data import RetirementReport
from greenledger.offsets.check import DeskBook, check_retirement
from greenledger.offsets.errors import CoSigningFailed, MarketError
from greenledger.offsets.market import Market
from greenledger.offsets.markets import Markets
from greenledger.offsets.parts import CoSign, Parts, Rules
from greenledger.offsets.service import Offsets
from greenledger.offsets.shared_blocks import SharedBlocks
from greenledger.offsets.webhooks import Webhooks
from greenledger.offsets.worker import OrderWorker


@asynccontextmanager
async def offsets_part(gateway: Gateway) -> AsyncIterator[None]:
    """Opens what orders need and runs the worker; stops it before anything it uses is closed."""
    settings = gateway.settings
    desk = open_desk(gateway)
    rules = Rules(
        price_tolerance_ppm=settings.price_tolerance_ppm,
        settle_s=settings.settle_seconds,
        proof_tries=settings.proof_tries,
    )
    async with open_markets(settings) as adapters:
        markets: dict[str, Market] = dict(adapters)
        domain, chain = gateway.council.retirement_domain, gateway.chain
        assert gateway.book is not None  # its part of the lifespan comes before
        shared = SharedBlocks(gateway.book, chain.node)
        seller = desk.seller if desk else None
        parts = Parts(markets, chain, domain, _cosign(gateway), seller, rules, shared=shared)
        lease_s, mark = settings.lease_seconds, gateway.boundary
        worker = OrderWorker(gateway.database, parts, lease_s=lease_s, mark=mark)
        counter = gateway.markets = Markets(markets) if markets else None
        gateway.offsets = Offsets(
            gateway.database,
            counter,
            chain,
            worker,
            gateway.deployment.is_local,
            desk=desk.sales if desk else None,
        )
        hints = {name: read for name, read in HINTS.items() if name in adapters}
        gateway.webhooks = Webhooks(hints, worker.wake_order, webhook_secrets(settings))
        alarms = VersionAlarms(tuple(adapters.values()))
        if counter is not None:
            gateway.council.check_retirement = _check(markets, shared, book_of(gateway))
            gateway.health_checks |= {"marketplace": _health(counter), "market versions": alarms.health}
        runs: dict[str, Run] = {"order worker": worker.run, "version alarms": alarms.run}
        runs |= desk.runs if desk else {}
        tasks = [asyncio.create_task(run(), name=name) for name, run in runs.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


def _check(markets: Mapping[str, Market], shared: SharedBlocks, desk: DeskBook | None) -> RetirementCheck:
    async def check(report: RetirementReport, proof: Mapping[str, object]) -> Sequence[Mismatch]:
        return await check_retirement(report, proof, markets, desk) + await shared.mismatches(report)

    return check


def _cosign(gateway: Gateway) -> CoSign:
    async def cosign(report: RetirementReport, proof: Mapping[str, object]) -> Sequence[bytes]:
        try:
            _, signatures = await gateway.council.cosign_retirement(report, proof)
        except NoCouncilKey as error:
            raise CoSigningFailed("this node has no council key") from error
        except (CouncilRefused, NotEnoughSignatures) as error:
            raise CoSigningFailed(str(error)) from error
        return signatures

    return cosign


def _health(counter: Markets) -> HealthCheck:
    async def check() -> str | None:
        try:
            return "; ".join((await counter.listing()).warnings) or None
        except MarketError as error:
            return str(error)

    return check
