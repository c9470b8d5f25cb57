"""Gives every request an id and writes one log line about it."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.logs import REQUEST_ID_HEADER

log = structlog.get_logger("greenledger.access")

# A client's own id is kept if it cannot be mistaken for anything else in a log.
_ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


class RequestId:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        stated = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        request_id = stated if _ACCEPTABLE.fullmatch(stated) else uuid.uuid4().hex
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID_HEADER] = request_id
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_id)
            finally:
                # Neither query nor headers: they can hold what must not be in a log.
                took_ms = round((time.perf_counter() - started) * 1000, 1)
                log.info(
                    "request", method=scope["method"], path=scope["path"][:200], status=status, ms=took_ms
                )
