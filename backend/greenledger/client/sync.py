"""Carries flows out over blocking HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from greenledger.client.effects import MAX_REPLY_BYTES, Effect, Flow, NoAnswer, Reply, Send, T
from greenledger.client.lines import Collected

CHUNK_BYTES = 65_536
WHOLE_PER_PIECE = 4  # a whole answer may take as long as so many of its pieces
# What httpx says where the other side cannot have seen the request.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def limits(timeout_s: float) -> httpx.Timeout:
    """`timeout_s` between two pieces of an answer; connecting is quick or it fails."""
    return httpx.Timeout(timeout_s, connect=min(timeout_s, 10.0))


def new_http() -> httpx.Client:
    """Redirects are not followed: they could carry a key to another host."""
    return httpx.Client(follow_redirects=False, headers={"accept-encoding": "identity"})


def run(flow: Flow[T], http: httpx.Client) -> T:
    """The outcome of a flow; what it raises comes through."""
    reply: Reply | None = None
    failure: NoAnswer | None = None
    while True:
        try:
            effect = flow.throw(failure) if failure else flow.send(reply)
        except StopIteration as end:
            outcome: T = end.value
            return outcome
        reply = failure = None
        try:
            reply = _perform(effect, http)
        except NoAnswer as error:
            failure = error


def _perform(effect: Effect, http: httpx.Client) -> Reply | None:
    if not isinstance(effect, Send):
        time.sleep(effect.seconds)
        return None
    try:
        with http.stream(
            effect.method,
            effect.url,
            headers=dict(effect.headers),
            params=dict(effect.params) or None,
            content=_chunks(effect.content) if isinstance(effect.content, Path) else effect.content,
            timeout=limits(effect.timeout_s),
        ) as response:
            on_line = effect.on_line if response.is_success else None
            collected = Collected(on_line, MAX_REPLY_BYTES, WHOLE_PER_PIECE * effect.timeout_s)
            for chunk in response.iter_bytes():
                collected.add(chunk)
            return Reply(response.status_code, dict(response.headers), collected.end())
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswer(type(error).__name__, sent=not isinstance(error, NOT_SENT)) from error
    finally:
        http.cookies.clear()  # the session is kept by the connection, and shown where it is meant to be


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
