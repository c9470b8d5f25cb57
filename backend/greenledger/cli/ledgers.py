"""Which ledger the options of a command name."""

from __future__ import annotations

from pathlib import Path

from greenledger.chain.deployment import Deployment
from greenledger.chain.errors import InvalidDeployment
from greenledger.client.settings import stored
from greenledger.client.verification.ledger_at import LedgerAt
from greenledger.client.verification.rpc import CannotRead
from greenledger.evidence.structs import checksum_address

FOLDER = Path("deployments")


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


def usual_ledger(chain_id: int) -> LedgerAt:
    """The ledger of the deployment file of a chain in this directory, else the one that the login trusts.

    Raises CannotRead without either, and NotConfigured for a login that cannot be read.
    """
    file = FOLDER / f"{chain_id}.json"
    if file.is_file():
        return _deployed(file)
    login = stored()
    trusted = login.contracts.get("ledger") if login is not None else None
    if trusted is None:
        expected = "--ledger ADDRESS, --deployment FILE or `greenledger login`"
        raise CannotRead(f"which ledger? expected {expected}, since there is no {file} here")
    return LedgerAt(checksum_address(str(trusted), "the login's ledger"), None, 0, "the login")
