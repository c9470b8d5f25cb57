"""Calls about orders that changed their state, made as CNaught makes them: until they are taken."""

import base64
import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import httpx

from marketplace_sandbox.cnaught.shapes import order_json
from marketplace_sandbox.cnaught.store import CnaughtOrder, CnaughtStore
from marketplace_sandbox.faults import FaultBox
from marketplace_sandbox.wire import encode

LIMIT_S = 5.0
GIVES_UP_S = 86_400.0
ON = "WEBHOOK cnaught"


class Courier:
    """Makes the calls that are due. `store` gives the store in use, which a test may have replaced."""

    def __init__(self, store: Callable[[], CnaughtStore], faults: FaultBox, secret: str | None) -> None:
        """With a `secret`, calls are signed by the Standard Webhooks specification; CNaught signs none."""
        self._store = store
        self._faults = faults
        self._secret = secret
        self._lock = threading.Lock()  # one round at a time, or a call would be made twice by accident

    def deliver(self) -> tuple[int, int]:
        """One round: how many calls were taken, and how many orders still wait."""
        with self._lock, httpx.Client(trust_env=False, timeout=LIMIT_S, follow_redirects=False) as http:
            store = self._store()
            due = [order for order in store.untold() if store.now() < order.complete_at + GIVES_UP_S]
            taken = sum(self._call(http, store, order) for order in due)
        return taken, len(due) - taken

    def run(self, every_s: float) -> None:
        """Deliver for ever, in a thread that ends with the process."""

        def rounds() -> None:
            while True:
                time.sleep(every_s)
                with suppress(sqlite3.Error):  # busy or away for a moment: the next round tries again
                    self.deliver()

        threading.Thread(target=rounds, name="webhooks", daemon=True).start()

    def _call(self, http: httpx.Client, store: CnaughtStore, order: CnaughtOrder) -> bool:
        now = store.now()
        news = encode(order_json(order, now)).encode()
        bodies = [news]
        if self._faults.take(("webhook-twice",), ON) is not None:
            bodies = [news, news]
        if self._faults.take(("webhook-out-of-order",), ON) is not None:
            bodies = [*bodies, encode(order_json(order, order.submitted_at)).encode()]
        answers = [self._post(http, order.body["notification_config"]["url"], body) for body in bodies]
        if all(answers):
            store.mark_told(order, order.state(now))
        return all(answers)

    def _post(self, http: httpx.Client, url: str, body: bytes) -> bool:
        headers = {"content-type": "application/json"}
        if self._secret is not None:
            headers |= signed(self._secret, body, int(time.time()))
        try:
            return http.post(url, content=body, headers=headers).status_code == 200
        except httpx.HTTPError:
            return False


def signed(secret: str, body: bytes, at: int) -> dict[str, str]:
    """The headers of a signed call at a time in Unix seconds."""
    identity = f"msg_{secrets.token_hex(8)}"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{identity}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": "v1," + base64.b64encode(mac).decode(),
    }
