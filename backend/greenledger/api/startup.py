"""What is checked before anything is served."""

from __future__ import annotations

from greenledger.api.settings import Settings
from greenledger.chain.deployment import LOCAL_CHAINS
from greenledger.chain.keys import DEVELOPMENT_ACCOUNTS
from greenledger.council.signer import CouncilSigner


class UnsafeStart(RuntimeError):
    """The settings would put a key at risk or publish one; the text says which setting and what to do."""


def council_signer(settings: Settings, chain_id: int) -> CouncilSigner | None:
    """This node's signer, None if it has no key. Raises UnsafeStart for a development key on a real chain."""
    if settings.council_key is None:
        return None
    signer = CouncilSigner(settings.council_key.get_secret_value())
    if signer.address in DEVELOPMENT_ACCOUNTS and chain_id not in LOCAL_CHAINS:
        local = ", ".join(map(str, sorted(LOCAL_CHAINS)))
        raise UnsafeStart(
            f"GREENLEDGER_COUNCIL_KEY is the well-known development key of {signer.address} and the "
            f"deployment is on chain {chain_id}: expected a key of your own (development keys work on "
            f"chains {local} only)"
        )
    return signer


def check_public_rpc_url(settings: Settings, chain_id: int) -> None:
    """Raises UnsafeStart if browsers of a real chain would be told this node's own RPC URL."""
    if settings.public_rpc_url is None and chain_id not in LOCAL_CHAINS:
        raise UnsafeStart(
            "GREENLEDGER_PUBLIC_RPC_URL is not set and the deployment is on chain "
            f"{chain_id}: expected an RPC URL that everyone may read, since GREENLEDGER_RPC_URL may hold a "
            "provider's key and is never published beyond local chains"
        )
