"""Refusals of telemetry in the protocol's own shape, whoever refuses.

An exporter reads a `google.rpc.Status` in the encoding that it sent, and repeats a request only after 429,
502, 503 or 504. Permissions, limits and failures answer with problem documents everywhere else, so those are
translated here, on their way out.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenledger.api import problems
from greenledger.api.media_types import declared_type
from greenledger.api.requests.telemetry_body import TELEMETRY_PATH
from greenledger.telemetry.messages import JSON, PROTOBUF, encode, status_of

RETRY_AFTER_S = 5
# A write that met another one is none of the exporter's mistakes: the same export works in a moment.
RETRYABLE = {409: 503}


class TelemetryErrors:
    """Around everything that may refuse a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(TELEMETRY_PATH):
            await self.app(scope, receive, send)
            return
        media_type = declared_type(Headers(scope=scope))
        await self.app(scope, receive, _Translation(send, media_type).send)


class _Translation:
    def __init__(self, send: Send, media_type: str) -> None:
        self._send = send
        self._media_type = media_type if media_type == PROTOBUF else JSON
        self._start: Message | None = None  # of a problem document whose body is awaited
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_problem(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        status: int = RETRYABLE.get(start["status"]) or start["status"]
        body = encode(status_of(status, _text(json.loads(self._body))), self._media_type)
        headers = MutableHeaders(scope=start)
        headers["content-type"] = self._media_type
        headers["content-length"] = str(len(body))
        if status in (429, 503) and "retry-after" not in headers:
            headers["retry-after"] = str(RETRY_AFTER_S)
        await self._send({**start, "status": status, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "") == problems.MEDIA_TYPE


def _text(problem: dict[str, Any]) -> str:
    """The problem in one text: what, where, and what would be right."""
    reasons = [
        f"{error['field']}: {error['problem']}, expected {error['expected']}." for error in problem["errors"]
    ]
    return " ".join([problem["detail"], *reasons])
