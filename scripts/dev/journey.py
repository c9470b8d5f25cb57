"""A person's way through the product by HTTP and RPC, with their own key, for the demo and the tests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from eth_account import Account
from eth_account.messages import encode_defunct
from siwe import ISO8601Datetime, SiweMessage
from web3 import HTTPProvider, Web3
from web3.types import TxParams, TxReceipt

WAIT_SECONDS = 60.0


class JourneyError(RuntimeError):
    """A step was refused; the text is the problem document's, with its fields."""


@dataclass(frozen=True)
class Sent:
    """A mined transaction."""

    hash: str
    gas_used: int
    receipt: TxReceipt


class Traveller:
    """One account with its key, a gateway session and an RPC connection."""

    def __init__(self, origin: str, rpc_url: str, key: str) -> None:
        self.origin = origin
        self.account = Account.from_key(key)
        self.http = httpx.Client(base_url=origin, timeout=30, trust_env=False, headers={"origin": origin})
        self.web3 = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": 30}))

    def __enter__(self) -> Traveller:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    @property
    def address(self) -> str:
        return str(self.account.address)

    def get(self, path: str, **params: str) -> dict[str, Any]:
        return _answer(self.http.get(path, params=params))

    def post(self, path: str, body: object) -> dict[str, Any]:
        return _answer(self.http.post(path, json=body))

    def sign_in(self) -> dict[str, Any]:
        """Sign-In with Ethereum; the session is the cookie of the HTTP client."""
        now = datetime.now(UTC)
        message = SiweMessage(
            domain=self.origin.removeprefix("http://"),
            address=self.address,
            statement="Sign in to GPTX Green AI Ledger. This costs no gas.",
            uri=self.origin,
            version="1",
            chain_id=self.web3.eth.chain_id,
            nonce=self.get("/v1/auth/nonce")["nonce"],
            issued_at=ISO8601Datetime.from_datetime(now),
            expiration_time=ISO8601Datetime.from_datetime(now + timedelta(minutes=5)),
        ).prepare_message()
        signed = self.account.sign_message(encode_defunct(text=message))
        body = {"message": message, "signature": signed.signature.to_0x_hex()}
        return self.post("/v1/auth/sign-in", body)

    def send(self, transaction: dict[str, Any]) -> Sent:
        """Signs and sends `{to, data}` with this account's key and waits until it is mined.

        Raises `JourneyError` if it reverted; a simulation comes first, so the reason is the contract's.
        """
        call: TxParams = {
            "from": self.account.address,
            "to": Web3.to_checksum_address(transaction["to"]),
            "data": transaction["data"],
        }
        # In the next block, not the last one: a quiet chain's last block may be older than the retirement.
        self.web3.eth.call(call, "pending")
        call |= {"nonce": self.web3.eth.get_transaction_count(self.account.address), "gas": 3_000_000}
        call |= {"maxFeePerGas": Web3.to_wei(10, "gwei"), "maxPriorityFeePerGas": Web3.to_wei(1, "gwei")}
        call |= {"chainId": self.web3.eth.chain_id}
        raw = self.account.sign_transaction(call).raw_transaction
        receipt = self.web3.eth.wait_for_transaction_receipt(
            self.web3.eth.send_raw_transaction(raw), timeout=60
        )
        if receipt["status"] != 1:
            raise JourneyError(f"transaction {receipt['transactionHash'].to_0x_hex()} reverted")
        return Sent(receipt["transactionHash"].to_0x_hex(), receipt["gasUsed"], receipt)

    def wait_for_order(self, order_id: str, *states: str) -> dict[str, Any]:
        """Polls an order until it is in one of `states`; `JourneyError` if it ends elsewhere or is late."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            order = self.get(f"/v1/orders/{order_id}")
            if order["state"] in states:
                return order
            if order["state"] in ("failed", "refunded"):
                raise JourneyError(f"order {order_id} is {order['state']}: {order.get('error')}")
            if time.monotonic() > deadline:
                raise JourneyError(f"order {order_id} is still {order['state']} after {WAIT_SECONDS:.0f} s")
            time.sleep(0.25)


def _answer(response: httpx.Response) -> dict[str, Any]:
    if response.is_success:
        body: dict[str, Any] = response.json()
        return body
    request = f"{response.request.method} {response.request.url.path}"
    raise JourneyError(f"{request} was answered {response.status_code}: {response.text[:2000]}")
