"""What the tests of the deploy and verify scripts share: an anvil that ape is connected to, and settings."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import ape
import pytest
from reports import TONNE_UG
from signing import make_keys

ROOT = Path(__file__).resolve().parents[2]

# Ape puts the project's root there as well when it runs a script.
sys.path.insert(0, str(ROOT))
deploy: Any = import_module("scripts.deploy")
proxy: Any = import_module("scripts.deployment.proxy")
artifacts: Any = import_module("scripts.deployment.artifacts")

METHODOLOGY = "0x" + "ab" * 32
POLICY = "0x" + "cd" * 32
REGISTRY = b"icr".ljust(32, b"\0")
START_S = 30.0


@contextmanager
def running_node(*options: str) -> Iterator[Any]:
    """Starts anvil, connects ape to it, and yields ape's provider."""
    binary = next((ROOT / "frontend/node_modules/@foundry-rs").glob("anvil-*/bin/anvil*"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(binary), "--silent", "--port", str(port), "--hardfork", "prague", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_S
        while not _answers(port):
            assert process.poll() is None, f"anvil ended with code {process.returncode}"
            assert time.monotonic() < deadline, "anvil did not start in time"
            time.sleep(0.05)
        with ape.networks.parse_network_choice(f"http://127.0.0.1:{port}") as provider:
            yield provider
    finally:
        process.terminate()
        process.wait(START_S)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def undone(provider: Any) -> Iterator[None]:
    """Takes back what was sent to the node meanwhile."""
    snapshot = provider.web3.provider.make_request("evm_snapshot", [])["result"]
    try:
        yield
    finally:
        assert provider.web3.provider.make_request("evm_revert", [snapshot])["result"]


def configure(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """All settings that the deploy script needs, signers not in order; returns the file that it writes."""
    signers = [key.address for key in reversed(make_keys(3))]
    registry = {"key": "icr", "unit_ug": str(TONNE_UG), "policy": POLICY}
    path = folder / "deployment.json"
    for name, value in {
        "COUNCIL_SIGNERS": ",".join(signers),
        "COUNCIL_NAMES": "Ann, Ben",
        "COUNCIL_URLS": "http://a.example,http://b.example,http://c.example",
        "COUNCIL_THRESHOLD": "2",
        "METHODOLOGY": METHODOLOGY,
        "REGISTRIES": json.dumps([registry]),
        "DEPLOYMENT": str(path),
    }.items():
        monkeypatch.setenv(f"GREENLEDGER_{name}", value)
    monkeypatch.setattr(deploy, "write_descriptors", lambda record, compiled: None)
    return path


def entries(file: Path) -> dict[str, Any]:
    """The contracts in a deployment file."""
    found: dict[str, Any] = json.loads(file.read_text())["contracts"]
    return found


def addresses(file: Path) -> dict[str, str]:
    return {name: entry["address"] for name, entry in entries(file).items()}


def contract_at(file: Path, name: str) -> Any:
    """A contract at the address in the file."""
    creator = deploy.Creator(ape.chain, None, {})
    return creator.instance(deploy._compiled(name), entries(file)[name]["address"])
