"""Refuses request bodies above 1 MiB, stated or not, before anyone parses them."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api.problems import Problem, send_problem
from greenledger.footprint.fields import FieldError

MAX_BODY_BYTES = 1_048_576


def _too_large() -> Problem:
    reason = FieldError("body", f"is larger than {MAX_BODY_BYTES} bytes", f"at most {MAX_BODY_BYTES} bytes")
    return Problem(413, "body_too_large", "The request body is too large.", [reason])


class BodyLimit:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "")
        if stated.isdecimal() and int(stated[:20]) > MAX_BODY_BYTES:
            await send_problem(_too_large(), send)
            return
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY_BYTES:
                raise _too_large()
            return message

        await self.app(scope, limited, send)
