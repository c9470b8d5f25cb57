"""The end of a process: after SIGTERM it says that it is not ready, and serves on until the proxies know.

The server's own handler of the signal closes the listening socket at once, and connections that have not sent
their request yet. This part of the lifespan stands before it. Readiness is 503 from the signal on. After
`drain_seconds` nobody is listened to any more, a moment later the server's handler is called, and what is
still being answered then has the server's `--timeout-graceful-shutdown`. A second signal does not wait.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType

import structlog
import uvicorn

from greenledger.api.state import Gateway

ARRIVING_S = 0.5  # for requests of connections that were taken last

log = structlog.get_logger(__name__)


@asynccontextmanager
async def draining_part(gateway: Gateway) -> AsyncIterator[None]:
    """Stands before the server's handler of SIGTERM while the gateway runs."""
    handler = signal.getsignal(signal.SIGTERM)
    # Only a server in its main thread has a handler; signals of any other process are not ours to take.
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def received(number: int, frame: FrameType | None) -> None:
        if gateway.draining_since is not None:
            handler(number, frame)
            return
        gateway.draining_since = int(time.time())
        # Nothing more here: a signal comes in the middle of anything, a line of the log too.
        loop.call_soon_threadsafe(drain, number)

    def drain(number: int) -> None:
        wait_s = gateway.settings.drain_seconds
        log.info("draining", seconds=wait_s)
        loop.call_later(wait_s, _stop_listening, handler)
        loop.call_later(wait_s + ARRIVING_S, handler, number, None)

    signal.signal(signal.SIGTERM, received)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)


def _stop_listening(handler: Callable[..., object]) -> None:
    """Closes the listening sockets of the server whose handler this is, if it is one that we know."""
    server = getattr(handler, "__self__", None)
    if isinstance(server, uvicorn.Server):
        for listener in server.servers:
            listener.close()
