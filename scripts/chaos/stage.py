"""What runs during a rehearsal: chain, market, a council of two nodes, workers, buyers; all real."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from eth_account import Account

from greenledger.usage.migrate import upgrade
from scripts.chaos.buyers import Buyer
from scripts.chaos.contracts import Chain, account, deploy
from scripts.chaos.killing import Killing, Worker
from scripts.chaos.node import forks, run_node, run_sandbox, start
from scripts.dev.processes import Processes, free_port
from scripts.dev.stack import CHAIN_ID, COUNCIL_ACCOUNTS, MNEMONIC, SELLER_ACCOUNT, anvil

MARKET_KEY = "cm_api_sandbox_of_a_rehearsal"
PEER_TOKEN = "a token for the peers of a rehearsal"  # noqa: S105
READY_S = 90.0
BUYERS = 3
CONFIRMATIONS = 2
LEASE_S = 5
SETTLE_S = 8
PROOF_TRIES = 3
COMPLETION_S = 0.5
WIND = {"id": "sbxwind00001", "name": "Wind", "registry": "vcs", "project": "VCS-999901", "vintage": 2022}
# Bought as half wind, half biochar, whatever the operator states of it.
MIXED = WIND | {"id": "sbxmixed0001", "name": "Wind and biochar"}
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
class Stage:
    """What runs during a rehearsal."""

    chain: Chain
    market_url: str
    market_file: Path
    killing: Killing
    buyers: list[Buyer]
    sources: list[str]


@contextmanager
def open_stage(plan: Plan, chance: random.Random) -> Iterator[Stage]:
    """Starts everything on an empty database, and ends it in the end."""
    upgrade(plan.database_url)
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
        peer_settings = common | {"database_url": peer_database, "council_key": _key(COUNCIL_ACCOUNTS[1])}
        peer = start(context, run_node, logs / "peer.log", peer_port, peer_settings, "")
        stack.callback(peer.kill)
        selling = common | _selling(chain, plan, peer_url)
        workers = [Worker(f"worker-{at}", one, selling) for at, one in enumerate(ports, start=1)]
        killing = Killing(context, workers, logs, random.Random(chance.random()))
        stack.callback(killing.stop)
        _wait_for(market_url + "/prices", peer_url + "/v1/council")
        sources = [*_carbonmark_sources(market_url), *(f"cnaught:{one['id']}" for one in (WIND, MIXED))]
        split = f"cnaught:{MIXED['id']}"
        people = [Buyer(buyer, origin, ports, random.Random(chance.random()), split) for buyer in buyers]
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
        "cnaught_portfolios": [WIND, MIXED],
        "rate_per_minute": 100_000,
        "sign_in_rate_per_minute": 100_000,
    }


def _selling(chain: Chain, plan: Plan, peer_url: str) -> dict[str, Any]:
    token = {"address": chain.token.address, "symbol": "USDC", "decimals": 6}
    return {
        "database_url": plan.database_url,
        "council_key": _key(COUNCIL_ACCOUNTS[0]),
        "council_peers": [peer_url],
        "seller_key": _key(SELLER_ACCOUNT),
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
