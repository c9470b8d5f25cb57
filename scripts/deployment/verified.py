"""From a deployment to its verification record: the contracts whose source is exactly what was deployed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from ape.api import ProviderAPI

from greenledger.verified.record import VerifiedContract
from scripts.deployment.artifacts import COMPILER, Artifact
from scripts.deployment.comparison import DIFFERS, EQUAL, NOT_CHECKED, Check, compare, sent_input
from scripts.deployment.sourcify import Candidate, Judgement, judge

Record = dict[str, Any]


def exact_contracts(
    provider: ProviderAPI, record: Record, compiled: Callable[[str], Artifact]
) -> list[VerifiedContract]:
    """Every contract of a deployment file that equals its source in all checks."""
    salt = bytes.fromhex(record["salt"].removeprefix("0x"))
    artifacts = [compiled(name) for name in record["contracts"]]
    equal = [
        artifact
        for artifact in artifacts
        if all(
            check.result != DIFFERS
            for check in compare(provider, salt, record["contracts"][artifact.name], artifact)
        )
    ]
    judgements = judge_all(provider, record, equal)
    return [
        verified_contract(artifact, record["contracts"][artifact.name], judgements[artifact.name])
        for artifact in equal
        if judgements[artifact.name].is_exact
    ]


def judge_all(provider: ProviderAPI, record: Record, artifacts: Iterable[Artifact]) -> dict[str, Judgement]:
    """What Sourcify's library says of contracts of a deployment file, by name."""
    salt = bytes.fromhex(record["salt"].removeprefix("0x"))
    candidates = [_candidate(provider, record, artifact, salt) for artifact in artifacts]
    names = [candidate.artifact.name for candidate in candidates]
    return dict(zip(names, judge(candidates), strict=True))


def sourcify_check(judgement: Judgement, is_creation_known: bool) -> Check:
    """The judgement as one more check of the verification."""
    if judgement.is_exact:
        return Check("sourcify", EQUAL, judgement.detail)
    if not is_creation_known:
        return Check("sourcify", NOT_CHECKED, "the node does not have the transaction that made the contract")
    return Check("sourcify", DIFFERS, judgement.detail)


def verified_contract(artifact: Artifact, entry: dict[str, Any], judgement: Judgement) -> VerifiedContract:
    """`entry` is the contract's part of the deployment file."""
    return VerifiedContract(
        address=entry["address"],
        name=artifact.name,
        path=artifact.path,
        abi=artifact.abi,
        sources=artifact.sources,
        compiler_version=COMPILER["vyper"],
        evm_version=COMPILER["evm_version"],
        creation=judgement.creation,
        runtime=judgement.runtime,
        transaction=entry["tx"],
        block=entry["block"],
        verified_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _candidate(provider: ProviderAPI, record: Record, artifact: Artifact, salt: bytes) -> Candidate:
    entry = record["contracts"][artifact.name]
    sent = sent_input(provider, entry["tx"])
    return Candidate(
        artifact=artifact,
        chain_id=record["chain_id"],
        address=entry["address"],
        runtime=bytes(provider.get_code(entry["address"])),
        # The proxy takes the salt off before it makes the contract.
        creation=None if sent is None else sent[len(salt) :],
    )
