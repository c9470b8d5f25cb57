"""Turns a failure that nobody expected into a problem document, with the request's id and headers on it."""

from __future__ import annotations

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem

log = structlog.get_logger(__name__)


class LastResort:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, note_start)
        except Exception as error:
            if started:
                raise
            log.error("unexpected failure", error=type(error).__name__, exc_info=error)
            detail = "The server failed. Say the request id (header X-Request-ID) when you report it."
            await send_problem(Problem(500, "internal_error", detail), send)
