"""Faults that a test or a rehearsal can switch on: the market misbehaves as real ones do."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace_sandbox.wire import MarketError, error_response

KINDS = ("slow", "429", "500", "cut-after-accept", "order-fails")
MAX_SECONDS = 60


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the request it hits ("POST /orders" or "*"), how often, and for how long."""

    kind: str
    on: str = "*"
    times: int = 1
    seconds: float = 1.0

    def as_json(self) -> dict[str, object]:
        """The fault as the control endpoint shows it."""
        return {"kind": self.kind, "on": self.on, "times": self.times, "seconds": self.seconds}


def parse_fault(value: Any) -> Fault:
    """Read one fault; raises MarketError naming what is wrong."""
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        raise MarketError(400, "Bad Request", f"faults[].kind: expected one of {', '.join(KINDS)}")
    on, times, seconds = value.get("on", "*"), value.get("times", 1), value.get("seconds", 1)
    if not isinstance(on, str):
        raise MarketError(400, "Bad Request", 'faults[].on: expected "METHOD /path" or "*"')
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise MarketError(400, "Bad Request", "faults[].times: expected an integer >= 1")
    if isinstance(seconds, (bool, str)) or not 0 <= float(seconds) <= MAX_SECONDS:
        raise MarketError(400, "Bad Request", f"faults[].seconds: expected 0 to {MAX_SECONDS}")
    return Fault(str(value["kind"]), on, times, float(seconds))


class FaultBox:
    """The faults switched on now; each is used up after `times` hits."""

    def __init__(self) -> None:
        """Start with a market that works."""
        self._faults: list[Fault] = []

    def replace(self, faults: list[Fault]) -> None:
        """Switch to exactly these faults."""
        self._faults = list(faults)

    def active(self) -> list[Fault]:
        """The faults still switched on."""
        return list(self._faults)

    def take(self, kinds: tuple[str, ...], request: str) -> Fault | None:
        """Use up one hit of the first fault of these kinds that matches `request`."""
        for index, fault in enumerate(self._faults):
            if fault.kind in kinds and fault.on in ("*", request):
                if fault.times == 1:
                    del self._faults[index]
                else:
                    self._faults[index] = replace(fault, times=fault.times - 1)
                return fault
        return None


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
        fault = self.box.take(
            ("429", "500", "slow", "cut-after-accept"), f"{scope['method']} {scope['path']}"
        )
        if fault is None:
            await self.app(scope, receive, send)
        elif fault.kind == "429":
            refusal = error_response(MarketError(429, "Too Many Requests", "rate limit"), _retry_after(fault))
            await refusal(scope, receive, send)
        elif fault.kind == "500":
            await error_response(MarketError(500, "Internal Server Error", "sandbox fault"))(
                scope, receive, send
            )
        elif fault.kind == "slow":
            await self.app(scope, receive, _delayed(send, fault.seconds))
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


def _cut(send: Send) -> Send:
    """Send the head and never the body: the server closes the connection after the work was done."""

    async def send_head_only(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)

    return send_head_only
