"""One rehearsal: everything real and local, orders paid all the time, workers killed all the time."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

import httpx
from eth_account import Account
from sqlalchemy import func, select

from greenledger.usage.database import Database
from greenledger.usage.migrate import upgrade
from greenledger.usage.models.order import Order, OrderStep
from scripts.chaos import faults
from scripts.chaos.buyers import Buyer
from scripts.chaos.contracts import CHAIN_ID, COUNCIL, MNEMONIC, SELLER, Chain, account, deploy
from scripts.chaos.killing import Killing, Worker
from scripts.chaos.node import forks, run_node, run_sandbox, start
from scripts.chaos.verdict import Verdict, judge
from scripts.dev.processes import Processes, free_port
from scripts.dev.stack import anvil

MARKET_KEY = "cm_api_sandbox_of_a_rehearsal"
PEER_TOKEN = "a token for the peers of a rehearsal"  # noqa: S105
READY_S = 90.0
START_S, KILL_S = 60.0, 20.0  # so long the killing may take at most: at the start, and for each kill
END_S = 240.0
BUYERS = 3
OPEN_EACH = 2
CONFIRMATIONS = 2
LEASE_S = 5
SETTLE_S = 8
PROOF_TRIES = 3
COMPLETION_S = 0.5
WIND = {"id": "sbxwind00001", "name": "Wind", "registry": "vcs", "project": "VCS-999901", "vintage": 2022}
CARBONMARK_PROJECTS = ("ICR-9001", "ICR-9002")


@dataclass(frozen=True)
class Plan:
    """What is rehearsed: on which database, by how many workers, with how many kills."""

    seed: int
    kills: int
    workers: int
    database: str
    database_url: str
    folder: Path


@dataclass
class Outcome:
    """What came of it."""

    plan: Plan
    verdict: Verdict
    kills: dict[str, int]
    seconds: float
    to_certificate_s: list[int]  # from the final payment to the final certificate, of each minted order

    def as_json(self) -> dict[str, Any]:
        found = self.verdict
        return {
            "database": self.plan.database,
            "workers": self.plan.workers,
            "seed": self.plan.seed,
            "kills": sum(self.kills.values()),
            "orders": found.orders,
            "minted": found.minted,
            "refunded": found.refunded,
            "duplicates": found.duplicates,
            "lost": found.lost,
            "certified_ug": str(found.certified_ug),
            "retired_ug": str(found.retired_ug),
            "in_vain_ug": str(found.in_vain_ug),
            "paid_base_units": str(found.paid_base_units),
            "seconds": round(self.seconds, 1),
            "median_seconds_to_certificate": median(self.to_certificate_s or [0]),
            "longest_seconds_to_certificate": max(self.to_certificate_s, default=0),
            "kills_by_place": dict(sorted(self.kills.items())),
            "wrong": found.wrong,
        }


@dataclass
class Stage:
    """What runs during a rehearsal."""

    chain: Chain
    market_url: str
    market_file: Path
    killing: Killing
    buyers: list[Buyer]
    sources: list[str]


def rehearse(plan: Plan) -> Outcome:
    """Runs one to its end; raises RuntimeError if something of the stage itself breaks."""
    began = time.monotonic()
    chance = random.Random(plan.seed)
    upgrade(plan.database_url)
    with _stage(plan, chance) as stage:
        _run(plan, stage, chance)
        states = asyncio.run(_states(plan.database_url))
        verdict = judge(stage.chain, stage.buyers, stage.market_file, states)
        kills = dict(stage.killing.kills)
        durations = asyncio.run(_durations(plan.database_url))
    return Outcome(plan, verdict, kills, time.monotonic() - began, durations)


def _run(plan: Plan, stage: Stage, chance: random.Random) -> None:
    """Pays and kills until there were kills enough, then lets everything come to its end."""
    over = Event()
    with ThreadPoolExecutor(len(stage.buyers) + 1) as pool:
        tasks = [pool.submit(stage.killing.run, plan.kills, over)]
        tasks += [pool.submit(_keep_buying, plan, stage, buyer, over) for buyer in stage.buyers]
        try:
            deadline = time.monotonic() + START_S + plan.kills * KILL_S
            while stage.killing.count < plan.kills and time.monotonic() < deadline and not _broken(tasks):
                faults.switch(stage.market_url, MARKET_KEY, faults.drawn(chance))
                time.sleep(chance.uniform(0.5, 2.5))
            faults.switch(stage.market_url, MARKET_KEY, [])
            deadline = time.monotonic() + END_S
            while time.monotonic() < deadline and not _broken(tasks):
                if all(task.done() for task in tasks[1:]) and _is_quiet(plan) and not _open(stage):
                    break
                time.sleep(0.5)
        finally:
            over.set()
    for task in tasks:
        task.result()


def _broken(tasks: list[Future[None]]) -> bool:
    """Whether a part of the stage gave up; why, comes out when the tasks are asked for their results."""
    return any(task.done() and task.exception() is not None for task in tasks)


def _keep_buying(plan: Plan, stage: Stage, buyer: Buyer, over: Event) -> None:
    """One buyer, with so many orders open at a time, until there were kills enough."""
    while stage.killing.count < plan.kills and not over.is_set():
        if len(_open_of(stage, buyer)) < OPEN_EACH:
            buyer.buy(stage.chain, stage.sources)
        else:
            time.sleep(0.2)


def _open(stage: Stage) -> list[str]:
    """Orders whose payment still lies in the desk."""
    return [desk_id for buyer in stage.buyers for desk_id in _open_of(stage, buyer)]


def _open_of(stage: Stage, buyer: Buyer) -> list[str]:
    state = stage.chain.desk.functions.order_state
    return [one.desk_id for one in list(buyer.paid)[-20:] if state(one.desk_id).call() == 1]


def _is_quiet(plan: Plan) -> bool:
    """Whether the database has heard of every end too."""
    ends = {"minted", "refunded", "quoted", "failed"}
    return all(state in ends for state, _ in asyncio.run(_states(plan.database_url)).values())


async def _states(url: str) -> dict[str, tuple[str, str]]:
    database = Database(url)
    try:
        async with database.transaction() as session:
            rows = await session.execute(select(Order.id, Order.state, Order.error_code))
            return {row.id: (row.state, row.error_code or "") for row in rows}
    finally:
        await database.close()


async def _durations(url: str) -> list[int]:
    database = Database(url)
    try:
        async with database.transaction() as session:
            rows = await session.execute(
                select(OrderStep.order_id, OrderStep.state, func.max(OrderStep.at))
                .where(OrderStep.state.in_(("paid", "minted")))
                .group_by(OrderStep.order_id, OrderStep.state)
            )
            times: dict[tuple[str, str], int] = {(row[0], row[1]): row[2] for row in rows}
    finally:
        await database.close()
    minted = [order_id for order_id, state in times if state == "minted"]
    return [times[order_id, "minted"] - times[order_id, "paid"] for order_id in minted]


@contextmanager
def _stage(plan: Plan, chance: random.Random) -> Iterator[Stage]:
    plan.folder.mkdir(parents=True, exist_ok=True)
    logs = plan.folder / "logs"
    processes, context = Processes(logs), forks()
    buyers = [Account.from_key(chance.randbytes(32)) for _ in range(BUYERS)]
    with ExitStack() as stack:
        stack.callback(processes.stop)
        port = free_port()
        rpc_url, file = f"http://127.0.0.1:{port}", plan.folder / "deployment.json"
        command = [str(anvil()), "--host", "127.0.0.1", "--port", str(port), "--chain-id", str(CHAIN_ID)]
        node = processes.start("chain", [*command, "--mnemonic", MNEMONIC, "--silent"], os.environ)
        processes.wait_until(node, lambda: _answers(rpc_url), READY_S)
        market_port, peer_port = free_port(), free_port()
        market_url, market_file = f"http://127.0.0.1:{market_port}", plan.folder / "market.sqlite"
        arguments = (market_port, str(market_file), MARKET_KEY, COMPLETION_S)
        market = start(context, run_sandbox, logs / "market.log", *arguments)
        stack.callback(market.kill)
        chain = deploy(rpc_url, file, buyers)
        ports = [free_port() for _ in range(plan.workers)]
        origin = f"http://127.0.0.1:{ports[0]}"
        common = _settings(rpc_url, file, market_url, origin)
        peer_url = f"http://127.0.0.1:{peer_port}"
        peer_database = f"sqlite+aiosqlite:///{plan.folder}/peer.sqlite"
        upgrade(peer_database)
        peer_settings = common | {"database_url": peer_database, "council_key": _key(COUNCIL[1])}
        peer = start(context, run_node, logs / "peer.log", peer_port, peer_settings, "")
        stack.callback(peer.kill)
        selling = common | _selling(chain, plan, peer_url)
        workers = [Worker(f"worker-{at}", one, selling) for at, one in enumerate(ports, start=1)]
        killing = Killing(context, workers, logs, random.Random(chance.random()))
        stack.callback(killing.stop)
        _wait_for(market_url + "/prices", peer_url + "/v1/council")
        sources = [*_carbonmark_sources(market_url), f"cnaught:{WIND['id']}"]
        people = [Buyer(buyer, origin, ports, random.Random(chance.random())) for buyer in buyers]
        yield Stage(chain, market_url, market_file, killing, people, sources)


def _settings(rpc_url: str, file: Path, market_url: str, origin: str) -> dict[str, Any]:
    return {
        "rpc_url": rpc_url,
        "deployment": str(file),
        "public_origin": origin,
        "peer_token": PEER_TOKEN,
        "marketplace_url": market_url,
        "marketplace_key": MARKET_KEY,
        "cnaught_url": f"{market_url}/cnaught/v1",
        "cnaught_key": MARKET_KEY,
        "cnaught_portfolios": [WIND],
        "rate_per_minute": 100_000,
        "sign_in_rate_per_minute": 100_000,
    }


def _selling(chain: Chain, plan: Plan, peer_url: str) -> dict[str, Any]:
    token = {"address": chain.token.address, "symbol": "USDC", "decimals": 6}
    return {
        "database_url": plan.database_url,
        "council_key": _key(COUNCIL[0]),
        "council_peers": [peer_url],
        "seller_key": _key(SELLER),
        "payment_tokens": [token],
        "seller_fee_ppm": 25_000,
        "confirmations": CONFIRMATIONS,
        "lease_seconds": LEASE_S,
        "settle_seconds": SETTLE_S,
        "proof_tries": PROOF_TRIES,
    }


def _key(index: int) -> str:
    return f"0x{bytes(account(index).key).hex()}"


def _answers(url: str) -> bool:
    try:
        body = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
        return httpx.post(url, json=body, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _wait_for(*urls: str) -> None:
    deadline = time.monotonic() + READY_S
    for url in urls:
        while True:
            try:
                if httpx.get(url, timeout=5, trust_env=False).is_success:
                    break
            except httpx.HTTPError:
                pass
            if time.monotonic() > deadline:
                raise RuntimeError(f"{url} did not answer within {READY_S:.0f} s")
            time.sleep(0.1)


def _carbonmark_sources(market_url: str) -> list[str]:
    query: list[tuple[str, str | int | float | bool | None]] = [
        ("projectIds", project) for project in CARBONMARK_PROJECTS
    ]
    offers = httpx.get(f"{market_url}/prices", params=query, timeout=10, trust_env=False).json()
    return [str(offer["sourceId"]) for offer in offers]
