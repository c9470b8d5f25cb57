"""A pytest plugin that notes which instructions of the contracts each test runs.

ape's test chain and titanoboa both run py-evm in this process, and both ask its code stream for the next
instruction: that one place sees every test of either kind.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from boa.vm.py_evm import TracingCodeStream
from eth._utils import headers
from eth.vm.code_stream import CodeStream
from hypothesis import HealthCheck, settings

from scripts.coverage.bytecode import JUMPI, Code

STOP = 0
# The same examples every time, nothing remembered, and no complaint about a busy machine.
REPEATABLE: dict[str, Any] = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}


def keep_the_clock_steady() -> None:
    """Each block of the test chain comes a second after the last: no report expires because a run is slow."""
    started = headers.eth_now()
    headers.eth_now = lambda: started


class Recorder:
    """What every test and every longer-lived fixture ran, by program."""

    def __init__(self, codes: list[Code], output: Path) -> None:
        self.codes = codes
        self.output = output
        self.numbers: dict[bytes, int | None] = {}
        self.steps: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.jumps: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self.users: dict[str, list[str]] = {}
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: list[str] = []
        self.running = ["collection"]

    def install(self) -> None:
        """From now on this process notes what it runs, and runs the same every time."""
        self.patch(CodeStream)
        self.patch(TracingCodeStream)
        keep_the_clock_steady()
        settings.register_profile("coverage", **REPEATABLE)
        settings.load_profile("coverage")

    def patch(self, stream_class: Any) -> None:
        recorder = self
        is_boa = stream_class is TracingCodeStream

        def steps(stream: Any) -> Iterator[int]:
            content, end = stream._raw_code_bytes, stream._length_cache
            number = recorder.number_of(content)
            seen = recorder.steps[recorder.running[-1]][number] if number is not None else set()
            jumps = recorder.jumps[number] if number is not None else set()
            jumped_from = -1
            while (pc := stream.program_counter) < end:
                if jumped_from >= 0:
                    jumps.add((jumped_from, pc))
                opcode = content[pc]
                jumped_from = pc if opcode == JUMPI else -1
                seen.add(pc)
                if is_boa:
                    stream._trace.append(pc)
                stream.program_counter = pc + 1
                yield opcode
            yield STOP

        stream_class.__iter__ = steps

    def number_of(self, content: bytes) -> int | None:
        """The program that runs; what follows it are immutables or arguments of the constructor."""
        if content not in self.numbers:
            fitting = (at for at, code in enumerate(self.codes) if content.startswith(code.content))
            self.numbers[content] = next(fitting, None)
        return self.numbers[content]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        self.running.append(item.nodeid)
        self.users[item.nodeid] = sorted(getattr(item, "fixturenames", []))
        try:
            return (yield)
        finally:
            self.running.pop()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[Any]:
        """What a fixture of the session does belongs to all tests that use it, not to the first of them."""
        who = self.running[-1] if fixturedef.scope == "function" else f"fixture:{fixturedef.argname}"
        self.running.append(who)
        try:
            return (yield)
        finally:
            self.running.pop()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.output.write_text(json.dumps(self.record()))

    def record(self) -> dict[str, Any]:
        return {
            "programs": programs(self.codes),
            "jumps": {str(number): sorted(jumps) for number, jumps in self.jumps.items()},
            "steps": {
                who: {str(number): sorted(steps) for number, steps in runs.items()}
                for who, runs in self.steps.items()
            },
            "users": self.users,
            "seconds": self.seconds,
            "failed": self.failed,
        }


def programs(codes: list[Code]) -> list[list[str]]:
    """Names and checksums, to know whether a record is about these programs."""
    return [[code.name, sha256(code.content).hexdigest()] for code in codes]
