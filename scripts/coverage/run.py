"""Runs the contract tests under the recorder, in a copy of the tree so that nothing in it changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from scripts.coverage.bytecode import Code, compile_codes, contract_files, harness_files
from scripts.coverage.recorder import Recorder, programs

# What tests need and do not write: linked into a copy of the tree.
LINKED = ("frontend", ".venv", "contracts/npm/node_modules", "scripts/deployment/node_modules")
# What no test needs, beside hidden files.
NOT_COPIED = ("build", *LINKED)
RECORD = Path("build/contract-tests.json")


def copy_tree(root: Path, to: Path) -> Path:
    """The project elsewhere, so that tests and changed contracts leave the real tree as it is."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for path in root.iterdir():
        if path.name in NOT_COPIED or path.name.startswith("."):
            continue
        if path.is_dir():
            shutil.copytree(path, to / path.name, ignore=ignored)
        else:
            shutil.copy(path, to / path.name)
    for name in LINKED:
        if (root / name).exists():
            (to / name).symlink_to(root / name)
    return to


def environment(tree: Path) -> dict[str, str]:
    """Of a process that runs tests in a copy."""
    programs = Path(sys.executable).parent
    return {
        **os.environ,
        "PATH": f"{programs}:{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(tree),
        "APE_DATA_FOLDER": str(tree / "build" / "ape"),
        "NO_PROXY": "127.0.0.1,localhost",
    }


def compile_all(root: Path) -> list[Code]:
    """Every program that the tests may run."""
    paths = contract_files(root) + harness_files(root)
    return [code for path in paths for code in compile_codes(path, root)]


def record_tests(root: Path, tests: list[str], codes: list[Code], again: bool = False) -> dict[str, Any]:
    """What each test ran; of the last time if `again`, provided that the programs are the same."""
    output = root / RECORD
    if again and output.exists():
        record: dict[str, Any] = json.loads(output.read_text())
        if record["programs"] == programs(codes):
            return record
    output.parent.mkdir(exist_ok=True)
    output.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="greenledger-coverage-") as folder:
        tree = copy_tree(root, Path(folder))
        command = [sys.executable, "-m", "scripts.coverage.run", str(tree), str(output), *tests]
        subprocess.run(command, cwd=tree, env=environment(tree), stdout=sys.stderr, check=False)
    if not output.exists():
        sys.exit("the tests could not be run")
    record = json.loads(output.read_text())
    return record


def main() -> int:
    """In the copy: compiles the contracts, runs the tests, writes what ran."""
    tree, output, tests = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    recorder = Recorder(compile_all(tree), output)
    recorder.install()
    return int(pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", *tests], plugins=[recorder]))


if __name__ == "__main__":
    sys.exit(main())
