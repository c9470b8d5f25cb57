"""Which ledger contract an attestation is looked up at, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from greenledger.chain.deployment import Deployment
from greenledger.chain.errors import InvalidDeployment
from greenledger.cli.rpc import CannotRead
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.structs import checksum_address

FOLDER = Path("deployments")


@dataclass(frozen=True, slots=True)
class LedgerAt:
    """A ledger's address, the chain it is on if that is known, and the first block that can hold its events.

    `source` says where this is from.
    """

    address: str
    chain_id: int | None
    first_block: int
    source: str


def _deployed(file: Path) -> LedgerAt:
    try:
        found = Deployment.load(file)
    except InvalidDeployment as error:
        raise CannotRead(f"{file}: {error}") from error
    return LedgerAt(found.ledger, found.chain_id, found.block, str(file))


def named_ledger(ledger: str | None, deployment: Path | None) -> LedgerAt | None:
    """The ledger that the options name, None if neither does. Raises CannotRead or InvalidReport."""
    if ledger is not None and deployment is not None:
        raise CannotRead("--ledger and --deployment: both are given, expected one of them")
    if deployment is not None:
        return _deployed(deployment)
    if ledger is not None:
        return LedgerAt(checksum_address(ledger, "--ledger"), None, 0, "--ledger")
    return None


def bundle_ledger(bundle: EvidenceBundle) -> LedgerAt:
    """The ledger that a bundle names; its id is bound to it."""
    return LedgerAt(bundle.ledger, bundle.chain_id, 0, "the bundle")


def deployed_ledger(chain_id: int) -> LedgerAt:
    """The ledger of the deployment file of a chain in this directory. Raises CannotRead without one."""
    file = FOLDER / f"{chain_id}.json"
    if not file.is_file():
        raise CannotRead(
            f"which ledger? expected --ledger ADDRESS or --deployment FILE, since there is no {file} here"
        )
    return _deployed(file)
