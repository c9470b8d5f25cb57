"""Buyers of a rehearsal: they ask for a price, pay it into the desk, and lose patience with nobody."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount
from siwe import ISO8601Datetime, SiweMessage

from scripts.chaos.contracts import Chain
from scripts.dev.stack import CHAIN_ID

PATIENCE_S = 120.0
TONNE_UG = 10**12
SHARES = (1_000_000, 1_000_000, 400_000)  # millionths; some take what they can get
SPLIT_SHARES = (1_000_000, 400_000, 400_000)


class Unreachable(RuntimeError):
    """No gateway answered usefully for a long time; the text is the last thing that was heard."""


@dataclass(frozen=True)
class Paid:
    """An order whose payment is in the desk: its ids, the struct, the price in base units."""

    id: str
    desk_id: str
    order: dict[str, Any]

    @property
    def price(self) -> int:
        return int(self.order["price"])


@dataclass
class Buyer:
    """One account; whichever gateway lives is asked. `split` is a source that the market splits in half."""

    account: LocalAccount
    origin: str
    ports: list[int]
    chance: random.Random
    split: str
    cookie: str | None = None
    paid: list[Paid] = field(default_factory=list)

    def buy(self, chain: Chain, sources: list[str]) -> Paid:
        """A quote for a random amount, opened at the desk at once."""
        if self.cookie is None:
            self._sign_in()
        source = self.chance.choice(sources)
        body = {
            "source_id": source,
            "amount_ug": str(self.chance.randint(1, 5) * TONNE_UG),
            "payment_token": chain.token.address,
            "beneficiary_name": f"Buyer {self.account.address[:8]}",
            "reason": "A rehearsal",
            "min_share_ppm": self.chance.choice(SPLIT_SHARES if source == self.split else SHARES),
        }
        quote = self._ask("POST", "/v1/quotes", body)
        desk = quote["desk"]
        opening = desk["transactions"][1]
        chain.transact(self.account, opening["to"], opening["data"])
        made = Paid(quote["order"], desk["id"], desk["order"])
        self.paid.append(made)
        return made

    def order(self, order_id: str) -> dict[str, Any]:
        return self._ask("GET", f"/v1/orders/{order_id}")

    def _sign_in(self) -> None:
        now = datetime.now(UTC)
        message = SiweMessage(
            domain=self.origin.removeprefix("http://"),
            address=self.account.address,
            statement="Sign in to GPTX Green AI Ledger. This costs no gas.",
            uri=self.origin,
            version="1",
            chain_id=CHAIN_ID,
            nonce=self._ask("GET", "/v1/auth/nonce")["nonce"],
            issued_at=ISO8601Datetime.from_datetime(now),
            expiration_time=ISO8601Datetime.from_datetime(now + timedelta(minutes=5)),
        ).prepare_message()
        signature = self.account.sign_message(encode_defunct(text=message)).signature.to_0x_hex()
        self._ask("POST", "/v1/auth/sign-in", {"message": message, "signature": signature})

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Asks one gateway after the other until one answers: they are being killed all the time."""
        deadline, heard = time.monotonic() + PATIENCE_S, ""
        headers = {"origin": self.origin} | ({"cookie": self.cookie} if self.cookie else {})
        while time.monotonic() < deadline:
            url = f"http://127.0.0.1:{self.chance.choice(self.ports)}{path}"
            try:
                answer = httpx.request(method, url, json=body, headers=headers, timeout=20, trust_env=False)
            except httpx.HTTPError as error:
                heard = type(error).__name__
            else:
                if answer.is_success:
                    if "set-cookie" in answer.headers:
                        self.cookie = answer.headers["set-cookie"].split(";")[0]
                    found: dict[str, Any] = answer.json()
                    return found
                heard = f"{answer.status_code} {answer.text[:300]}"
            time.sleep(0.2)
        raise Unreachable(f"{method} {path}: {heard}")
