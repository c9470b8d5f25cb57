"""Threads for work that grows with what somebody sends.

The event loop's own threads verify sign-ins and draw pictures: no body, however slow it is to read, may take
those. Files and events have a few of their own each, so that neither waits for the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

# Python runs one of them at a time; a second lets short work by while the first is at something long.
MOST_THREADS = 2
UPLOADS = ThreadPoolExecutor(MOST_THREADS, "uploads")
EVENTS = ThreadPoolExecutor(MOST_THREADS, "events")

Given = ParamSpec("Given")
Made = TypeVar("Made")


async def in_thread(
    threads: ThreadPoolExecutor, work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """What `work` returns or raises, as `asyncio.to_thread` does, but in these threads."""
    context = copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(threads, lambda: context.run(work, *args, **kwargs))
