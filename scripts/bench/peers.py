"""The peers, each measured in its own process: EcoLogits, CodeCarbon, and OpenZeppelin's tree in Node.

They are installed from lock files with hashes, never into our own environment.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from greenledger.evidence.merkle import StandardTree, workload_leaf
from scripts.bench.timing import Figure, Seconds, rate_of

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "scripts" / "bench" / "peers.lock"
ENVIRONMENT = ROOT / "build" / "bench-env"
STAMP = ENVIRONMENT / "installed.sha256"
OPENZEPPELIN = ROOT / "scripts" / "bench" / "openzeppelin"
NODE = str(ROOT / "scripts" / "node.sh")
PEER_LEAVES = 20_000  # seven seconds in Node; a million would take its time many times over


class PeerError(RuntimeError):
    """A peer could not be installed or measured; the message holds what its command said."""


def output_of(command: list[str], doing: str, cwd: Path = ROOT) -> str:
    """What a command wrote to standard output. Raises PeerError with what it complained about."""
    run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        said = (run.stderr.strip() or run.stdout.strip())[-2_000:]
        raise PeerError(f"{doing} failed with exit code {run.returncode}: {said}")
    return run.stdout


def _python() -> str:
    """The peers' interpreter, its environment made anew where the lock file changed."""
    python = str(ENVIRONMENT / "bin" / "python")
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == digest:
        return python
    output_of([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], "making build/bench-env")
    install = [python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", str(LOCK)]
    output_of(install, "installing scripts/bench/peers.lock")
    STAMP.write_text(digest)
    return python


def _from_module(name: str) -> tuple[dict[str, Figure], dict[str, str]]:
    """Figures and versions that a module gives when the peers' interpreter runs it."""
    report: dict[str, Any] = json.loads(
        output_of([_python(), "-m", f"scripts.bench.{name}"], f"measuring {name}")
    )
    return {key: Figure(**figure) for key, figure in report["figures"].items()}, report["versions"]


def ecologits() -> tuple[dict[str, Figure], dict[str, str]]:
    """Raises PeerError."""
    return _from_module("peer_ecologits")


def codecarbon() -> tuple[dict[str, Figure], dict[str, str]]:
    """Raises PeerError."""
    return _from_module("peer_codecarbon")


def openzeppelin() -> tuple[dict[str, Figure], dict[str, str]]:
    """Leaves per second of OpenZeppelin's library, whose root has to be ours. Raises PeerError."""
    install = [
        NODE,
        "npm",
        "install",
        "--no-save",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    output_of(install, "installing scripts/bench/openzeppelin", OPENZEPPELIN)
    output = output_of([NODE, "node", "tree.mjs", str(PEER_LEAVES)], "measuring openzeppelin", OPENZEPPELIN)
    report: dict[str, Any] = json.loads(output)
    ours = "0x" + _same_tree(PEER_LEAVES).root.hex()
    if report["root"] != ours:
        raise PeerError(f"OpenZeppelin's root is {report['root']}, ours {ours}")
    manifest = json.loads((OPENZEPPELIN / "package.json").read_text())
    version = manifest["dependencies"]["@openzeppelin/merkle-tree"]
    samples = [Seconds(*sample) for sample in report["samples"]]
    what = f"OpenZeppelin {version} in Node, leaves of a tree of {PEER_LEAVES:,}"
    return {"openzeppelin_leaves_per_s": rate_of(what, PEER_LEAVES, samples)}, {"openzeppelin": version}


def _same_tree(count: int) -> StandardTree:
    """The tree of `openzeppelin/tree.mjs`."""
    return StandardTree(
        [
            workload_leaf(1 + at % 3, 1, at.to_bytes(32), 1_000_000 * at, 2_000_000 * at, 3_000_000 * at)
            for at in range(count)
        ]
    )
