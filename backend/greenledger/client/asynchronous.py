"""Carries flows out over asynchronous HTTP: the same steps as `sync`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from greenledger.client.effects import MAX_REPLY_BYTES, Effect, Flow, NoAnswer, Reply, Send, T
from greenledger.client.lines import Collected
from greenledger.client.sync import CHUNK_BYTES, NOT_SENT, WHOLE_PER_PIECE, limits


def new_http() -> httpx.AsyncClient:
    """Redirects are not followed: they could carry a key to another host."""
    return httpx.AsyncClient(follow_redirects=False, headers={"accept-encoding": "identity"})


async def run(flow: Flow[T], http: httpx.AsyncClient) -> T:
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
            reply = await _perform(effect, http)
        except NoAnswer as error:
            failure = error


async def _perform(effect: Effect, http: httpx.AsyncClient) -> Reply | None:
    if not isinstance(effect, Send):
        await asyncio.sleep(effect.seconds)
        return None
    try:
        async with http.stream(
            effect.method,
            effect.url,
            headers=dict(effect.headers),
            params=dict(effect.params) or None,
            content=_chunks(effect.content) if isinstance(effect.content, Path) else effect.content,
            timeout=limits(effect.timeout_s),
        ) as response:
            on_line = effect.on_line if response.is_success else None
            collected = Collected(on_line, MAX_REPLY_BYTES, WHOLE_PER_PIECE * effect.timeout_s)
            async for chunk in response.aiter_bytes():
                collected.add(chunk)
            return Reply(response.status_code, dict(response.headers), collected.end())
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswer(type(error).__name__, sent=not isinstance(error, NOT_SENT)) from error
    finally:
        http.cookies.clear()  # the session is kept by the connection, and shown where it is meant to be


async def _chunks(file: Path) -> AsyncIterator[bytes]:
    stream = await asyncio.to_thread(file.open, "rb")
    try:
        while chunk := await asyncio.to_thread(stream.read, CHUNK_BYTES):
            yield chunk
    finally:
        await asyncio.to_thread(stream.close)
