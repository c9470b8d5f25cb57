"""The public block explorer of a chain: the operator's choice, else the one that the chain is known by."""

from __future__ import annotations

from greenledger.api.settings import Settings

# Those with EIP-3091 paths (`/tx/`, `/address/`, `/block/`) of the public chain list, https://chainid.network.
EXPLORERS = {
    1: "https://etherscan.io",
    10: "https://optimistic.etherscan.io",
    137: "https://polygonscan.com",
    8453: "https://basescan.org",
    42161: "https://arbiscan.io",
    84532: "https://sepolia.basescan.org",
    11155111: "https://sepolia.etherscan.io",
}


def explorer_of(settings: Settings, chain_id: int) -> str | None:
    """Base URL without a slash at its end; None where there is no public one, as on a local chain."""
    return settings.explorer_url or EXPLORERS.get(chain_id)
