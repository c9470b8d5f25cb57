"""Programs as the product's clients: a gateway over real HTTP, and somebody who gives them a key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import ORIGIN, new_person, node_settings, served, sign_in

from greenledger.api.app import create_app


@dataclass(frozen=True)
class Owner:
    """The owner of a wallet, who alone can sign, and the API key that a program was given."""

    person: LocalAccount
    api_key: str = ""

    async def new_key(self, gateway_url: str, *scopes: str) -> str:
        """A further key, made by signing in with the wallet."""
        async with httpx.AsyncClient(base_url=gateway_url, headers={"origin": ORIGIN}) as http:
            await sign_in(http, self.person)
            made = await http.post("/v1/keys", json={"name": "a program", "scopes": list(scopes)})
        assert made.status_code == 201, made.text
        key: str = made.json()["key"]
        return key


async def new_owner(deployed: Deployed, gateway_url: str) -> Owner:
    """Somebody with gas, whose key may state work and have reports signed."""
    person = new_person()
    deployed.chain.fund(person.address)
    return Owner(person, await Owner(person).new_key(gateway_url, "submit", "record"))


@contextmanager
def served_gateway(
    deployed: Deployed, database_url: str, peer_urls: tuple[str, ...], **settings: Any
) -> Iterator[str]:
    """The first node of the council behind a real HTTP server; gives its URL."""
    with served(
        create_app(node_settings(deployed, database_url, council_peers=peer_urls, **settings))
    ) as url:
        yield url
