"""The local stack: a chain, three council processes (the gateway is one), a sandbox marketplace, the page.

All state lives under one folder, so a second start finds the earlier records, certificates and database.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from eth_account import Account

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import load_factor_set
from scripts.dev.demo_credits.protocol import DemoProtocol
from scripts.dev.payments import Keys, LocalMoney, ensure_payments
from scripts.dev.processes import Processes, StackError, free_port, is_port_free
from scripts.dev.state_folder import ROOT, StateFolder

STATE = ROOT / "build" / "stack"
MNEMONIC = "test test test test test test test test test test test junk"
COUNCIL_ACCOUNTS = (6, 7, 8)  # indices under the well-known development mnemonic
OWNER_ACCOUNT = 9  # deploys and owns everything, as the deploy script has it on local chains
SELLER_ACCOUNT = 10  # none of the ten that the chain funds: its transactions are the gateway's alone
BUYER_ACCOUNTS = range(6)
THRESHOLD = 2
CHAIN_ID = 31337
SANDBOX_REGISTRIES = ("icr",)
READY_SECONDS = 90.0

Report = Callable[[str], None]


@dataclass(frozen=True)
class Ports:
    """TCP ports on the loopback address."""

    gateway: int
    council_2: int
    council_3: int
    marketplace: int
    chain: int

    @classmethod
    def usual(cls) -> Ports:
        """The documented ports; each can be moved by an environment variable."""
        ports = cls(
            gateway=int(os.environ.get("GATEWAY_PORT", "8080")),
            council_2=int(os.environ.get("COUNCIL_2_PORT", "8081")),
            council_3=int(os.environ.get("COUNCIL_3_PORT", "8082")),
            marketplace=int(os.environ.get("MARKETPLACE_PORT", "8090")),
            chain=int(os.environ.get("CHAIN_PORT", "8545")),
        )
        for name, port in asdict(ports).items():
            if not is_port_free(port):
                raise StackError(
                    f"port {port} for the {name} is taken: stop what uses it, or set {name.upper()}_PORT"
                )
        return ports

    @classmethod
    def free(cls) -> Ports:
        """Ports that nobody uses, for tests."""
        return cls(*(free_port() for _ in range(5)))


def development_key(index: int) -> str:
    """Private key of one account of the development mnemonic; worth nothing anywhere."""
    Account.enable_unaudited_hdwallet_features()
    return str(Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}").key.to_0x_hex())


class Stack:
    """Everything that `make run` starts. Use as a context manager."""

    def __init__(self, state: Path, ports: Ports, report: Report) -> None:
        self.folder = StateFolder(state)
        self.state = state
        self.ports = ports
        self.report = report
        self.processes = Processes(state / "logs")
        self.origin = f"http://127.0.0.1:{ports.gateway}"
        self.rpc_url = f"http://127.0.0.1:{ports.chain}"
        self.deployment = state / "deployment.json"

    def __enter__(self) -> Stack:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Starts everything and returns when all of it answers; stops what it started if a part does not."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stops the processes in the opposite order; the chain writes its state when it goes."""
        self.processes.stop()
        self.folder.release()

    # -- what runs ------------------------------------------------------------------------------------

    def _start(self) -> None:
        self.folder.hold()
        self.folder.set_aside_if_older(self.report)
        tokens = self.folder.secrets()
        self._start_chain()
        protocol = DemoProtocol(self.rpc_url, development_key(OWNER_ACCOUNT))
        holders = [Account.from_key(development_key(index)).address for index in BUYER_ACCOUNTS]
        demo = protocol.ensure(self.state / "demo_credits.json", holders)
        self._deploy(demo.aggregator)
        money = self._provide_money()
        protocol.ensure_listed(demo, self.deployment, money.address)
        self._migrate()
        self._start_marketplace(tokens)
        self._start_nodes(tokens, money)
        running = {"origin": self.origin, "rpc_url": self.rpc_url, "pid": os.getpid()}
        self.folder.write("running.json", json.dumps(running))

    def _start_chain(self) -> None:
        self.report("Starting the chain (anvil, state on disk)")
        chain = self.processes.start(
            "chain",
            [
                *(anvil(), "--host", "127.0.0.1", "--port", str(self.ports.chain)),
                *("--chain-id", str(CHAIN_ID), "--hardfork", "prague", "--mnemonic", MNEMONIC),
                *(
                    "--state",
                    self.state / "chain.json",
                    "--state-interval",
                    "5",
                    "--preserve-historical-states",
                ),
            ],
            os.environ,
        )
        self.processes.wait_until(chain, lambda: self._rpc("eth_chainId") is not None, READY_SECONDS)

    def _deploy(self, aggregator: str) -> None:
        if self._is_deployed():
            self.report("Contracts found on the chain")
            return
        self.report("Compiling and deploying the contracts (ape)")
        council = [Account.from_key(development_key(index)).address for index in COUNCIL_ACCOUNTS]
        nodes = [self.ports.gateway, self.ports.council_2, self.ports.council_3]
        env = os.environ | {
            "GREENLEDGER_DEPLOYMENT": str(self.deployment),
            "GREENLEDGER_COUNCIL_SIGNERS": ",".join(council),
            "GREENLEDGER_COUNCIL_THRESHOLD": str(THRESHOLD),
            "GREENLEDGER_COUNCIL_URLS": ",".join(f"http://127.0.0.1:{port}" for port in nodes),
            "GREENLEDGER_METHODOLOGY": as_hex(methodology_id(load_factor_set())),
            "GREENLEDGER_REGISTRIES": json.dumps(_registries()),
            "GREENLEDGER_ADAPTERS": "toucan,klima",
            "GREENLEDGER_KLIMA_AGGREGATOR": aggregator,
        }
        log = self.state / "logs" / "deploy.log"
        deploy = self.processes.start("deploy", ["ape", "run", "deploy", "--network", self.rpc_url], env)
        code = deploy.process.wait(READY_SECONDS * 4)
        self.processes.running.remove(deploy)
        if code != 0 or not self._is_deployed():
            raise StackError(
                f"the deployment ended with code {code}. Its log ends:\n{log.read_text()[-3000:]}"
            )

    def _provide_money(self) -> LocalMoney:
        self.report("Test money, a seller and its listing at the desk")
        buyers = tuple(map(development_key, BUYER_ACCOUNTS))
        keys = Keys(development_key(OWNER_ACCOUNT), development_key(SELLER_ACCOUNT), buyers)
        return ensure_payments(self.rpc_url, self.deployment, self.state / "money.json", keys)

    def _is_deployed(self) -> bool:
        if not self.deployment.exists():
            return False
        deployment = json.loads(self.deployment.read_text())
        if "block" not in deployment:  # written last, when all settings are made
            return False
        contracts = deployment["contracts"]
        codes = [self._rpc("eth_getCode", entry["address"], "latest") for entry in contracts.values()]
        return all(code not in (None, "0x") for code in codes)

    def _migrate(self) -> None:
        self.report("Migrating the usage databases")
        runs = [
            self.processes.start(
                f"migrate-{node}",
                [sys.executable, "-m", "greenledger.usage.migrate"],
                os.environ | {"GREENLEDGER_DATABASE_URL": self._database_url(node)},
            )
            for node in range(1, 4)
        ]
        for run in runs:
            code = run.process.wait(READY_SECONDS)
            self.processes.running.remove(run)
            if code != 0:
                raise StackError(f"{run.name} ended with code {code}. Its log ends:\n{run.tail()}")

    def _database_url(self, node: int) -> str:
        return f"sqlite+aiosqlite:///{self.state}/usage-{node}.sqlite"

    def _start_marketplace(self, tokens: dict[str, str]) -> None:
        env = os.environ | {
            "SANDBOX_DB": str(self.state / "marketplace.sqlite"),
            "SANDBOX_KEY": tokens["marketplace_key"],
        }
        self.processes.start(
            "marketplace",
            _uvicorn("marketplace_sandbox.app:create_app_from_env", self.ports.marketplace),
            env,
        )

    def _start_nodes(self, tokens: dict[str, str], money: LocalMoney) -> None:
        self.report("Starting the sandbox marketplace, three council processes and the gateway")
        ports = (self.ports.gateway, self.ports.council_2, self.ports.council_3)
        names = ("gateway", "council-2", "council-3")
        for node, (name, port) in enumerate(zip(names, ports, strict=True), start=1):
            peers = [f"http://127.0.0.1:{other}" for other in ports if other != port]
            env = os.environ | {
                "GREENLEDGER_RPC_URL": self.rpc_url,
                "GREENLEDGER_DEPLOYMENT": str(self.deployment),
                "GREENLEDGER_DATABASE_URL": self._database_url(node),
                "GREENLEDGER_COUNCIL_KEY": development_key(COUNCIL_ACCOUNTS[node - 1]),
                "GREENLEDGER_COUNCIL_PEERS": json.dumps(peers),
                "GREENLEDGER_PEER_TOKEN": tokens["peer_token"],
                "GREENLEDGER_PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
                "GREENLEDGER_MARKETPLACE_URL": f"http://127.0.0.1:{self.ports.marketplace}",
                "GREENLEDGER_MARKETPLACE_KEY": tokens["marketplace_key"],
            }
            if name == "gateway":
                env["GREENLEDGER_PAGE_DIR"] = str(ROOT / "frontend" / "dist")
                env["GREENLEDGER_SELLER_KEY"] = development_key(SELLER_ACCOUNT)
                env["GREENLEDGER_PAYMENT_TOKENS"] = money.as_setting()
            self.processes.start(name, _uvicorn("greenledger.api.app:create_app_from_env", port), env)
        for child in self.processes.running:
            if child.name in names:
                origin = f"http://127.0.0.1:{ports[names.index(child.name)]}"
                self.processes.wait_until(child, partial(is_healthy, origin), READY_SECONDS)

    def _rpc(self, method: str, *params: Any) -> Any:
        try:
            body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            return httpx.post(self.rpc_url, json=body, timeout=5, trust_env=False).json().get("result")
        except (httpx.HTTPError, ValueError):
            return None


def _registries() -> list[dict[str, str]]:
    """Registries of the sandbox, under the policy document whose hash goes on the chain."""
    policy = keccak256((ROOT / "docs" / "registry-policy.md").read_bytes())
    return [{"key": key, "unit_ug": str(10**12), "policy": as_hex(policy)} for key in SANDBOX_REGISTRIES]


def is_healthy(origin: str) -> bool:
    """Whether a gateway or council process answers that all it needs is there."""
    try:
        return httpx.get(f"{origin}/health", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def anvil() -> Path:
    """The program inside the npm package; its JavaScript wrapper would swallow signals."""
    found = next((ROOT / "frontend" / "node_modules" / "@foundry-rs").glob("anvil-*/bin/anvil*"), None)
    if found is None:
        raise StackError("anvil was not found under frontend/node_modules: run make setup")
    return found


def _uvicorn(factory: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--factory", factory, "--host", "127.0.0.1", "--port", str(port)),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5"),
        # Nothing stands before these servers, so a forwarded address would be the client's own invention.
        "--no-proxy-headers",
    ]
