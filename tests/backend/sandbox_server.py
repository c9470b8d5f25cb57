"""The sandbox marketplace as a real server on a free port, for the tests that talk to it over HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn
from starlette.types import ASGIApp

from marketplace_sandbox.app import create_app
from marketplace_sandbox.settings import SandboxSettings
from marketplace_sandbox.store import Store

KEY = "cm_api_sandbox_for_tests"
READY_S = 20.0


class ServerThread:
    """Any ASGI application on a free port of the loopback address. Use as a context manager."""

    def __init__(self, app: ASGIApp) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app, log_level="critical", timeout_graceful_shutdown=1, lifespan="off", interface="asgi3"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + READY_S
        while not self._server.started:
            assert self._thread.is_alive() and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(READY_S)
        self._socket.close()


class SandboxServer(ServerThread):
    """The sandbox marketplace on its own SQLite file."""

    def __init__(self, folder: Path, completion_s: float = 0.05, quote_lifetime_s: float = 900.0) -> None:
        settings = SandboxSettings(folder / "market.sqlite", KEY, completion_s, quote_lifetime_s)
        self._app = create_app(settings)
        super().__init__(self._app)
        self._http = httpx.Client(base_url=self.url, trust_env=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        super().__exit__(kind, error, trace)

    def clock(self, clock: Callable[[], float]) -> None:
        """Makes the market's time another one, in Unix seconds."""
        store: Store = self._app.state.store
        store.now = clock

    def pass_time(self, seconds: float) -> None:
        """Moves the market's time forward."""
        store: Store = self._app.state.store
        ahead = store.now() - time.time() + seconds
        store.now = lambda: time.time() + ahead

    def start_over(self, folder: Path, completion_s: float = 0.05) -> None:
        """A market without orders and faults, on a new SQLite file."""
        self._app.state.store = Store(folder / "market.sqlite", completion_s, 900.0)
        self.switch_faults()

    def get(self, path: str, with_key: bool = False, **params: str | list[str]) -> httpx.Response:
        return self._http.get(path, params=params, headers=_headers(with_key))

    def post(self, path: str, body: object, with_key: bool = True) -> httpx.Response:
        return self._http.post(path, json=body, headers=_headers(with_key))

    def switch_faults(self, *faults: dict[str, Any]) -> None:
        """Makes exactly these faults happen; none makes the market work again."""
        assert self.post("/_sandbox/faults", {"faults": list(faults)}).status_code == 200

    def retirements(self, beneficiary: str | None = None) -> int:
        """How many retirements really happened, of all or for one beneficiary's address."""
        if beneficiary is None:
            count: int = self.get("/_sandbox/totals", with_key=True).json()["retirements"]
            return count
        listed = self.get("/retirements").json()
        return sum(item["beneficiaryAddress"].lower() == beneficiary.lower() for item in listed)

    def source_id(self, project: str = "ICR-9001") -> str:
        """The source id of a project's offer."""
        offers: Sequence[dict[str, Any]] = self.get("/prices", projectIds=[project]).json()
        return str(offers[0]["sourceId"])

    def quote(self, tonnes: float = 1.5, project: str = "ICR-9001") -> dict[str, Any]:
        """A fresh quote, as the market replies."""
        body = {"asset_price_source_id": self.source_id(project), "quantity_tonnes": tonnes}
        reply: dict[str, Any] = self.post("/quotes", body).json()
        return reply

    def deliver_calls(self) -> dict[str, int]:
        """Has the market make the calls that are due; says how many were taken and how many wait."""
        reply: dict[str, int] = self.post("/_sandbox/webhooks", {}).json()
        return reply

    def totals(self, market: str) -> dict[str, Any]:
        """Retirements that stand at CNaught or Isometric, and their tonnes."""
        found: dict[str, Any] = self.get("/_sandbox/totals", with_key=True).json()[market]
        return found

    def order(self, quote_uuid: str, **fields: str) -> httpx.Response:
        """Consumes a quote."""
        body = {"quote_uuid": quote_uuid, "beneficiary_name": "Test team", "retirement_message": "A test"}
        return self.post("/orders", body | fields)


def _headers(with_key: bool) -> dict[str, str]:
    return {"authorization": f"Bearer {KEY}", "x-client-secret": KEY} if with_key else {}
