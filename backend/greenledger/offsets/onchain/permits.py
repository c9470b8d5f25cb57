"""Approvals by signature (EIP-2612), for tokens whose domain is known for sure."""

from __future__ import annotations

from typing import Any

from greenledger.chain.node import ChainNode
from greenledger.chain.views import ask_view_or_none
from greenledger.evidence.typed_data import Domain, domain_separator
from greenledger.offsets.onchain.shapes import DOMAIN_SEPARATOR, EIP712_DOMAIN, NAME, NONCES, VERSION

USUAL_VERSION = "1"
_ADDRESSES = ("owner", "spender")
_NUMBERS = ("value", "nonce", "deadline")
_DOMAIN = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address"}


async def permit_domain(node: ChainNode, token: str, account: str) -> Domain | None:
    """The domain whose hash is the one that the token states, None if it takes no permits that we understand.

    A signature under a wrong domain would be worth nothing, so a guess counts only if its hash is right.
    """
    separator = await ask_view_or_none(node, token, DOMAIN_SEPARATOR)
    if separator is None or await ask_view_or_none(node, token, NONCES, account) is None:
        return None
    for name, version in await _guesses(node, token):
        domain = Domain(name, version, node.chain_id, token)
        if domain_separator(domain) == separator[0]:
            return domain
    return None


async def _guesses(node: ChainNode, token: str) -> list[tuple[str, str]]:
    stated = await ask_view_or_none(node, token, EIP712_DOMAIN)
    name = await ask_view_or_none(node, token, NAME)
    version = await ask_view_or_none(node, token, VERSION)
    guesses = [(stated[1], stated[2])] if stated else []
    if name:
        guesses += [(name[0], version[0])] if version else []
        guesses += [(name[0], USUAL_VERSION)]
    return guesses


def permit_typed_data(
    domain: Domain, owner: str, spender: str, value: int, nonce: int, deadline: int
) -> dict[str, Any]:
    """What `eth_signTypedData_v4` takes; whole numbers as decimal strings, `deadline` in Unix seconds."""
    fields = [{"name": name, "type": "address"} for name in _ADDRESSES]
    fields += [{"name": name, "type": "uint256"} for name in _NUMBERS]
    return {
        "types": {
            "EIP712Domain": [{"name": name, "type": kind} for name, kind in _DOMAIN.items()],
            "Permit": fields,
        },
        "primaryType": "Permit",
        "domain": {
            "name": domain.name,
            "version": domain.version,
            "chainId": domain.chain_id,
            "verifyingContract": domain.contract,
        },
        "message": {
            "owner": owner,
            "spender": spender,
            "value": str(value),
            "nonce": str(nonce),
            "deadline": str(deadline),
        },
    }
