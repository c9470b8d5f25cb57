"""What runs: chain, marketplace, a council peer, two gateways on one PostgreSQL, nginx before them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils.address import to_checksum_address
from gateways import Gateway, in_environment, wait_for
from nginx import command_for

from greenledger.chain.abi_files import load_abi
from greenledger.chain.deployment import Deployment
from greenledger.usage.migrate import upgrade
from scripts.chaos.contracts import Chain, account, deploy
from scripts.dev.processes import Processes, free_port, stop_process
from scripts.dev.stack import (
    CHAIN_ID,
    COUNCIL_ACCOUNTS,
    MNEMONIC,
    OWNER_ACCOUNT,
    SELLER_ACCOUNT,
    anvil,
)

MARKET_KEY = "cm_api_sandbox_of_two_gateways"
PEER_TOKEN = "a token for the peers of two gateways"  # noqa: S105
DRAIN_S = 5
SIGN_INS = 300  # per address and minute
READY_S = 90.0


@dataclass
class Several:
    """Two gateways behind one origin. `person` has ether, and money that the desk may take."""

    folder: Path
    origin: str
    database_url: str
    chain: Chain
    person: LocalAccount
    gateways: tuple[Gateway, Gateway]
    peer: Gateway
    nginx_folder: Path
    processes: Processes

    @contextmanager
    def proxy_without_gateways(self) -> Iterator[str]:
        """Origin of another nginx, whose gateways nobody has started."""
        port = free_port()
        command = command_for(self.folder / "alone", port, (free_port(), free_port()))
        proxy = self.processes.start("nginx-alone", command, os.environ)
        origin = f"http://127.0.0.1:{port}"
        self.processes.wait_until(proxy, lambda: _answers(origin), READY_S)
        try:
            yield origin
        finally:
            self.processes.running.remove(proxy)
            stop_process(proxy.process)


@contextmanager
def open_several(folder: Path, database_url: str) -> Iterator[Several]:
    """Starts everything on a migrated database, and ends it in the end."""
    processes, person = Processes(folder / "logs"), Account.create()
    with ExitStack() as stack:
        stack.callback(processes.stop)
        rpc_url = _start_chain(processes)
        market_url = _start_market(processes, folder)
        file = folder / "deployment.json"
        chain = deploy(rpc_url, file, [person])
        _approve_methodology(chain, file)
        ports = (free_port(), free_port())
        origin = f"http://127.0.0.1:{free_port()}"
        common = {
            "rpc_url": rpc_url,
            "deployment": file,
            "public_origin": origin,
            "peer_token": PEER_TOKEN,
            "marketplace_url": market_url,
            "marketplace_key": MARKET_KEY,
            "rate_per_minute": 1_000_000,
            "sign_in_rate_per_minute": SIGN_INS,
        }
        peer = _peer(processes, folder, common)
        settings = in_environment(common | _selling(chain, database_url, peer.url))
        first, second = (
            Gateway(f"gateway-{name}", port, settings, processes)
            for name, port in zip("ab", ports, strict=True)
        )
        for gateway in (peer, first, second):
            gateway.start()
        for gateway in (peer, first, second):
            gateway.wait_ready()
        nginx_folder = folder / "nginx"
        command = command_for(nginx_folder, int(origin.rpartition(":")[2]), ports)
        processes.start("nginx", command, os.environ)
        wait_for(f"{origin}/health")
        yield Several(
            folder, origin, database_url, chain, person, (first, second), peer, nginx_folder, processes
        )


def _start_chain(processes: Processes) -> str:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(anvil()), "--host", "127.0.0.1", "--port", str(port), "--chain-id", str(CHAIN_ID)]
    node = processes.start("chain", [*command, "--mnemonic", MNEMONIC, "--silent"], os.environ)
    processes.wait_until(node, lambda: _answers(url), READY_S)
    return url


def _approve_methodology(chain: Chain, file: Path) -> None:
    deployment = Deployment.load(file)
    ledger = chain.web3.eth.contract(to_checksum_address(deployment.ledger), abi=load_abi("FootprintLedger"))
    data = ledger.encode_abi("approve_methodology", args=[deployment.methodology, "https://example.org"])
    chain.transact(account(OWNER_ACCOUNT), ledger.address, data)


def _start_market(processes: Processes, folder: Path) -> str:
    settings = {"SANDBOX_DB": str(folder / "market.sqlite"), "SANDBOX_KEY": MARKET_KEY}
    port, factory = free_port(), "marketplace_sandbox.app:create_app_from_env"
    command = Gateway("marketplace", port, settings, processes)
    command.start(factory)
    wait_for(f"{command.url}/prices?projectIds=ICR-9001")
    return command.url


def _peer(processes: Processes, folder: Path, common: dict[str, Any]) -> Gateway:
    url = f"sqlite+aiosqlite:///{folder}/peer.sqlite"
    upgrade(url)
    settings = common | {"database_url": url, "council_key": _key(COUNCIL_ACCOUNTS[1])}
    return Gateway("peer", free_port(), in_environment(settings), processes)


def _selling(chain: Chain, database_url: str, peer_url: str) -> dict[str, Any]:
    token = {"address": chain.token.address, "symbol": "USDC", "decimals": 6}
    return {
        "database_url": database_url,
        "council_key": _key(COUNCIL_ACCOUNTS[0]),
        "council_peers": json.dumps([peer_url]),
        "seller_key": _key(SELLER_ACCOUNT),
        "payment_tokens": json.dumps([token]),
        "drain_seconds": DRAIN_S,
        "lease_seconds": 10,
    }


def _key(index: int) -> str:
    return f"0x{bytes(account(index).key).hex()}"


def _answers(url: str) -> bool:
    try:
        body = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
        return httpx.post(url, json=body, timeout=2, trust_env=False).status_code > 0
    except httpx.HTTPError:
        return False
