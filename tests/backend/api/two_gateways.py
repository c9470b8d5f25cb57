"""Two gateway processes on one database, asked over real HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from deployed import Deployed
from nodes import ORIGIN

START_S = 120.0  # two interpreters on a busy machine
PROGRAM = Path(__file__).with_name("gateway_process.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def two_gateways(deployed: Deployed, database_url: str, **changes: Any) -> Iterator[tuple[str, str]]:
    """Base URLs of two gateways, each in a process of its own."""
    settings = {
        "rpc_url": deployed.chain.rpc_url,
        "deployment": str(deployed.file),
        "database_url": database_url,
        "public_origin": ORIGIN,
        **changes,
    }
    with ExitStack() as stack:
        started = [stack.enter_context(_process(settings)) for _ in range(2)]
        for url, process in started:
            _wait_for(url, process)
        (first, _), (second, _) = started
        yield first, second


@contextmanager
def _process(settings: dict[str, Any]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = subprocess.Popen([sys.executable, PROGRAM, json.dumps(settings), str(port)])
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(START_S)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while True:
        assert process.poll() is None and time.monotonic() < deadline, "the gateway did not start"
        try:
            httpx.get(f"{url}/config.json")  # not counted by a rate limit
            return
        except httpx.TransportError:
            time.sleep(0.2)
