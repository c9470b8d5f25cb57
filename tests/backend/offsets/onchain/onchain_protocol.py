"""A carbon protocol on the tests' chain: an adapter that the ledger approves, and tokens that it lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployed import OWNER_ACCOUNT, ROOT, Deployed, account
from eth_account.signers.local import LocalAccount
from web3.contract import Contract

from greenledger.chain.deployment import Deployment

GRAM_UG = 10**6
UNITS_PER_UG = 10**6
MOCKS = ROOT / "tests" / "contracts" / "mocks"
CARBON_TOKEN = Path(__file__).with_name("carbon_token.vy")


def listing(enabled: bool = True, vintage: int = 2021) -> tuple[Any, ...]:
    """What the owner states of a token: registry, project, vintage, whether it is retired."""
    return b"verra".ljust(32, b"\0"), "VCS-191", vintage, enabled


@dataclass(frozen=True)
class Protocol:
    """The adapter, a token with permits and one without, and the deployment that names the adapter."""

    deployed: Deployed
    file: Path
    adapter: Contract
    permitting: Contract
    plain: Contract

    @property
    def deployment(self) -> Deployment:
        return Deployment.load(self.file)

    def list_token(self, token: Contract, **changes: Any) -> None:
        """States what a token stands for, as the adapter's owner."""
        owner = account(OWNER_ACCOUNT)
        self.deployed.chain.transact(
            self.adapter, "set_listing", token.address, 0, *listing(**changes), sender=owner
        )

    def give(self, token: Contract, holder: str, grams: int) -> None:
        """Gives somebody tokens."""
        amount = grams * GRAM_UG * UNITS_PER_UG
        self.deployed.chain.transact(token, "issue", holder, amount, sender=account(OWNER_ACCOUNT))

    def carbon_token(self, name: str = "Carbon", symbol: str = "TCO2-191") -> Contract:
        """A further token, not listed."""
        return self.deployed.chain.deploy(CARBON_TOKEN, name, symbol)

    def send(self, sender: LocalAccount, transaction: dict[str, Any]) -> Any:
        """Sends one of the API's unsigned transactions with the sender's own key."""
        return self.deployed.chain.send(sender, transaction["to"], transaction["data"])


PRICE_PER_TONNE = 18 * 10**6  # base units of a payment token with 6 decimals


@dataclass(frozen=True)
class CreditMarket:
    """A Klima adapter whose protocol sells a token for a payment token."""

    protocol: Protocol
    adapter: Contract
    credit: Contract
    money: Contract
    seller: Contract

    def accept(self, spender: str) -> None:
        """Says who collects the payment token; nobody if it is the zero address."""
        owner = account(OWNER_ACCOUNT)
        chain = self.protocol.deployed.chain
        chain.transact(self.adapter, "set_payment_token", self.money.address, spender, sender=owner)


def deploy_market(protocol: Protocol) -> CreditMarket:
    """Deploys a market beside the protocol and names its adapter in the deployment file."""
    deployed, owner = protocol.deployed, account(OWNER_ACCOUNT)
    chain = deployed.chain
    carbon_class = deployed.ledger.address  # any contract: it only has to be the one that the seller knows
    seller = chain.deploy(MOCKS / "klima_seller.vy", PRICE_PER_TONNE, carbon_class)
    adapter = chain.deploy(
        ROOT / "contracts" / "adapters" / "KlimaAdapter.vy",
        owner.address,
        deployed.credits.address,
        seller.address,
    )
    chain.transact(deployed.credits, "set_adapter", adapter.address, True, sender=owner)
    credit, money = chain.deploy(MOCKS / "klima_credit.vy"), chain.deploy(MOCKS / "token_usdc.vy")
    chain.transact(adapter, "set_listing", credit.address, 0, *listing(), sender=owner)
    chain.transact(adapter, "set_offer", credit.address, carbon_class, sender=owner)
    made = CreditMarket(protocol, adapter, credit, money, seller)
    made.accept(seller.address)
    content = json.loads(protocol.file.read_text())
    content["contracts"]["KlimaAdapter"] = {"address": adapter.address}
    protocol.file.write_text(json.dumps(content))
    return made


def deploy_protocol(deployed: Deployed, file: Path) -> Protocol:
    """Deploys a Toucan adapter over the tests' certificates, with two tokens listed."""
    chain, owner = deployed.chain, account(OWNER_ACCOUNT)
    adapter = chain.deploy(
        ROOT / "contracts" / "adapters" / "ToucanAdapter.vy", owner.address, deployed.credits.address
    )
    chain.transact(deployed.credits, "set_adapter", adapter.address, True, sender=owner)
    content = json.loads(deployed.file.read_text())
    content["contracts"]["ToucanAdapter"] = {"address": adapter.address}
    file.write_text(json.dumps(content))
    made = Protocol(
        deployed,
        file,
        adapter,
        permitting=chain.deploy(CARBON_TOKEN, "Carbon", "TCO2-191"),
        plain=chain.deploy(MOCKS / "tco2.vy"),
    )
    made.list_token(made.permitting, vintage=2020)
    made.list_token(made.permitting)
    made.list_token(made.plain)
    return made
