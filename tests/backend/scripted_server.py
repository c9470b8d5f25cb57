"""A real HTTP server that answers what a test wrote down: for replies that no well-behaved server gives."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field

from sandbox_server import ServerThread
from starlette.types import Receive, Scope, Send


@dataclass
class Answer:
    """One reply; `delay_s` comes before it."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    """A JSON reply; underscores in header names stand for hyphens."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(json.dumps(value).encode(), status, {"content-type": "application/json"} | named)


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


class ScriptedServer(ServerThread):
    """Answers each "METHOD /path" from its list, the last one again and again; 404 for what has no list."""

    def __init__(self) -> None:
        super().__init__(self._app)
        self.asked: list[Asked] = []
        self._answers: dict[str, deque[Answer]] = {}

    def forget(self) -> None:
        """Starts over: no answers, nothing asked."""
        self.asked.clear()
        self._answers.clear()

    def will(self, request: str, *answers: Answer) -> None:
        """Sets the answers to "METHOD /path"."""
        self._answers[request] = deque(answers)

    def count(self, request: str) -> int:
        """How often "METHOD /path" was asked."""
        return sum(f"{asked.method} {asked.path}" == request for asked in self.asked)

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        asked = Asked(scope["method"], scope["path"], scope["query_string"].decode(), headers, bytes(body))
        self.asked.append(asked)
        answers = self._answers.get(f"{asked.method} {asked.path}", deque([Answer(b"{}", 404)]))
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        await asyncio.sleep(answer.delay_s)
        pairs = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
        await send({"type": "http.response.body", "body": answer.body})
