"""Ends a request that takes too long, so that nothing waits for ever on somebody else's server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from fnmatch import fnmatchcase

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem

MAX_SECONDS = 30.0


class TimeLimit:
    def __init__(
        self, app: ASGIApp, max_seconds: float = MAX_SECONDS, longer: Mapping[str, float] | None = None
    ) -> None:
        """`longer` holds limits in seconds of their own, by path; * stands for any part of one."""
        self.app = app
        self.max_seconds = max_seconds
        self.longer = longer or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = (most for path, most in self.longer.items() if fnmatchcase(scope["path"], path))
        most = next(own, self.max_seconds)
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            async with asyncio.timeout(most) as limit:
                await self.app(scope, receive, note_start)
        except TimeoutError:
            if started or not limit.expired():
                raise
            detail = f"The request took longer than {most:g} s and was ended."
            await send_problem(Problem(503, "time_limit", detail), send)
