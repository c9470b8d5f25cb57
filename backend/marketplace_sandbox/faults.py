"""Faults that a test or a rehearsal can switch on: the market misbehaves as real ones do."""

import asyncio
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import formatdate
from fnmatch import fnmatchcase
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace_sandbox.wire import MarketError, refusal

REPLIES = ("slow", "429", "500", "cut-after-accept", "sunset")  # what happens to a request or its reply
OUTCOMES = ("order-fails", "partial", "wrong-serials", "used-serials", "wrong-beneficiary", "reverted")
REFUSALS = ("price-moved", "supply-gone", "quote-expired")
READING = ("out-of-order",)  # an order is shown as it was before
CALLS = ("webhook-twice", "webhook-out-of-order")
KINDS = (*REPLIES, *OUTCOMES, *REFUSALS, *READING, *CALLS)
MAX_SECONDS = {"slow": 60.0, "429": 3600.0}  # of other kinds ten years, as for a sunset
TEN_YEARS_S = 315_360_000.0


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the requests it hits, how many of them, after how many, and for how long.

    `on` is "METHOD /path", where "*" stands for any text: "POST /orders", "* /cnaught/*", or "*" alone. What
    hits no request has a name of its own: "WEBHOOK cnaught".
    """

    kind: str
    on: str = "*"
    times: int = 1
    seconds: float = 1.0
    after: int = 0

    def as_json(self) -> dict[str, object]:
        """The fault as the control endpoint shows it."""
        return {
            "kind": self.kind,
            "on": self.on,
            "times": self.times,
            "seconds": self.seconds,
            "after": self.after,
        }


def parse_fault(value: Any) -> Fault:
    """Read one fault; raises MarketError naming what is wrong."""
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        raise MarketError(400, "Bad Request", f"faults[].kind: expected one of {', '.join(KINDS)}")
    on, times, seconds = value.get("on", "*"), value.get("times", 1), value.get("seconds", 1)
    after, most = value.get("after", 0), MAX_SECONDS.get(value["kind"], TEN_YEARS_S)
    if not isinstance(on, str):
        raise MarketError(400, "Bad Request", 'faults[].on: expected "METHOD /path" or "*"')
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise MarketError(400, "Bad Request", "faults[].times: expected an integer >= 1")
    if not isinstance(after, int) or isinstance(after, bool) or after < 0:
        raise MarketError(400, "Bad Request", "faults[].after: expected an integer >= 0")
    if isinstance(seconds, (bool, str)) or not 0 <= float(seconds) <= most:
        raise MarketError(400, "Bad Request", f"faults[].seconds: expected 0 to {most:g}")
    return Fault(str(value["kind"]), on, times, float(seconds), after)


class FaultBox:
    """The faults switched on now; each is used up after `times` hits."""

    def __init__(self) -> None:
        """Start with a market that works."""
        self._faults: list[Fault] = []
        self._lock = threading.Lock()  # handlers run in threads

    def replace(self, faults: list[Fault]) -> None:
        """Switch to exactly these faults."""
        with self._lock:
            self._faults = list(faults)

    def active(self) -> list[Fault]:
        """The faults still switched on."""
        return list(self._faults)

    def take(self, kinds: tuple[str, ...], request: str) -> Fault | None:
        """Use up one hit of the first fault of these kinds that matches `request`."""
        with self._lock:
            for index, fault in enumerate(self._faults):
                if fault.kind not in kinds or not fnmatchcase(request, fault.on):
                    continue
                if fault.after:
                    self._faults[index] = replace(fault, after=fault.after - 1)
                    continue
                if fault.times == 1:
                    del self._faults[index]
                else:
                    self._faults[index] = replace(fault, times=fault.times - 1)
                return fault
        return None

    def refuse(self, request: str, words: Mapping[str, MarketError]) -> None:
        """Raises the market's words for the first fault that has this request refused."""
        fault = self.take(tuple(words), request)
        if fault is not None:
            raise words[fault.kind]


class FaultMiddleware:
    """Applies faults around the application; the control endpoints are never hit."""

    def __init__(self, app: ASGIApp, box: FaultBox) -> None:
        """Wrap `app` with the faults of `box`."""
        self.app = app
        self.box = box

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, delay or cut the request if a fault matches it."""
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox"):
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        fault = self.box.take(REPLIES, f"{scope['method']} {path}")
        if fault is None:
            await self.app(scope, receive, send)
        elif fault.kind == "429":
            error = MarketError(429, "Too Many Requests", "rate limit")
            await refusal(path, error, _retry_after(fault))(scope, receive, send)
        elif fault.kind == "500":
            error = MarketError(500, "Internal Server Error", "sandbox fault")
            await refusal(path, error)(scope, receive, send)
        elif fault.kind == "slow":
            await self.app(scope, receive, _delayed(send, fault.seconds))
        elif fault.kind == "sunset":
            await self.app(scope, receive, _announced(send, fault.seconds))
        else:
            await self.app(scope, receive, _cut(send))


def _retry_after(fault: Fault) -> Mapping[str, str]:
    return {"retry-after": str(int(fault.seconds))}


def _delayed(send: Send, seconds: float) -> Send:
    """Delay the reply, not the work: the caller may give up although the market did what it was asked."""

    async def send_late(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(seconds)
        await send(message)

    return send_late


def _announced(send: Send, seconds: float) -> Send:
    """Say with the reply that this version of the API ends in so many seconds (RFC 9745, RFC 8594)."""

    async def send_with_notice(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["deprecation"] = f"@{int(time.time())}"
            headers["sunset"] = formatdate(time.time() + seconds, usegmt=True)
        await send(message)

    return send_with_notice


def _cut(send: Send) -> Send:
    """Send the head and never the body: the server closes the connection after the work was done."""

    async def send_head_only(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)

    return send_head_only
