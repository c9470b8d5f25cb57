"""One gateway as its client sees it: where it is, who asks, and how an answer is read."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from greenledger import __version__
from greenledger.client.effects import MAX_REPLY_BYTES, Flow, NoAnswer, Pause, Reply, Send, send
from greenledger.client.errors import (
    NotConfigured,
    UnexpectedAnswer,
    Unreachable,
    refusal,
)
from greenledger.client.retrying import Retries, may_repeat, retry_after_s
from greenledger.footprint.fields import MOST_ERRORS, FieldError
from greenledger.footprint.strict_json import InvalidJson, loads_strict

SESSION_COOKIE = "gl_session"
USER_AGENT = f"greenledger/{__version__}"
_LONGEST_DETAIL = 2_000


class Auth(StrEnum):
    """Who a request is from."""

    NOBODY = "nobody"
    ANYONE = "anyone"  # a key or session is shown if there is one
    ACCOUNT = "account"  # a key, else a session
    WALLET = "wallet"  # a session: a key is not enough


@dataclass(slots=True)
class Connection:
    """A gateway, and how to speak to it. Only `session` changes: the cookie after a sign-in.

    `url` has no path of its own; `origin` is the page's, which sign-in messages are addressed to.
    """

    url: str
    api_key: str | None = field(default=None, repr=False)
    rpc_url: str | None = field(default=None, repr=False)
    origin: str = ""
    retries: Retries = field(default_factory=Retries)
    timeout_s: float = 30.0
    account: str | None = None  # whose key it is, where that is known
    contracts: Mapping[str, str] = field(default_factory=dict)  # those trusted, by name; empty: the gateway's
    session: str | None = field(default=None, repr=False)
    clock: Callable[[], float] = time.time
    random: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise NotConfigured("the gateway's URL is not one, expected such as https://ledger.example")
        if self.api_key is not None and not _is_header_text(self.api_key):
            raise NotConfigured("the API key holds characters that no key has, expected gl_... on one line")
        self.url = self.url.rstrip("/")
        self.origin = (self.origin or f"{parts.scheme}://{parts.netloc}").rstrip("/")

    def __repr__(self) -> str:
        return f"Connection({self.url!r})"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the API. `harmless`: repeating it does nothing new, so that it may be retried."""

    method: str
    path: str
    body: object = None
    params: Mapping[str, str] = field(default_factory=dict)
    auth: Auth = Auth.ACCOUNT
    harmless: bool = False
    file: Path | None = None
    media_type: str = "application/json"
    timeout_s: float | None = None
    on_line: Callable[[bytes], None] | None = None


def get(path: str, auth: Auth = Auth.ACCOUNT, params: Mapping[str, str] | None = None) -> Call:
    return Call("GET", path, params=params or {}, auth=auth, harmless=True)


def _is_header_text(text: str) -> bool:
    return 0 < len(text) <= 512 and all("!" <= letter <= "~" for letter in text)


def _credentials(connection: Connection, auth: Auth) -> dict[str, str]:
    if auth is Auth.NOBODY:
        return {}
    if connection.api_key and auth is not Auth.WALLET:
        return {"authorization": f"Bearer {connection.api_key}"}
    if connection.session:
        # The Origin that a page of its own would send: without it a cookie may change nothing.
        return {"cookie": f"{SESSION_COOKIE}={connection.session}", "origin": connection.origin}
    if auth is Auth.ANYONE:
        return {}
    if auth is Auth.WALLET:
        raise NotConfigured("this needs a signed-in wallet, not a key: sign in first, with a signer")
    raise NotConfigured(
        "this needs an API key: give api_key, set GREENLEDGER_API_KEY, or `greenledger login`"
    )


def _request(connection: Connection, call: Call) -> Send:
    headers = {"user-agent": USER_AGENT, "accept": "application/json"} | _credentials(connection, call.auth)
    content: bytes | Path | None = call.file
    if call.body is not None:
        content = json.dumps(call.body, ensure_ascii=False, allow_nan=False).encode()
    if content is not None:
        headers["content-type"] = call.media_type
    if call.method == "POST" and call.harmless and call.auth is not Auth.NOBODY:
        headers["idempotency-key"] = uuid.uuid4().hex  # one for all attempts of this call
    return Send(
        call.method,
        connection.url + call.path,
        headers,
        call.params,
        content,
        call.timeout_s or connection.timeout_s,
        call.on_line,
    )


def exchange(connection: Connection, call: Call) -> Flow[Reply]:
    """The successful answer of a call, after retries where they are harmless.

    Raises Refused (or a kind of it), Unreachable or NotConfigured.
    """
    request = _request(connection, call)
    attempt = 0
    while True:
        status: int | None = None
        after_s: float | None = None
        sent = True
        try:
            reply = yield from send(request)
        except NoAnswer as failure:
            sent = failure.sent
            error: Exception = Unreachable(f"{connection.url} gave no answer: {failure}")
        else:
            if 200 <= reply.status < 300:
                return reply
            status, after_s = reply.status, retry_after_s(reply.headers.get("retry-after"), connection.clock)
            error = _problem(connection, call, reply, after_s)
        again = may_repeat(status, harmless=call.harmless, sent=sent)
        wait_s = connection.retries.wait_s(attempt, after_s, connection.random) if again else None
        if wait_s is None:
            raise error
        attempt += 1
        yield Pause(wait_s)


def ask(connection: Connection, call: Call) -> Flow[tuple[int, Any]]:
    """Status and JSON of the successful answer. Raises as `exchange`, and UnexpectedAnswer."""
    reply = yield from exchange(connection, call)
    return reply.status, document(connection, reply.content)


def document(connection: Connection, content: bytes) -> Any:
    """JSON of an answer. Raises UnexpectedAnswer."""
    try:
        return loads_strict(content, MAX_REPLY_BYTES)
    except InvalidJson:
        raise UnexpectedAnswer(
            f"{connection.url} answered something other than JSON, is it the ledger's gateway?"
        ) from None


def _problem(connection: Connection, call: Call, reply: Reply, after_s: float | None) -> Exception:
    try:
        body = loads_strict(reply.content)
    except InvalidJson:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("code"), str):
        detail = f"{call.method} {call.path} was answered {reply.status} without a reason"
        return refusal(reply.status, "no_reason", f"{connection.url}: {detail}", (), after_s)
    listed = body.get("errors")
    errors = [_field_error(item) for item in (listed if isinstance(listed, list) else [])[:MOST_ERRORS]]
    detail = str(body.get("detail", ""))[:_LONGEST_DETAIL]
    return refusal(reply.status, body["code"][:100], detail, errors, after_s)


def _field_error(item: Any) -> FieldError:
    found = item if isinstance(item, dict) else {}
    field_, problem, expected = (str(found.get(name, ""))[:500] for name in ("field", "problem", "expected"))
    return FieldError(field_, problem, expected)
