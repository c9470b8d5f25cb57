"""A payment desk on the tests' chain: a listed seller, a token in the shape of USDC, orders to open."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from deployed import ROOT, Deployed, LocalChain, account
from eth_account.signers.local import LocalAccount
from web3.contract import Contract

SELLER_ACCOUNT, PAYER_ACCOUNT, OWNER_ACCOUNT = 4, 5, 9  # of the development mnemonic
PRICE = 25_000_000  # base units of a token with six decimals
CAP = 10**12
FUNDS = 10**12
TONNE_UG = 10**12


@dataclass(frozen=True)
class Desk:
    """The contracts, and who sells and who pays."""

    chain: LocalChain
    desk: Contract
    token: Contract
    block: int

    @property
    def seller(self) -> LocalAccount:
        return account(SELLER_ACCOUNT)

    @property
    def payer(self) -> LocalAccount:
        return account(PAYER_ACCOUNT)

    def order(self, **changes: Any) -> tuple[Any, ...]:
        """An order in the shape of the contract's struct; `changes` by field."""
        now = self.chain.web3.eth.get_block("latest")["timestamp"]
        fields: dict[str, Any] = {
            "seller": self.seller.address,
            "payer": self.payer.address,
            "holder": self.payer.address,
            "token": self.token.address,
            "price": PRICE,
            "amount_ug": TONNE_UG,
            "min_ug": TONNE_UG,
            "registry": b"icr".ljust(32, b"\0"),
            "project": "ICR-9001",
            "vintage": 2022,
            "beneficiary": "A buyer",
            "quote_until": now + 86_400,
            "deadline": now + 7 * 86_400,
            "salt": secrets.token_bytes(32),
        }
        return tuple((fields | changes).values())

    def order_id(self, order: tuple[Any, ...]) -> str:
        identity: bytes = self.desk.functions.order_id(order).call()
        return f"0x{identity.hex()}"

    def quote(self, order: tuple[Any, ...]) -> bytes:
        """The seller's signature over an order."""
        identity: bytes = self.desk.functions.order_id(order).call()
        return bytes(self.seller.unsafe_sign_hash(identity).signature)

    def open(self, order: tuple[Any, ...] | None = None) -> str:
        """Opens an order with the payer's money and gives its id."""
        order = order or self.order()
        self.chain.transact(self.desk, "open", order, self.quote(order), sender=self.payer)
        return self.order_id(order)

    def decline(self, order: tuple[Any, ...]) -> None:
        """The seller gives the money back."""
        self.chain.transact(self.desk, "decline", order, sender=self.seller)


def deploy_desk(deployed: Deployed) -> Desk:
    """Deploys a desk over the tests' certificates, lists the seller, and funds the payer."""
    chain, owner = deployed.chain, account(OWNER_ACCOUNT)
    block = chain.web3.eth.block_number
    desk = chain.deploy(ROOT / "contracts/RetirementDesk.vy", owner.address, deployed.credits.address)
    token = chain.deploy(ROOT / "tests/contracts/mocks/token_usdc.vy")
    made = Desk(chain, desk, token, block)
    chain.transact(desk, "set_token", token.address, True, sender=owner)
    chain.transact(desk, "set_seller", made.seller.address, token.address, CAP, sender=owner)
    chain.transact(token, "mint", made.payer.address, FUNDS, sender=owner)
    chain.transact(token, "approve", desk.address, FUNDS, sender=made.payer)
    return made
