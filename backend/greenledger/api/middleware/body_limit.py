"""Refuses request bodies above 1 MiB, stated or not, before anyone parses them. A few paths may take more."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem
from greenledger.footprint.fields import FieldError

MAX_BODY_BYTES = 1_048_576


def too_large(most: int) -> Problem:
    """What a body of more than `most` bytes is answered with."""
    reason = FieldError("body", f"is larger than {most} bytes", f"at most {most} bytes")
    return Problem(413, "body_too_large", "The request body is too large.", [reason])


class BodyLimit:
    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None) -> None:
        """`larger` holds limits in bytes of their own, by path."""
        self.app = app
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.larger.get(scope["path"], MAX_BODY_BYTES)
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdecimal() and int(stated[:20]) > most:
            await send_problem(too_large(most), send)
            return
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise too_large(most)
            return message

        await self.app(scope, limited, send)
