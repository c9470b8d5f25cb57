"""The most memory that processes had, read from the kernel while they run."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

EVERY_S = 0.5


class PeakMemory:
    """Use as a context manager. `peaks_kib` has the most of each process by name, its children apart."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        """`processes` gives the process id of each name."""
        self.peaks_kib: dict[str, int] = {}
        self._processes = processes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(EVERY_S):
            for name, pid in self._processes.items():
                self._note(name, pid)
                for child in _children(pid):
                    self._note(f"{name}, recount", child)

    def _note(self, name: str, pid: int) -> None:
        peak = _peak_kib(pid)
        self.peaks_kib[name] = max(self.peaks_kib.get(name, 0), peak)


def _children(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for one in threads for child in (one / "children").read_text().split()]
    except OSError:
        return []  # it is gone


def _peak_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
