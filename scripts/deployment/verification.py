"""A whole deployment file against the source, and what the explorers need to show that source."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from ape.api import ProviderAPI

from greenledger.verified.record import VerifiedContract
from scripts.deployment import proxy
from scripts.deployment.artifacts import Artifact, compile_contract
from scripts.deployment.comparison import DIFFERS, EQUAL, Check, compare
from scripts.deployment.links import storage_checks
from scripts.deployment.requests import requests_for
from scripts.deployment.standard_input import compiled_from, standard_input
from scripts.deployment.verified import judge_all, sourcify_check, verified_contract


@dataclass
class Verdict:
    """All checks of one contract, and what may be shown of it if its source is exactly what was deployed."""

    contract: str
    address: str
    checks: list[Check]
    exact: VerifiedContract | None = None

    @property
    def is_equal(self) -> bool:
        """No check found a difference; one that the node could not answer is none."""
        return all(check.result != DIFFERS for check in self.checks)


def read(path: Path, chain_id: int) -> dict[str, Any]:
    """A deployment file of this chain; raises ClickException."""
    if not path.exists():
        raise click.ClickException(f"{path.name} is not there: ape run deploy writes it")
    record: dict[str, Any] = json.loads(path.read_text())
    if record["chain_id"] != chain_id:
        raise click.ClickException(f"{path.name} belongs to chain {record['chain_id']}, this is {chain_id}")
    if "salt" not in record:
        raise click.ClickException(f"{path.name} has no salt: its deployment did not come to its end")
    if not record["contracts"]:
        raise click.ClickException(f"{path.name} names no contracts: there is nothing to compare")
    return record


def verify(provider: ProviderAPI, record: dict[str, Any], source: Path, output: Path) -> list[Verdict]:
    """Compares every contract of the file, and writes what the explorers need of those that are equal."""
    salt = bytes.fromhex(record["salt"].removeprefix("0x"))
    proxy_code = bytes(provider.get_code(proxy.ADDRESS))
    check = Check("proxy", EQUAL if proxy_code == proxy.CODE else DIFFERS, f"code at {proxy.ADDRESS}")
    verdicts = [Verdict("Deployment proxy", proxy.ADDRESS, [check])]
    requests: list[dict[str, Any]] = []
    equal: dict[str, tuple[Verdict, Artifact]] = {}
    for name, entry in record["contracts"].items():
        try:
            artifact = compile_contract(name, source)
        except FileNotFoundError as error:
            verdicts.append(Verdict(name, entry["address"], [Check("source", DIFFERS, str(error))]))
            continue
        verdict = Verdict(name, entry["address"], compare(provider, salt, entry, artifact))
        if verdict.is_equal:
            verdict.checks.append(_standard_input(artifact, output))
            requests += _requests(artifact, record["chain_id"], entry, output)
            equal[name] = verdict, artifact
        verdicts.append(verdict)
    _add_sourcify(provider, record, equal)
    for verdict in verdicts[1:]:
        # Last, since a source is no less exact and fit for an explorer where a link is not set.
        verdict.checks += storage_checks(provider, record["contracts"], verdict.contract)
    _write(output / "requests.json", requests)
    lines = [f"# {request['contract']}, {request['service']}\n{request['curl']}" for request in requests]
    (output / "requests.sh").write_text("#!/bin/sh\n" + "\n\n".join(lines) + "\n")
    return verdicts


def _add_sourcify(
    provider: ProviderAPI, record: dict[str, Any], equal: dict[str, tuple[Verdict, Artifact]]
) -> None:
    """Has Sourcify's library look at all contracts at once: starting it takes longer than its work."""
    judgements = judge_all(provider, record, [artifact for _, artifact in equal.values()])
    for name, (verdict, artifact) in equal.items():
        entry, judgement = record["contracts"][name], judgements[name]
        is_known = any(check.name == "creation" and check.result == EQUAL for check in verdict.checks)
        verdict.checks.append(sourcify_check(judgement, is_known))
        if verdict.is_equal and judgement.is_exact:
            verdict.exact = verified_contract(artifact, entry, judgement)


def _standard_input(artifact: Artifact, output: Path) -> Check:
    """Writes the input and compiles from it, so that nobody is sent one that gives other code."""
    value = standard_input(artifact)
    _write(output / f"{artifact.name}.json", value)
    try:
        code = compiled_from(value, artifact)
    except ValueError as error:
        return Check("standard input", DIFFERS, f"it does not compile: {error}")
    if code != artifact.creation_code:
        return Check("standard input", DIFFERS, "it compiles to other creation code")
    return Check("standard input", EQUAL, f"{artifact.name}.json compiles to the same creation code")


def _requests(artifact: Artifact, chain_id: int, entry: dict[str, Any], output: Path) -> list[dict[str, Any]]:
    arguments = artifact.encode_arguments(entry["constructor_args"])
    file = f"{artifact.name}.json"
    found = requests_for(artifact, chain_id, entry["address"], arguments, entry["tx"], file)
    for request in found:
        if request.service == "sourcify":
            body = request.fields | {"stdJsonInput": standard_input(artifact)}
            _write(output / f"{artifact.name}.sourcify.json", body)
    return [{"contract": artifact.name} | asdict(request) for request in found]


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")
