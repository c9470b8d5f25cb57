"""The page's configuration over the wire."""

from __future__ import annotations

from eth_utils.address import to_checksum_address

from greenledger.api.explorers import explorer_of
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
    desk: str | None


class PaymentTokenView(View):
    address: str
    symbol: str
    decimals: int


class PageConfig(View):
    chain_id: int
    chain_name: str
    rpc_url: str
    contracts: ContractAddresses
    adapters: dict[str, str]  # address by name of the contract
    payment_tokens: list[PaymentTokenView]
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
            council=deployment.council,
            ledger=deployment.ledger,
            credits=deployment.credits,
            desk=deployment.desk,
        ),
        adapters=dict(deployment.adapters),
        payment_tokens=[
            PaymentTokenView(
                address=to_checksum_address(token.address), symbol=token.symbol, decimals=token.decimals
            )
            for token in settings.payment_tokens
        ],
        deployed_block=deployment.block,
        methodology=as_hex(deployment.methodology),
        explorer_url=explorer_of(settings, deployment.chain_id),
        dev_wallet=deployment.is_local,
    )
