"""Somebody with a wallet who asks now this gateway, now that one, as the page behind one origin would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount
from siwe import ISO8601Datetime, SiweMessage

from scripts.dev.stack import CHAIN_ID

PATIENCE_S = 60.0


def finished_work(name: str) -> dict[str, Any]:
    """An hour of one accelerator in France, over long ago; another name is another piece of work."""
    return {
        "kind": "training",
        "name": name,
        "start": 1646956800,
        "end": 1646960400,
        "place": {"country": "FR"},
        "phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "3600"}],
    }


@dataclass
class Person:
    """One account; its session is a cookie that every gateway of the origin takes."""

    origin: str
    account: LocalAccount
    cookie: str | None = None

    def headers(self) -> dict[str, str]:
        return {"origin": self.origin} | ({"cookie": self.cookie} if self.cookie else {})

    def get(self, url: str, path: str) -> dict[str, Any]:
        return self.ask("GET", url, path, None, 200)

    def post(self, url: str, path: str, body: object, expected: int = 201) -> dict[str, Any]:
        return self.ask("POST", url, path, body, expected)

    def ask(self, method: str, url: str, path: str, body: object, expected: int) -> dict[str, Any]:
        answer = httpx.request(
            method, f"{url}{path}", json=body, headers=self.headers(), timeout=PATIENCE_S, trust_env=False
        )
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text[:600]}"
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def sign_in(self, url: str) -> None:
        self.post(url, "/v1/auth/sign-in", self.signed_message(url), expected=200)

    def signed_message(self, url: str) -> dict[str, str]:
        """The body of a sign-in, with a nonce of the gateway at `url`."""
        now = datetime.now(UTC)
        message = SiweMessage(
            domain=self.origin.removeprefix("http://"),
            address=self.account.address,
            statement="Sign in to GPTX Green AI Ledger. This costs no gas.",
            uri=self.origin,
            version="1",
            chain_id=CHAIN_ID,
            nonce=self.get(url, "/v1/auth/nonce")["nonce"],
            issued_at=ISO8601Datetime.from_datetime(now),
            expiration_time=ISO8601Datetime.from_datetime(now + timedelta(minutes=5)),
        ).prepare_message()
        signature = self.account.sign_message(encode_defunct(text=message)).signature.to_0x_hex()
        return {"message": message, "signature": signature}

    async def upload(self, url: str, workloads: list[dict[str, Any]]) -> dict[str, Any]:
        """Sends a file of JSON Lines; the last line of the answer, which is the summary."""
        content = "\n".join(map(json.dumps, workloads)).encode()
        headers = self.headers() | {"content-type": "application/x-ndjson"}
        async with httpx.AsyncClient(timeout=PATIENCE_S, trust_env=False) as http:
            answer = await http.post(f"{url}/v1/workloads/upload", content=content, headers=headers)
        assert answer.status_code == 200, answer.text
        summary: dict[str, Any] = json.loads(answer.text.splitlines()[-1])
        return summary
