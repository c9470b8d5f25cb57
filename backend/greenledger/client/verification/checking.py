"""Checking with what a client knows: the RPC URL, and the ledger that its gateway names."""

from __future__ import annotations

from greenledger.client.shapes import Config
from greenledger.client.verification.checks import Verification
from greenledger.client.verification.disclosures import Disclosure, disclosure_from_json
from greenledger.client.verification.ledger_at import LedgerAt
from greenledger.client.verification.rpc import CannotRead, Rpc
from greenledger.client.verification.verify import verify_bundle, verify_id
from greenledger.evidence.bundle import bundle_from_json

SOURCE = "the gateway's configuration"


def ledger_of(config: Config) -> LedgerAt:
    return LedgerAt(config.ledger, config.chain_id, config.deployed_block, SOURCE)


def _silent(_ruled_out: int, _blocks: int) -> None:
    """Nobody looks on."""


def check(rpc_url: str, ledger: LedgerAt | None, target: object, disclosed: object | None) -> Verification:
    """Checks an attestation's id with what was disclosed of it, or an evidence bundle.

    Without a ledger a bundle's own is taken. Raises CannotRead, InvalidReport or InvalidDisclosure.
    """
    rpc = Rpc(rpc_url)
    try:
        if not isinstance(target, str):
            return verify_bundle(bundle_from_json(target), rpc, ledger)
        if ledger is None:
            raise CannotRead("ledger: which one holds the attestation is not known, expected an address")
        disclosure = disclosure_from_json(disclosed) if disclosed is not None else Disclosure()
        return verify_id(_id(target), rpc, ledger, disclosure, _silent)
    finally:
        rpc.close()


def _id(text: str) -> bytes:
    digits = text.removeprefix("0x")
    if len(digits) != 64 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        raise CannotRead("the id is not one, expected 0x and 64 hex digits")
    return bytes.fromhex(digits)
