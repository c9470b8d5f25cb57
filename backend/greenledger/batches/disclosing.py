"""The workloads of a batch as lines, read from the database a few at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from greenledger.council.recount_process import disclosed_line
from greenledger.usage import batches
from greenledger.usage.database import Database

AT_ONCE = 2_000


def unnoted(_done: int) -> None:
    """For whoever does not ask how far it is."""


async def lines_of(
    database: Database, account: str, batch_id: str, note: Callable[[int], None] = unnoted
) -> AsyncIterator[bytes]:
    """JSON Lines in pieces, in order of the workloads' ids; `note` is told how many there were so far.

    Work whose text was erased is left out.
    """
    after, done = "", 0
    while True:
        # A transaction for each piece: a reader may take minutes.
        async with database.transaction() as session:
            found = await batches.disclosures(session, account, batch_id, after, AT_ONCE)
        if not found:
            return
        yield b"".join(disclosed_line(canonical, salt) for _, canonical, salt in found)
        after, done = found[-1][0], done + len(found)
        note(done)
