"""Worker processes that try mutants side by side."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from scripts.coverage.run import copy_tree, environment

Answer = dict[str, Any]
# Tests that notice every change, also a harmless one: of exact gas, and of scripts that compare programs.
LEFT_OUT = ("tests/contracts/gas/*", "tests/contracts/test_verify.py", "tests/contracts/test_deploy*.py")


class WorkerProcess:
    """One warm process with its own copy of the tree."""

    def __init__(self, root: Path, log: Path) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="greenledger-mutants-")
        tree = copy_tree(root, Path(self.folder.name))
        to_worker, requests = os.pipe()
        answers, from_worker = os.pipe()
        numbers = (requests, answers)
        command = [
            sys.executable,
            "-m",
            "scripts.mutants.worker",
            str(tree),
            str(to_worker),
            str(from_worker),
        ]
        command += ["tests/contracts", *(f"--ignore-glob={tree / pattern}" for pattern in LEFT_OUT)]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                command,
                cwd=tree,
                env=environment(tree),
                pass_fds=(to_worker, from_worker),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        os.close(to_worker)
        os.close(from_worker)
        self.requests, self.answers = os.fdopen(numbers[0], "w"), os.fdopen(numbers[1])
        if "ready" not in self.hear():
            raise RuntimeError(f"the worker did not start, see {log}")

    def hear(self) -> Answer:
        line = self.answers.readline()
        return json.loads(line) if line else {"status": "broken", "why": "the worker ended"}

    def ask(self, request: dict[str, Any]) -> Answer:
        self.requests.write(json.dumps(request) + "\n")
        self.requests.flush()
        return self.hear()

    def close(self) -> None:
        self.requests.close()
        self.process.wait(timeout=60)
        self.folder.cleanup()


def try_all(
    root: Path,
    jobs: int,
    work: Iterable[Any],
    request: Callable[[Any], dict[str, Any]],
    logs: Path,
    *,
    until: float = math.inf,
) -> Iterator[tuple[Any, Answer]]:
    """Every piece of work with its answer, as they come. The request is made when a worker is free for it.

    Nothing is begun after `until` (monotonic seconds); what was begun by then is finished.
    """
    todo: SimpleQueue[Any] = SimpleQueue()
    done: SimpleQueue[Any] = SimpleQueue()
    for item in work:
        todo.put(item)

    def run(number: int) -> None:
        worker: WorkerProcess | None = None
        try:
            worker = WorkerProcess(root, logs / f"mutants-worker-{number}.log")
            while time.monotonic() < until:
                item = todo.get_nowait()
                done.put((item, worker.ask(request(item))))
        except Empty:
            pass
        except (RuntimeError, OSError) as error:
            done.put(error)
        finally:
            if worker:
                worker.close()
            done.put(None)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(jobs)]
    for thread in threads:
        thread.start()
    running = jobs
    while running:
        answer = done.get()
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            running -= 1
        else:
            yield answer
    for thread in threads:
        thread.join()
