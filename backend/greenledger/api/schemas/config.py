"""The page's configuration over the wire."""

from __future__ import annotations

from greenledger.api.schemas.words import View
from greenledger.api.settings import Settings
from greenledger.chain.deployment import Deployment
from greenledger.evidence.words import as_hex

# Names as in the public chain list, https://chainid.network; others are shown by their number.
CHAIN_NAMES = {
    1: "Ethereum",
    10: "OP Mainnet",
    137: "Polygon",
    1337: "Local chain",
    8453: "Base",
    31337: "Local chain",
    42161: "Arbitrum One",
    84532: "Base Sepolia",
    11155111: "Sepolia",
}


class ContractAddresses(View):
    council: str
    ledger: str
    credits: str


class PageConfig(View):
    chain_id: int
    chain_name: str
    rpc_url: str
    contracts: ContractAddresses
    deployed_block: int
    methodology: str
    explorer_url: str | None
    dev_wallet: bool


def page_config(deployment: Deployment, settings: Settings) -> PageConfig:
    return PageConfig(
        chain_id=deployment.chain_id,
        chain_name=CHAIN_NAMES.get(deployment.chain_id, f"Chain {deployment.chain_id}"),
        rpc_url=settings.browser_rpc_url,
        contracts=ContractAddresses(
            council=deployment.council, ledger=deployment.ledger, credits=deployment.credits
        ),
        deployed_block=deployment.block,
        methodology=as_hex(deployment.methodology),
        explorer_url=settings.explorer_url,
        dev_wallet=deployment.is_local,
    )
