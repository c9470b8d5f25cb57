"""Orders through the desk with every part real and the clock in hand: chain, market, database, council."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from deployed import Deployed
from desk import Desk
from eth_account.signers.local import LocalAccount
from order_bench import Clock
from pydantic import SecretStr
from retirements import signatures
from sandbox_server import KEY, SandboxServer
from web3.types import TxReceipt

from greenledger.chain.client import ChainClient
from greenledger.chain.follower import Follower
from greenledger.chain.sender import Policy, Sender
from greenledger.evidence.typed_data import RetirementReport, desk_domain, order_from_json, retirement_domain
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.journal.ledger import LedgerBook
from greenledger.journal.transactions import DatabaseTransactionStore
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.check import DeskBook, check_retirement
from greenledger.offsets.desk_events import FinalEvents
from greenledger.offsets.desk_sales import DeskSales, Payment, PaymentToken
from greenledger.offsets.errors import CoSigningFailed
from greenledger.offsets.parts import Boundary, Parts, Rules, Seller, unmarked
from greenledger.offsets.service import Offsets
from greenledger.offsets.worker import LEASE_S, OrderWorker
from greenledger.usage.database import Database
from greenledger.usage.ledger_events import Ledger
from greenledger.usage.models.order import Order

TONNE_UG = 10**12
NAME, REASON = "A buyer", "A year of inference"
CAP_WEI = 500 * 10**9


@dataclass
class DeskBench:
    """A seller at the real desk, and a buyer with money."""

    deployed: Deployed
    desk: Desk
    sandbox: SandboxServer
    database: Database
    market: Carbonmark
    chain: ChainClient
    clock: Clock
    start: int
    council_signs: bool = True
    mark: Boundary = unmarked
    rules: Rules = field(default=Rules(settle_s=30))

    @property
    def buyer(self) -> LocalAccount:
        return self.desk.payer

    @property
    def sender(self) -> Sender:
        store = DatabaseTransactionStore(self.database, self.chain.node.chain_id, self.desk.seller.address)
        return Sender(self.chain.node, store, self.desk.seller, Policy(CAP_WEI, 1), self.clock)

    @property
    def parts(self) -> Parts:
        deployment = self.chain.deployment
        domain = retirement_domain(deployment.chain_id, deployment.credits)
        markets = {self.market.name: self.market}
        seller = Seller(self.desk.desk.address, self.sender)
        return Parts(markets, self.chain, domain, self._cosign, seller, self.rules)

    @property
    def worker(self) -> OrderWorker:
        """A worker that knows nothing but the database, as after a restart."""
        return OrderWorker(self.database, self.parts, self.clock, mark=self.mark)

    @property
    def sales(self) -> DeskSales:
        token = PaymentToken(self.desk.token.address, "USDC", 6)

        def sign(digest: bytes) -> bytes:
            return bytes(self.desk.seller.unsafe_sign_hash(digest).signature)  # type: ignore[arg-type]

        seller = self.desk.seller.address
        return DeskSales(self._domain(), seller, sign, {token.address: token}, 25_000, 7 * 86_400)

    @property
    def offsets(self) -> Offsets:
        return Offsets(self.database, self.market, self.chain, self.worker, True, self.clock, self.sales)

    async def quote(self, amount_ug: int = 2 * TONNE_UG, **changes: Any) -> Order:
        """An order in `quoted`; `changes` are of its payment."""
        usual = Payment(self.desk.token.address, self.buyer.address, NAME, REASON)
        payment = dataclasses.replace(usual, **changes)
        source = self.sandbox.source_id()
        return await self.offsets.request_desk_quote(self.buyer.address, source, amount_ug, payment)

    def pay(self, order: Order) -> TxReceipt:
        """The buyer opens the order at the desk."""
        arguments = (self.struct(order), bytes.fromhex((order.seller_signature or "")[2:]))
        return self.desk.chain.transact(self.desk.desk, "open", *arguments, sender=self.buyer)

    async def paid(self, amount_ug: int = 2 * TONNE_UG, **changes: Any) -> Order:
        """An order whose payment is final, and nothing else done for it."""
        order = await self.quote(amount_ug, **changes)
        self.pay(order)
        await self.follow()
        return await self.stored(order.id)

    def struct(self, order: Order) -> tuple[Any, ...]:
        return dataclasses.astuple(order_from_json(order.desk_order))

    @property
    def contracts(self) -> dict[str, str]:
        deployment = self.chain.deployment
        return {"RetiredCredits": deployment.credits, "RetirementDesk": self.desk.desk.address}

    async def follow(self) -> None:
        """Reads the chain to its end."""
        chain_id, key = self.chain.deployment.chain_id, contracts_key(self.contracts)
        handler = FinalEvents(chain_id, self.clock, self.mark)
        store = DatabaseEventStore(self.database, chain_id, key, (handler,), self.clock)
        follower = Follower(self.chain.node, store, self.contracts, self.start, confirmations=1)
        while await follower.turn():
            pass

    async def turn(self, seconds: float = 1.0) -> None:
        self.clock.now += seconds
        self.bring_chain_up()
        await self.follow()
        await self.worker.run_due()

    async def until(self, order_id: str, *states: str, turns: int = 40) -> Order:
        """Turns until the order is in one of `states`."""
        for _ in range(turns):
            order = await self.stored(order_id)
            if order.state in states:
                return order
            await self.turn()
        raise AssertionError(f"the order is {order.state}: {order.error_code} {order.error_detail}")

    async def stored(self, order_id: str) -> Order:
        return await self.offsets._stored(self.buyer.address, order_id)

    def bring_chain_up(self) -> None:
        """The chain's time is never behind the clock: what the market did is past for it."""
        if self.desk.chain.web3.eth.get_block("latest")["timestamp"] < int(self.clock()):
            self.rpc("evm_setNextBlockTimestamp", hex(int(self.clock())))
            self.rpc("anvil_mine", "0x1")

    def let_leases_run_out(self) -> None:
        self.clock.now += LEASE_S

    def balance(self, account: LocalAccount) -> int:
        found: int = self.desk.token.functions.balanceOf(account.address).call()
        return found

    def desk_state(self, order: Order) -> int:
        found: int = self.desk.desk.functions.order_state(order.desk_id).call()
        return found

    def rpc(self, method: str, *parameters: object) -> Any:
        answer = self.desk.chain.web3.provider.make_request(method, list(parameters))  # type: ignore[arg-type]
        assert "error" not in answer, answer
        return answer["result"]

    def _domain(self) -> Any:
        return desk_domain(self.chain.deployment.chain_id, self.desk.desk.address)

    async def _cosign(self, report: RetirementReport, proof: Mapping[str, object]) -> Sequence[bytes]:
        if not self.council_signs:
            raise CoSigningFailed("1 of 2 signatures: http://peer: not reachable")
        ledger = Ledger(self.chain.deployment.chain_id, contracts_key(self.contracts))
        book = DeskBook(self._domain(), self.chain, LedgerBook(self.database, ledger))
        assert await check_retirement(report, proof, {self.market.name: self.market}, book) == ()
        return signatures(report, self.deployed)


@asynccontextmanager
async def desk_bench(
    deployed: Deployed, desk: Desk, sandbox: SandboxServer, database_url: str, http: httpx.AsyncClient
) -> AsyncIterator[DeskBench]:
    """Opens a bench; market and gateway go by the chain's time."""
    web3 = deployed.chain.web3
    clock = Clock(max(web3.eth.get_block("latest")["timestamp"], int(time.time())))
    sandbox.clock(clock)
    database = Database(database_url)
    deployment = dataclasses.replace(deployed.deployment, desk=desk.desk.address)
    async with ChainClient(deployed.chain.rpc_url, deployment) as chain:
        market = Carbonmark(CarbonmarkHttp(http, sandbox.url, SecretStr(KEY)), clock)
        start = web3.eth.block_number + 1
        try:
            yield DeskBench(deployed, desk, sandbox, database, market, chain, clock, start)
        finally:
            await database.close()
