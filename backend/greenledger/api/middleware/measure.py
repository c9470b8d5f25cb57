"""Counts requests and measures their time, by route template."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.measurements import Measurements

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measure:
    def __init__(self, app: ASGIApp, measurements: Measurements) -> None:
        self.app = app
        self.measurements = measurements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        self.measurements.in_flight.inc()
        try:
            await self.app(scope, receive, note_status)
        finally:
            self.measurements.in_flight.dec()
            # The template, never the path: a client must not be able to make new series at will.
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self.measurements.requests.labels(method, route, str(status)).inc()
            self.measurements.seconds.labels(method, route).observe(time.perf_counter() - started)
