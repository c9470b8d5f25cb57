"""What the owner sets after the deployment: it is in storage, so neither address nor code shows it."""

from __future__ import annotations

from typing import Any

from ape.api import ProviderAPI
from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from scripts.deployment.comparison import DIFFERS, EQUAL, NOT_CHECKED, TOLD, Check

# Set once and for good: the getter, and which contract of the deployment file it has to name.
LINKS = {
    "FootprintLedger": ("credits", "RetiredCredits"),
    "RetiredCredits": ("corrections", "CertificateCorrections"),
}

Entries = dict[str, dict[str, Any]]


def storage_checks(provider: ProviderAPI, entries: Entries, name: str) -> list[Check]:
    """The checks of one contract of a deployment file that its storage answers; most contracts have none."""
    if name in LINKS:
        return [_link(provider, entries, name)]
    if name.endswith("Adapter") and "RetiredCredits" in entries:
        return [_approval(provider, entries["RetiredCredits"]["address"], entries[name]["address"])]
    return []


def _link(provider: ProviderAPI, entries: Entries, name: str) -> Check:
    """Equal only to the file's address: whoever else is linked here can cover without certificates."""
    getter, other = LINKS[name]
    answer = _read(provider, entries[name]["address"], f"{getter}()")
    if answer is None:
        return Check("links", DIFFERS, f"{getter}() does not answer")
    if not any(answer):
        return Check("links", DIFFERS, f"{getter} not set")
    known = to_checksum_address(answer[-20:])
    if other not in entries:
        return Check("links", DIFFERS, f"{getter} is {known}, the file has no {other}")
    expected = to_checksum_address(entries[other]["address"])
    if known != expected:
        return Check("links", DIFFERS, f"{getter} is {known}, the file has {other} at {expected}")
    return Check("links", EQUAL, f"{getter} is {other} at {known}")


def _approval(provider: ProviderAPI, credits: str, adapter: str) -> Check:
    """Told and not judged: the owner may end an adapter."""
    answer = _read(provider, credits, "is_adapter(address)", encode(["address"], [adapter]))
    if answer is None:
        return Check("approved", NOT_CHECKED, "RetiredCredits does not say whether it is approved")
    word = "approved" if any(answer) else "not approved"
    return Check("approved", TOLD, f"{word} at RetiredCredits")


def _read(provider: ProviderAPI, address: str, signature: str, arguments: bytes = b"") -> bytes | None:
    """The one word that a view answers, None if it answers anything else."""
    web3: Any = provider.web3
    data = keccak(text=signature)[:4] + arguments
    try:
        answer = bytes(web3.eth.call({"to": to_checksum_address(address), "data": "0x" + data.hex()}))
    except Exception:  # every node has its own class of errors here
        return None
    return answer if len(answer) == 32 else None
