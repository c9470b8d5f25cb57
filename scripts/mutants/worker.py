"""A warm process that tries one mutant after another with the real contract tests.

It is a pytest session that has collected all tests and compiled all contracts, and then waits. For each
mutant it forks: the child puts the mutated contracts in place of the good ones, deploys anew and runs the
tests it is told, until one fails. The parent stays clean for the next one, in a copy of the tree of its own.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import pytest
from hypothesis import Phase, settings
from vyper.compiler import CompilerData
from vyper.compiler.settings import anchor_settings
from vyper.ir.compile_ir import assembly_to_evm

from scripts.coverage.bytecode import compiler_data, contract_files, harness_files
from scripts.coverage.recorder import REPEATABLE, keep_the_clock_steady

Answer = dict[str, Any]


def program_of(data: CompilerData) -> bytes:
    """What a contract does, without the checksum of its source."""
    with anchor_settings(data.settings):
        return bytes(assembly_to_evm(data.assembly)[0])


def files_of(data: CompilerData) -> set[str]:
    """Absolute paths of all files that a contract is made of."""
    inputs = data.resolved_imports.compiler_inputs
    return {str(data.file_input.resolved_path), *(str(item.resolved_path) for item in inputs)}


class FirstFailure:
    """Notices that a test failed."""

    def __init__(self) -> None:
        self.test = ""
        self.why = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.test:
            self.test = report.nodeid
            self.why = report.longreprtext[-300:]


class Worker:
    def __init__(self, tree: Path, requests: TextIO, answers: TextIO) -> None:
        self.tree = tree
        self.requests = requests
        self.answers = answers
        self.good: dict[Path, bytes] = {}
        self.users: dict[str, list[Path]] = {}
        self.items: dict[str, pytest.Item] = {}
        keep_the_clock_steady()
        # A failing example needs no shrinking, and nothing is remembered for the next mutant.
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", phases=phases, **REPEATABLE)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.prepare()
        gc.collect()
        gc.freeze()
        self.say({"ready": len(self.items)})
        for line in self.requests:
            self.say(self.try_one(session, **json.loads(line)))
        return True

    def say(self, answer: Answer) -> None:
        self.answers.write(json.dumps(answer) + "\n")
        self.answers.flush()

    def prepare(self) -> None:
        """Compiles all that the tests use, for ape and for titanoboa, so that no child has to."""
        import ape
        from ape.managers.project import ContractManager, LocalProject

        ape.project.load_contracts(use_cache=False)
        LocalProject.load_contracts = lambda self, *ids, **options: {}  # type: ignore[method-assign]
        ContractManager._detect_change = lambda self, path: False  # type: ignore[method-assign]
        in_process = import_module("in_process")
        for path in contract_files(self.tree) + harness_files(self.tree):
            data = compiler_data(path, self.tree)
            self.good[path] = program_of(data)
            for file in files_of(data):
                self.users.setdefault(file, []).append(path)
            in_process._compiled(path.relative_to(self.tree).as_posix())

    def try_one(
        self,
        session: pytest.Session,
        file: str,
        content: str,
        tests: list[str],
        limit: float,
        control: bool = False,
    ) -> Answer:
        """Killed, survived, timeout, equivalent (same program) or invalid (does not compile).

        The control puts all good contracts in place as if they were mutated: no test may notice.
        """
        path = self.tree / file
        original = path.read_text()
        path.write_text(content)
        started = time.monotonic()
        try:
            answer = in_child(lambda: self.run_tests(session, path, tests, control), limit)
        finally:
            path.write_text(original)
        return answer | {"seconds": round(time.monotonic() - started, 1)}

    def run_tests(self, session: pytest.Session, path: Path, tests: list[str], control: bool) -> Answer:
        try:
            changed = self.compile_users(path)
            if control:
                changed = {user: compiler_data(user, self.tree) for user in self.good}
        except Exception as error:  # the compiler refuses it, or breaks on it
            return {"status": "invalid", "why": type(error).__name__}
        if not changed:
            return {"status": "equivalent"}
        self.put_in_place(changed)
        chosen = [self.items[test] for test in tests if test in self.items]
        failure = FirstFailure()
        session.config.pluginmanager.register(failure)
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if failure.test:
                return {"status": "killed", "by": failure.test, "why": failure.why}
        return {"status": "survived", "tests": len(chosen)}

    def compile_users(self, path: Path) -> dict[Path, CompilerData]:
        """The contracts that this file changes."""
        changed = {}
        for user in self.users.get(str(path), []):
            data = compiler_data(user, self.tree)
            if program_of(data) != self.good[user]:
                changed[user] = data
        return changed

    def put_in_place(self, changed: dict[Path, CompilerData]) -> None:
        import ape
        from boa.contracts.vyper.vyper_contract import VyperDeployer
        from ethpm_types import ContractType
        from vyper.compiler.output import build_abi_output

        in_process = import_module("in_process")
        compiled = in_process._compiled
        deployers: dict[str, Any] = {}
        for path, data in changed.items():
            name = path.relative_to(self.tree).as_posix()
            data.source_map = assembly_to_evm(data.assembly_runtime)[1]  # titanoboa explains failures by it
            deployers[name] = VyperDeployer(data, filename=str(path))
            with anchor_settings(data.settings):
                contract = {
                    "abi": build_abi_output(data),
                    "deploymentBytecode": {"bytecode": "0x" + data.bytecode.hex()},
                    "runtimeBytecode": {"bytecode": "0x" + data.bytecode_runtime.hex()},
                    "contractName": path.stem,
                    "sourceId": name,
                }
            known = ape.project.manifest.contract_types
            if path.stem in known:
                known[path.stem] = ContractType.model_validate(contract)
        in_process._compiled = lambda name: deployers.get(name) or compiled(name)  # type: ignore[attr-defined]


def in_child(work: Callable[[], Answer], limit: float) -> Answer:
    """What `work` answers in a forked process; that it was too slow, or that it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        gc.disable()  # it lives for seconds only
        os.close(reading)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        answer: Answer = {"status": "broken"}
        try:
            answer = work()
        except BaseException as error:
            answer = {"status": "broken", "why": f"{type(error).__name__}: {error}"[:300]}
        finally:
            os.write(writing, json.dumps(answer).encode())
            os._exit(0)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], limit)
        if not ready:
            os.kill(child, signal.SIGKILL)
            return {"status": "timeout"}
        content = os.read(reading, 65_536)
        return json.loads(content) if content else {"status": "broken", "why": "the process died"}
    finally:
        os.close(reading)
        os.waitpid(child, 0)


def main() -> int:
    tree, reading, writing = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    worker = Worker(tree, os.fdopen(reading), os.fdopen(writing, "w"))
    return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", *sys.argv[4:]], plugins=[worker]))


if __name__ == "__main__":
    sys.exit(main())
