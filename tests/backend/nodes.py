"""Real nodes for the tests: the application behind a real HTTP server, and people who sign in to it."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import uvicorn
from asgi_lifespan import LifespanManager
from deployed import CHAIN_ID, Deployed
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_account.signers.local import LocalAccount
from fastapi import FastAPI
from siwe import ISO8601Datetime, SiweMessage

from greenledger.api.app import create_app
from greenledger.api.settings import Settings
from greenledger.usage.migrate import upgrade

ORIGIN = "http://ledger.test"
PEER_TOKEN = "a token for the peers in the tests"  # noqa: S105
START_S = 20.0

# The published training run of BLOOM-176B: 1,082,990 A100 hours at 400 W in France, PUE 1.2, 57 g/kWh
# (Luccioni, Viguier, Ligozat: Estimating the Carbon Footprint of BLOOM, 2022).
BLOOM: dict[str, Any] = {
    "kind": "training",
    "name": "BLOOM-176B",
    "start": 1646956800,
    "end": 1657065600,
    "place": {"country": "FR"},
    "phases": [
        {
            "hardware": "a100-sxm-80gb",
            "device_seconds": "3898764000",
            "power_mw": "400000",
            "power_scope": "system",
        }
    ],
    "pue_ppm": "1200000",
    "grid_mg_per_kwh": "57000",
}


def workload(**changes: Any) -> dict[str, Any]:
    """The BLOOM run with some fields changed; None takes a field out."""
    return {name: value for name, value in (deepcopy(BLOOM) | changes).items() if value is not None}


class Databases(Protocol):
    """Fresh migrated databases."""

    def copy(self, file: Path) -> str:
        """URL of a new database; `file` is where it lies, if it is a file."""

    def remove(self, url: str) -> None:
        """Takes it away, if it would outlive the test's folder."""


@dataclass(frozen=True)
class SqliteDatabases:
    """Fresh migrated SQLite files, copied from one that was migrated once."""

    template: Path

    @classmethod
    def make(cls, folder: Path) -> SqliteDatabases:
        template = folder / "template.sqlite"
        # In a thread of its own: alembic drives an event loop, and so does pytest.
        migration = threading.Thread(target=upgrade, args=(url_of(template),))
        migration.start()
        migration.join()
        return cls(template)

    def copy(self, file: Path) -> str:
        shutil.copy(self.template, file)
        return url_of(file)

    def remove(self, url: str) -> None:
        """Nothing: the file goes with the test's folder."""


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def node_settings(deployed: Deployed, database_url: str, **changes: Any) -> Settings:
    """Settings of a node of the tests' council."""
    usual: dict[str, Any] = {
        "rpc_url": deployed.chain.rpc_url,
        "deployment": deployed.file,
        "database_url": database_url,
        "public_origin": ORIGIN,
        "council_key": deployed.council_keys[0],
        "peer_token": PEER_TOKEN,
        "rate_per_minute": 100_000,
        "sign_in_rate_per_minute": 100_000,
        "key_rate_per_minute": 100_000,
    }
    return Settings(**usual | changes)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serves an application over real HTTP in a thread of its own; gives its base URL."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the node did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_S)
        listener.close()


@dataclass(frozen=True)
class Running:
    """A node in this process, its HTTP client, and what it holds."""

    app: FastAPI
    client: httpx.AsyncClient
    settings: Settings


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Starts a node without a socket, lifespan included."""
    app = create_app(settings)
    async with LifespanManager(app, startup_timeout=20, shutdown_timeout=20) as manager:
        transport = httpx.ASGITransport(app=manager.app, raise_app_exceptions=False)
        headers = {"origin": settings.public_origin}
        async with httpx.AsyncClient(
            transport=transport, base_url=settings.public_origin, headers=headers
        ) as client:
            yield Running(app, client, settings)


def new_person() -> LocalAccount:
    made: LocalAccount = Account.create()
    return made


def siwe_message(address: str, nonce: str, **changes: Any) -> str:
    """The text that a wallet signs; `changes` make it wrong on purpose."""
    now = datetime.now(UTC)
    fields: dict[str, Any] = {
        "domain": ORIGIN.removeprefix("http://"),
        "address": address,
        "statement": "Sign in to GPTX Green AI Ledger. This costs no gas.",
        "uri": ORIGIN,
        "version": "1",
        "chain_id": CHAIN_ID,
        "nonce": nonce,
        "issued_at": ISO8601Datetime.from_datetime(now),
        "expiration_time": ISO8601Datetime.from_datetime(now + timedelta(minutes=5)),
    }
    text: str = SiweMessage(**fields | changes).prepare_message()
    return text


def signed(person: LocalAccount, message: str) -> dict[str, str]:
    """The body of a sign-in."""
    signature = person.sign_message(encode_defunct(text=message)).signature.to_0x_hex()
    return {"message": message, "signature": signature}


async def fresh_nonce(client: httpx.AsyncClient) -> str:
    nonce: str = (await client.get("/v1/auth/nonce")).json()["nonce"]
    return nonce


async def sign_in(
    client: httpx.AsyncClient,
    person: LocalAccount,
    *,
    signer: LocalAccount | None = None,
    expected: int = 200,
    **changes: Any,
) -> httpx.Response:
    """Signs a person in; the client keeps the cookie. `signer` signs in the person's place."""
    message = siwe_message(person.address, await fresh_nonce(client), **changes)
    response = await client.post("/v1/auth/sign-in", json=signed(signer or person, message))
    assert response.status_code == expected, response.text
    return response


async def stated(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """States a workload and gives the row."""
    response = await client.post("/v1/workloads", json={"workload": workload(**changes)})
    assert response.status_code == 201, response.text
    row: dict[str, Any] = response.json()
    return row


def problem(response: httpx.Response) -> tuple[int, str, list[str]]:
    """Status, code and the fields named by a problem document."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    body = response.json()
    assert body["status"] == response.status_code and body["detail"]
    assert all(error["problem"] and error["expected"] for error in body["errors"])
    return response.status_code, body["code"], [error["field"] for error in body["errors"]]


async def until(condition: Any, seconds: float = 5.0) -> None:
    """Waits until `condition()` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition never came"
        await asyncio.sleep(0.01)
