"""Worker processes that are killed, at a named place or at any time, and started again."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, cycle
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Event
from typing import Any

from scripts.chaos.node import run_node, start

# Every place where the worker may die: before and after each effect, around each look, and in the middle of
# the transaction that acts on an event.
BOUNDARIES = (
    *(f"place:{at}" for at in ("taken", "noted", "bought", "acted", "recorded")),
    *(f"fulfil:{at}" for at in ("taken", "acted", "recorded")),
    *(f"placed:{at}" for at in ("taken", "looked", "recorded")),
    *(f"retired:{at}" for at in ("taken", "looked", "recorded")),
    *(f"cosigned:{at}" for at in ("taken", "looked", "recorded")),
    *(f"certify:{at}" for at in ("taken", "acted", "recorded")),
    *(f"event:{name}" for name in ("OrderOpened", "OrderFulfilled", "OrderRefunded")),
    *(f"decline:{at}" for at in ("taken", "acted", "recorded")),
)
ANY_TIME = "any time"
PATIENCE_S = 8.0  # a place that nobody comes to is given up, and the process killed where it is


@dataclass
class Worker:
    """One place for a process on one port; `lives` counts how often it was started."""

    name: str
    port: int
    settings: dict[str, Any]
    process: ForkServerProcess | None = None
    hook: str = ""
    kill_at: float = 0.0
    lives: int = 0


@dataclass
class Killing:
    """Keeps workers running and dying. Ends only processes that it started itself."""

    context: ForkServerContext
    workers: list[Worker]
    logs: Path
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    _places: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        places = list(BOUNDARIES)
        self.chance.shuffle(places)
        # After each five named places one at any time.
        fives = [[*places[at : at + 5], ANY_TIME] for at in range(0, len(places), 5)]
        self._places = cycle([*chain.from_iterable(fives)])

    @property
    def count(self) -> int:
        return self.kills.total()

    def run(self, kills_wanted: int, over: Event) -> None:
        """Takes turns until it is over; raises RuntimeError if a worker ends by itself."""
        while not over.is_set():
            self.turn(kills_wanted)
            time.sleep(0.02)

    def turn(self, kills_wanted: int) -> None:
        """Starts who is dead, kills whose time has come."""
        for worker in self.workers:
            process = worker.process
            if process is not None and process.is_alive():
                if worker.kill_at and time.monotonic() >= worker.kill_at:
                    process.kill()
                    process.join()
                    worker.hook = ANY_TIME
                else:
                    continue
            if process is not None:
                self._count(worker, process)
            self._start(worker, armed=self.count < kills_wanted)

    def stop(self) -> None:
        for worker in self.workers:
            if worker.process is not None and worker.process.is_alive():
                worker.process.terminate()
                worker.process.join(10)
                if worker.process.is_alive():
                    worker.process.kill()

    def _count(self, worker: Worker, process: ForkServerProcess) -> None:
        if process.exitcode != -signal.SIGKILL:
            log = self.logs / f"{worker.name}.log"
            raise RuntimeError(f"{worker.name} ended by itself with {process.exitcode}: see {log.name}")
        self.kills[worker.hook] += 1

    def _start(self, worker: Worker, armed: bool) -> None:
        place = next(self._places) if armed else ""
        now = time.monotonic()
        if place == ANY_TIME:
            worker.kill_at = now + self.chance.uniform(0.3, 4.0)
        else:
            worker.kill_at = now + PATIENCE_S if armed else 0.0
        worker.hook = place
        hook = "" if place == ANY_TIME else f"{place}#{self.chance.choice((0, 0, 1))}"
        worker.lives += 1
        log = self.logs / f"{worker.name}.log"
        worker.process = start(self.context, run_node, log, worker.port, worker.settings, hook)
