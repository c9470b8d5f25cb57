"""What runs in the processes of a rehearsal: the real node, the real council, the sandbox marketplace.

They are forked from a server that has imported everything once, so that a killed node is back at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import uvicorn

from greenledger.api.app import create_app
from greenledger.api.settings import Settings
from greenledger.offsets.parts import Boundary
from marketplace_sandbox.app import create_app as create_sandbox
from marketplace_sandbox.settings import SandboxSettings

HOOK = "GREENLEDGER_CHAOS"  # name of a boundary and, after a hash, how often it is passed alive
HOST = "127.0.0.1"


@dataclass
class Killer:
    """A boundary of the worker that ends the process, hard, when it comes to one place often enough."""

    at: str
    alive: int

    def __call__(self, name: str) -> None:
        if name != self.at:
            return
        if self.alive == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.alive -= 1


def killer(environment: dict[str, str]) -> Boundary:
    """The boundary that the environment asks for; one that nobody is killed at if it asks for none."""
    name, _, alive = environment.get(HOOK, "").partition("#")
    return Killer(name, int(alive or 0))


def forks() -> ForkServerContext:
    """Where processes come from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scripts.chaos.node"])
    return context


def start(context: ForkServerContext, target: Any, log: Path, *arguments: Any) -> ForkServerProcess:
    """A process of its own, which ends with this one."""
    log.parent.mkdir(parents=True, exist_ok=True)
    process = context.Process(target=target, args=(str(log), *arguments), daemon=True)
    process.start()
    return process


def run_node(log: str, port: int, settings: dict[str, Any], hook: str) -> None:
    """A gateway with worker, follower and sender, or a council node."""
    _write_to(log)
    os.environ[HOOK] = hook
    app = create_app(Settings(**settings), killer(dict(os.environ)))
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False, ws="none")


def run_sandbox(log: str, port: int, database: str, key: str, completion_s: float) -> None:
    _write_to(log)
    app = create_sandbox(SandboxSettings(Path(database), key, completion_s))
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False, ws="none")


def _write_to(log: str) -> None:
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(sink, sys.stdout.fileno())
    os.dup2(sink, sys.stderr.fileno())
