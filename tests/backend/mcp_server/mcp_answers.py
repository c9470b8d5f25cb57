"""Who talks to the server, and how its answers are read."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from mcp import Client
from mcp_types import CallToolResult, TextContent

COMMAND = str(Path(sys.executable).with_name("greenledger"))

Opened = Callable[..., AbstractAsyncContextManager[Client]]  # takes environment variables of the server


@asynccontextmanager
async def held(opening: AbstractAsyncContextManager[Client]) -> AsyncIterator[Client]:
    """The client, opened and closed by one task, as the SDK wants it; a fixture may be closed by another."""
    ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    async def hold() -> None:
        async with opening as client:
            ready.set_result(client)
            await done.wait()

    holding = asyncio.create_task(hold())
    await asyncio.wait([ready, holding], return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        holding.result()
    try:
        yield ready.result()
    finally:
        done.set()
        await holding


def structured(result: CallToolResult) -> dict[str, Any]:
    """The structured answer of a call that worked."""
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def failure(result: CallToolResult) -> str:
    """The words of a call that did not."""
    assert result.is_error, result.structured_content
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text
