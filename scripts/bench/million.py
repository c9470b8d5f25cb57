"""`python -m scripts.bench.million [--count N]`: a million workloads in one batch, down to a proof.

A private PostgreSQL (or SQLite with --sqlite), a council of three processes of which two have to sign, and
anvil with the contracts. An operator of the account records the batch. Writes build/million.json.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import typer
from eth_account import Account
from eth_account.messages import encode_defunct
from rich.console import Console
from siwe import ISO8601Datetime, SiweMessage
from web3 import Web3
from web3.contract import Contract

from greenledger.chain.abi_files import load_abi
from greenledger.evidence.words import word_bytes
from greenledger.usage.migrate import upgrade
from scripts.bench.ingest import postgres_module
from scripts.bench.memory import PeakMemory
from scripts.bench.million_rows import FROM, HOUR_S, YEAR_H, state_all
from scripts.bench.model import machine
from scripts.chaos.contracts import account, deploy, send
from scripts.dev.processes import Processes, free_port
from scripts.dev.stack import CHAIN_ID, COUNCIL_ACCOUNTS, MNEMONIC, OWNER_ACCOUNT, anvil, development_key
from scripts.dev.state_folder import ROOT

OUTPUT = ROOT / "build" / "million.json"
READY_S = 120.0
POLL_S = 1.0
PROOFS = 100
TOKEN = "a token for the peers of a bench"  # noqa: S105


@dataclass
class Run:
    """What runs, and what was measured of it."""

    console: Console
    count: int
    times_s: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        """Ends a part of the run."""
        now = time.perf_counter()
        self.times_s[name] = round(now - self.begun, 1)
        self.begun = now
        self.console.print(f"{name}: {self.times_s[name]} s", highlight=False)


def main(count: int = 1_000_000, sqlite: bool = False, output: Path = OUTPUT) -> None:
    signal.signal(signal.SIGTERM, _interrupt)
    run = Run(Console(), count)
    about = machine()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenledger-million-")))
        processes = Processes(output.parent / "million")
        stack.callback(processes.stop)
        if sqlite:
            url = f"sqlite+aiosqlite:///{folder}/usage.sqlite"
        else:
            url = str(stack.enter_context(postgres_module().running_postgres()).create())
        upgrade(url)
        rpc_url, file = _chain(processes, folder)
        owner, operator = Account.create(), Account.create()
        chain = deploy(rpc_url, file, [owner, operator])
        ledger = _approving_ledger(chain.web3, file)
        origin = _council(processes, folder, rpc_url, file, url)
        run.lap("start")
        asyncio.run(state_all(url, owner.address, count, _printed(run.console, "stated", count)))
        run.lap("state")
        pids = {child.name: child.process.pid for child in processes.running}
        client = stack.enter_context(httpx.Client(base_url=origin, timeout=60, trust_env=False))
        client.headers["origin"] = origin
        _sign_in(client, origin, owner)
        with PeakMemory(pids) as memory:
            batch = _followed(run, client)
            approval = ledger.encode_abi("set_operator", args=[operator.address, True])
            send(chain.web3, owner, ledger.address, approval)
            receipt = send(chain.web3, operator, ledger.address, batch["report"]["transaction"]["data"])
            run.lap("record")
            proof_ms = _proofs(client, ledger, batch)
            run.lap("proofs")
        size = _size_of_evidence(client, batch["id"])
        run.lap("evidence")
    result = {
        "count": count,
        "database": "sqlite" if sqlite else "postgresql",
        "times_s": run.times_s,
        "batch_s": round(sum(run.times_s[name] for name in ("close", "build", "sign")), 1),
        "record_gas": receipt["gasUsed"],
        "proof_ms": proof_ms,
        "evidence_bytes": size,
        "peak_mib": {name: round(peak / 1_024) for name, peak in sorted(memory.peaks_kib.items())},
        "machine": about,
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(result, indent=2) + "\n")
    run.console.print_json(json.dumps(result))


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # so that everything that was started is ended


def _printed(console: Console, what: str, count: int) -> Any:
    last = [0]

    def progress(done: int) -> None:
        if done - last[0] >= count // 20 or done == count:
            last[0] = done
            console.print(f"  {what} {done:,} of {count:,}", highlight=False)

    return progress


def _chain(processes: Processes, folder: Path) -> tuple[str, Path]:
    port = free_port()
    rpc_url = f"http://127.0.0.1:{port}"
    command = [str(anvil()), "--host", "127.0.0.1", "--port", str(port), "--chain-id", str(CHAIN_ID)]
    node = processes.start("chain", [*command, "--mnemonic", MNEMONIC, "--silent"], os.environ)
    web3 = Web3(Web3.HTTPProvider(rpc_url))
    processes.wait_until(node, web3.is_connected, READY_S)
    return rpc_url, folder / "deployment.json"


def _approving_ledger(web3: Web3, file: Path) -> Contract:
    """The ledger of the deployment, which takes reports under our methodology from now on."""
    deployment = json.loads(file.read_text())
    address = deployment["contracts"]["FootprintLedger"]["address"]
    ledger: Contract = web3.eth.contract(address=address, abi=load_abi("FootprintLedger"))
    arguments = [word_bytes(deployment["methodology"]), "https://example.org/method"]
    send(web3, account(OWNER_ACCOUNT), address, ledger.encode_abi("approve_methodology", args=arguments))
    return ledger


def _council(processes: Processes, folder: Path, rpc_url: str, file: Path, url: str) -> str:
    """Three nodes; the first, whose origin is given, works for the account on its database."""
    ports = [free_port() for _ in range(3)]
    origins = [f"http://127.0.0.1:{port}" for port in ports]
    names = ("gateway", "council-2", "council-3")
    for at, (name, port) in enumerate(zip(names, ports, strict=True)):
        database = url if at == 0 else f"sqlite+aiosqlite:///{folder}/{name}.sqlite"
        if at:
            upgrade(database)
        env = os.environ | {
            "GREENLEDGER_RPC_URL": rpc_url,
            "GREENLEDGER_DEPLOYMENT": str(file),
            "GREENLEDGER_DATABASE_URL": database,
            "GREENLEDGER_COUNCIL_KEY": development_key(COUNCIL_ACCOUNTS[at]),
            "GREENLEDGER_COUNCIL_PEERS": json.dumps([one for one in origins if one != origins[at]]),
            "GREENLEDGER_PEER_TOKEN": TOKEN,
            "GREENLEDGER_PUBLIC_ORIGIN": origins[at],
            "GREENLEDGER_RATE_PER_MINUTE": "100000",
        }
        program = [sys.executable, "-m", "uvicorn", "--factory", "greenledger.api.app:create_app_from_env"]
        where = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
        node = processes.start(name, [*program, *where], env)
        processes.wait_until(node, lambda origin=origins[at]: _answers(origin), READY_S)  # type: ignore[misc]
    return origins[0]


def _answers(origin: str) -> bool:
    try:
        return httpx.get(f"{origin}/v1/council", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _sign_in(client: httpx.Client, origin: str, account: Any) -> None:
    now = datetime.now(UTC)
    message = SiweMessage(
        domain=origin.removeprefix("http://"),
        address=account.address,
        uri=origin,
        version="1",
        chain_id=CHAIN_ID,
        nonce=client.get("/v1/auth/nonce").json()["nonce"],
        issued_at=ISO8601Datetime.from_datetime(now),
        expiration_time=ISO8601Datetime.from_datetime(now + timedelta(minutes=5)),
    ).prepare_message()
    signature = account.sign_message(encode_defunct(text=message)).signature.to_0x_hex()
    client.post("/v1/auth/sign-in", json={"message": message, "signature": signature}).raise_for_status()


def _followed(run: Run, client: httpx.Client) -> dict[str, Any]:
    """Opens the batch and follows it until it is signed; each state is a lap."""
    names = {"open": "close", "closed": "build", "built": "sign"}
    body = {"ended_from": FROM, "ended_before": FROM + HOUR_S * (YEAR_H + 1)}
    run.begun = time.perf_counter()
    batch: dict[str, Any] = client.post("/v1/batches", json=body).raise_for_status().json()
    told = (batch["state"], 0)
    while batch["state"] in names:
        time.sleep(POLL_S if run.count > 50_000 else 0.1)
        found = client.get(f"/v1/batches/{batch['id']}").raise_for_status().json()
        if found["state"] != batch["state"]:
            run.lap(names[batch["state"]])
        elif found["done"] - told[1] > run.count // 10 or found["state"] != told[0]:
            told = (found["state"], found["done"])
            run.console.print(f"  {told[0]}: {told[1]:,} of {found['workloads']:,}", highlight=False)
        if found["error_code"] != batch["error_code"]:
            run.console.print(f"  {found['error_code']}: {found['error_detail']}", highlight=False)
        batch = found
    if batch["state"] != "signed" or batch["workloads"] != run.count:
        raise RuntimeError(f"the batch is {batch}, expected {run.count} workloads and signatures")
    return batch


def _proofs(client: httpx.Client, ledger: Contract, batch: dict[str, Any]) -> dict[str, float]:
    """Milliseconds that proofs of different workloads take at the gateway; each is verified on chain."""
    page = client.get("/v1/workloads", params={"limit": PROOFS}).raise_for_status().json()["items"]
    taken = []
    for row in page:
        begun = time.perf_counter()
        proof = client.get(f"/v1/workloads/{row['id']}/proof").raise_for_status().json()
        taken.append(1_000 * (time.perf_counter() - begun))
        if proof["batch_id"] != batch["id"] or not _is_verified(ledger, proof):
            raise RuntimeError(f"the proof of {row['id']} does not hold on chain")
    taken.sort()
    places = {"least": 0, "median": len(taken) // 2, "most": len(taken) - 1}
    return {name: round(taken[at], 1) for name, at in places.items()}


def _is_verified(ledger: Contract, proof: dict[str, Any]) -> bool:
    fields = proof["report"]["footprint"].values()
    footprint = tuple(word_bytes(value) if value.startswith("0x") else int(value) for value in fields)
    bounds = (int(proof[name]) for name in ("low_ug", "central_ug", "high_ug"))
    leaf = (proof["kind"], proof["version"], word_bytes(proof["workload_hash"]), *bounds)
    siblings = [word_bytes(sibling) for sibling in proof["proof"]]
    report = (proof["report"]["account"], footprint)
    return bool(ledger.functions.verify_workload(report, *leaf, siblings).call())


def _size_of_evidence(client: httpx.Client, batch_id: str) -> int:
    with client.stream("GET", f"/v1/batches/{batch_id}/evidence", timeout=600) as response:
        return sum(len(piece) for piece in response.raise_for_status().iter_bytes())


if __name__ == "__main__":
    typer.run(main)
