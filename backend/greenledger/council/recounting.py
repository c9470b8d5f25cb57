"""Recounting the workloads of a batch, however many: fed line by line to a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from greenledger.council.recount_process import command
from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.evidence.structs import Footprint, struct_from_json
from greenledger.footprint.fields import FieldError

MAX_RESULT_BYTES = 65_536
# What a Python needs to find itself. A node's environment holds keys, which this process has no use for.
KEPT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR")


class RecountFailed(Exception):
    """The process ended without a result; trying again may help."""


async def recount(
    lines: AsyncIterable[bytes], methodology: bytes, tree_file: Path | None = None
) -> Footprint:
    """The footprint of the workloads in `lines` (JSON Lines in pieces of any size), `valid_until` 0.

    The nodes of the Merkle tree are written to `tree_file`. Raises InvalidDisclosure naming the workload that
    is wrong (then the rest of `lines` is not read), UnknownMethodology or RecountFailed.
    """
    async with _process(command(methodology, tree_file)) as process:
        result = asyncio.create_task(_result(process))
        try:
            await _feed(process, lines)
            found = await result
        finally:
            result.cancel()
    if "errors" in found:
        raise InvalidDisclosure(tuple(FieldError(**error) for error in found["errors"]))
    return struct_from_json(Footprint, found["footprint"], "footprint")


@asynccontextmanager
async def _process(arguments: list[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(*arguments, stdin=pipe, stdout=pipe, env=env)
    try:
        yield process
    finally:
        # If this process dies instead, the end of its standard input ends the other one.
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _feed(process: asyncio.subprocess.Process, lines: AsyncIterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        async for piece in lines:
            process.stdin.write(piece)
            await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return  # it has its result already
    process.stdin.close()


async def _result(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    text = await process.stdout.read(MAX_RESULT_BYTES)
    code = await process.wait()
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        raise RecountFailed(f"the recount ended with code {code}, expected a footprint") from None
    return found
