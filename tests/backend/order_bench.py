"""Orders with every part real and the clock in hand: database, sandbox market, chain, council keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from deployed import Deployed
from pydantic import SecretStr
from retirements import signatures
from sandbox_server import KEY, SandboxServer

from greenledger.chain.client import ChainClient
from greenledger.evidence.typed_data import RetirementReport, retirement_domain
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.check import check_retirement
from greenledger.offsets.errors import CoSigningFailed
from greenledger.offsets.parts import Parts
from greenledger.offsets.service import Offsets
from greenledger.offsets.transitions import effect_key
from greenledger.offsets.worker import OrderWorker
from greenledger.usage.database import Database
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect
from greenledger.usage.outbox import get_effect

NAME, MESSAGE = "BLOOM team", "Training of BLOOM-176B"
TONNE_UG = 10**12


class Clock:
    """Unix seconds that a test can move forward."""

    def __init__(self, start: float) -> None:
        self.now = start

    def __call__(self) -> float:
        return self.now


@dataclass
class OrderBench:
    """One account's way to a certificate, a turn of the worker at a time."""

    account: str
    deployed: Deployed
    sandbox: SandboxServer
    database: Database
    market: Carbonmark
    chain: ChainClient
    clock: Clock
    council_signs: bool = True
    asked_to_sign: list[RetirementReport] = field(default_factory=list)

    @property
    def parts(self) -> Parts:
        deployment = self.deployed.deployment
        domain = retirement_domain(deployment.chain_id, deployment.credits)
        return Parts({self.market.name: self.market}, self.chain, domain, self._cosign)

    @property
    def worker(self) -> OrderWorker:
        """A worker that knows nothing but the database, as after a restart."""
        return OrderWorker(self.database, self.parts, self.clock)

    @property
    def offsets(self) -> Offsets:
        return Offsets(self.database, self.market, self.chain, self.worker, True, self.clock)

    async def place(self, amount_ug: int = TONNE_UG) -> str:
        """Places an order and gives its id."""
        quote = await self.offsets.request_quote(self.account, self.sandbox.source_id(), amount_ug)
        order, _ = await self.offsets.place_order(self.account, quote.id, NAME, MESSAGE)
        return order.id

    async def turn(self, seconds: float = 1.0) -> None:
        """Lets time pass, then the worker do what is due."""
        self.clock.now += seconds
        await self.worker.run_due()

    async def until(self, order_id: str, state: str, turns: int = 40) -> Order:
        """Turns of one second until the order is in `state`."""
        for _ in range(turns):
            order = await self.stored(order_id)
            if order.state == state:
                return order
            await self.turn()
        raise AssertionError(f"the order is {order.state}: {order.error_code} {order.error_detail}")

    async def stored(self, order_id: str) -> Order:
        """The order as the database has it, without a look at the chain."""
        return await self.offsets._stored(self.account, order_id)

    async def effect(self, order_id: str, kind: str) -> Effect:
        """The newest effect of a kind that an order has in the outbox."""
        order = await self.stored(order_id)
        async with self.database.transaction() as session:
            found = await get_effect(session, order.account, effect_key(order.id, order.acts, kind))
        assert found is not None
        return found

    async def _cosign(self, report: RetirementReport, proof: Mapping[str, object]) -> Sequence[bytes]:
        self.asked_to_sign.append(report)
        if not self.council_signs:
            raise CoSigningFailed("1 of 2 signatures: http://peer: not reachable")
        differences = await check_retirement(report, proof, {self.market.name: self.market})
        assert differences == ()
        return signatures(report, self.deployed)


@asynccontextmanager
async def order_bench(
    account: str, deployed: Deployed, sandbox: SandboxServer, database_url: str, http: httpx.AsyncClient
) -> AsyncIterator[OrderBench]:
    """Opens a bench; the sandbox shares its clock, which starts well before the chain's."""
    clock = Clock(deployed.chain.web3.eth.get_block("latest")["timestamp"] - 50_000.0)
    sandbox.clock(clock)
    database = Database(database_url)
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        market = Carbonmark(CarbonmarkHttp(http, sandbox.url, SecretStr(KEY)), clock)
        try:
            yield OrderBench(account, deployed, sandbox, database, market, chain, clock)
        finally:
            await database.close()
