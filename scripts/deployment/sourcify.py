"""Sourcify's own matching, run from its library on this machine, and our stricter word for its result.

Nothing is sent anywhere: what is on chain is read by the caller, what the compiler gave is in the artifact.
Sourcify never calls a Vyper contract exact, since its library does not read the compiler's integrity hash.
Ours is exact if the creation code matches and the library had to replace no `cborAuxdata` to make it match:
the hash over the sources lies in there, so a changed comment needs that replacement.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from scripts.deployment.artifacts import COMPILER, ROOT, Artifact
from scripts.deployment.standard_input import standard_input

LIBRARY = ROOT / "scripts" / "deployment" / "node_modules" / "@ethereum-sourcify" / "lib-sourcify"
PROGRAM = ROOT / "scripts" / "deployment" / "sourcify.mjs"
LIMIT_S = 120


@dataclass(frozen=True)
class Candidate:
    """A contract on chain and what is said to be its source. `address` is checksummed.

    `creation` is with the constructor's arguments; None if the node does not have the transaction.
    """

    artifact: Artifact
    chain_id: int
    address: str
    runtime: bytes
    creation: bytes | None


@dataclass(frozen=True)
class Judgement:
    """What Sourcify's library said: matches are "perfect", "partial" or None."""

    runtime_match: str | None
    creation_match: str | None
    runtime: dict[str, Any]
    creation: dict[str, Any]
    error: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the code on chain was compiled from exactly this source, comments included."""
        if self.creation_match is None or self.runtime_match is None:
            return False
        return all(step["reason"] != "cborAuxdata" for step in self.creation["list"])

    @property
    def detail(self) -> str:
        """In a few words for people."""
        if self.error is not None:
            return f"Sourcify's library ends with {self.error}"
        if self.creation_match is None:
            return "the creation code does not match"
        if self.runtime_match is None:
            return "the runtime code does not match"
        reasons = [step["reason"] for step in [*self.creation["list"], *self.runtime["list"]]]
        return f"creation and runtime code match, with {', '.join(reasons) or 'nothing'} filled in"


def judge(candidates: Sequence[Candidate]) -> list[Judgement]:
    """One judgement per candidate, in their order. Raises ClickException if the library is not there."""
    if not candidates:
        return []
    if not LIBRARY.exists():
        raise click.ClickException(
            "scripts/deployment/node_modules has not Sourcify's library: run make setup, then ape run verify"
        )
    run = subprocess.run(
        [ROOT / "scripts" / "node.sh", "node", PROGRAM],
        input=json.dumps([_input(candidate) for candidate in candidates]),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if run.returncode != 0:
        raise click.ClickException(
            f"Sourcify's library ended with code {run.returncode}:\n{run.stderr[-1000:]}"
        )
    return [_judgement(answer) for answer in json.loads(run.stdout)]


def _input(candidate: Candidate) -> dict[str, Any]:
    artifact = candidate.artifact
    codes = {"bytecode": artifact.creation_code, "deployedBytecode": artifact.runtime_code}
    compiled = {"abi": artifact.abi, "evm": {name: {"object": _hex(code)} for name, code in codes.items()}}
    return {
        "address": candidate.address,
        "chainId": candidate.chain_id,
        "compilerVersion": COMPILER["vyper"],
        "target": {"path": artifact.path, "name": artifact.name},
        "input": standard_input(artifact),
        "output": {"contracts": {artifact.path: {artifact.name: compiled}}},
        "runtime": _hex(candidate.runtime),
        "creation": None if candidate.creation is None else _hex(candidate.creation),
    }


def _judgement(answer: dict[str, Any]) -> Judgement:
    none: dict[str, Any] = {"list": [], "values": {}}
    return Judgement(
        runtime_match=answer.get("runtimeMatch"),
        creation_match=answer.get("creationMatch"),
        runtime=answer.get("runtime", none),
        creation=answer.get("creation", none),
        error=answer.get("error"),
    )


def _hex(code: bytes) -> str:
    return "0x" + code.hex()
