"""Somebody with a key to a gateway, for the tests of what programs use."""

from __future__ import annotations

from dataclasses import dataclass

from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import ORIGIN, new_person

from greenledger.client import Client, Connection, Retries

SCOPES = ("estimate", "submit", "record")
QUICK = Retries(attempts=3, first_s=0.01, longest_s=0.02, patience_s=0.05)


@dataclass(frozen=True)
class Owner:
    """Somebody with ether, an account at the gateway, and a key to it."""

    url: str
    wallet: LocalAccount
    api_key: str
    chain: Deployed

    def connection(self, **changes: object) -> Connection:
        usual: dict[str, object] = {
            "url": self.url,
            "api_key": self.api_key,
            "origin": ORIGIN,
            "retries": QUICK,
            "timeout_s": 20.0,
        }
        return Connection(**usual | changes)  # type: ignore[arg-type]


def new_client_owner(deployed: Deployed, gateway_url: str) -> Owner:
    """Somebody new, who signed in with their wallet once and made a key."""
    wallet = new_person()
    deployed.chain.fund(wallet.address)
    with Client(connection=Connection(gateway_url, origin=ORIGIN)) as client:
        client.sign_in(wallet)
        _, api_key = client.create_key("tests", SCOPES)
    return Owner(gateway_url, wallet, api_key, deployed)
