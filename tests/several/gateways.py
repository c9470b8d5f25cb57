"""Gateways as an operator runs them: `uvicorn` processes with settings from the environment."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from scripts.dev.processes import Managed, Processes

READY_S = 90.0
STOP_S = 60.0
GRACEFUL_S = 20
FACTORY = "greenledger.api.app:create_app_from_env"


@dataclass
class Gateway:
    """One gateway process that can be stopped, killed and started again on the same port."""

    name: str
    port: int
    settings: Mapping[str, str]
    processes: Processes
    starts: int = 0
    child: Managed | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        assert self.child is not None
        return self.child.log

    def start(self, factory: str = FACTORY) -> None:
        """Returns at once; `wait_ready` waits."""
        self.starts += 1
        command = [
            *(sys.executable, "-m", "uvicorn", "--factory", factory),
            *("--host", "127.0.0.1", "--port", str(self.port), "--no-access-log", "--no-server-header"),
            *("--timeout-graceful-shutdown", str(GRACEFUL_S), "--forwarded-allow-ips", "127.0.0.1"),
        ]
        name = f"{self.name}-{self.starts}"
        self.child = self.processes.start(name, command, os.environ | dict(self.settings))

    def wait_ready(self) -> None:
        assert self.child is not None
        self.processes.wait_until(self.child, lambda: self.ready_status() == 200, READY_S)

    def ready_status(self) -> int | None:
        """HTTP status of its readiness; None if nobody answers."""
        return self.status("/health/ready")

    def status(self, path: str) -> int | None:
        try:
            return self.get(path).status_code
        except httpx.HTTPError:
            return None

    def get(self, path: str) -> httpx.Response:
        """Asks this gateway itself, past nginx."""
        return httpx.get(f"{self.url}{path}", timeout=10, trust_env=False)

    def signal(self, number: signal.Signals) -> None:
        assert self.child is not None
        self.processes.running.remove(self.child)  # its end is not an accident
        self.child.process.send_signal(number)

    def wait_ended(self) -> int:
        """Its exit code."""
        assert self.child is not None
        return self.child.process.wait(STOP_S)

    def restart(self) -> int:
        """SIGTERM, wait for its end, start it again, wait until it is ready. The exit code of the first."""
        self.signal(signal.SIGTERM)
        code = self.wait_ended()
        self.start()
        self.wait_ready()
        return code


def wait_for(url: str) -> None:
    """Until something answers with success."""
    deadline = time.monotonic() + READY_S
    while True:
        try:
            if httpx.get(url, timeout=5, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, f"{url} did not answer within {READY_S:.0f} s"
        time.sleep(0.1)


def in_environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings by the names that the environment has for them."""
    return {f"GREENLEDGER_{name.upper()}": str(value) for name, value in settings.items()}
