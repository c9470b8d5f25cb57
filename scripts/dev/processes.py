"""Child processes with logs on disk: start, wait until ready, stop in order."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOG_TAIL_LINES = 15
STOP_SECONDS = 15.0


class StackError(RuntimeError):
    """A process did not start or died; the text says which, and what its log ends with."""


@dataclass
class Managed:
    """One running child and where its log is."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-LOG_TAIL_LINES:])


@dataclass
class Processes:
    """Children in the order they were started; they are stopped in the opposite order."""

    logs: Path
    running: list[Managed] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str | Path], env: Mapping[str, str]) -> Managed:
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as sink:
            # A session of its own: Ctrl-C reaches this program alone, which then stops the children in order,
            # so that the chain is the last to go and has its state written.
            process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        child = Managed(name, process, log)
        self.running.append(child)
        return child

    def wait_until(self, child: Managed, ready: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            self.require_alive()
            if time.monotonic() > deadline:
                raise StackError(
                    f"{child.name} was not ready within {seconds:.0f} s. Its log ends:\n{child.tail()}"
                )
            time.sleep(0.1)

    def require_alive(self) -> None:
        for child in self.running:
            code = child.process.poll()
            if code is not None:
                raise StackError(f"{child.name} ended with code {code}. Its log ends:\n{child.tail()}")

    def pid(self, name: str) -> int:
        return next(child.process.pid for child in self.running if child.name == name)

    def stop(self) -> None:
        while self.running:
            stop_process(self.running.pop().process)


def stop_process(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, and SIGKILL to the child's own session if it does not go."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    # A stopped process would not see the signal.
    process.send_signal(signal.SIGCONT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_port_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
