"""What the database holds in the end, read past every gateway."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


@dataclass(frozen=True)
class Stored:
    """Workloads of all accounts: how often each (account, id) and each (account, content) is there."""

    ids: Counter[tuple[str, str]]
    contents: Counter[tuple[str, str]]

    def lost(self, acknowledged: list[tuple[str, str, str]]) -> list[str]:
        """Events that a client was promised and that are not there exactly once."""
        return [event for account, event, id_ in acknowledged if self.ids[(account, id_)] != 1]

    def doubled(self) -> list[tuple[str, str]]:
        """Work that stands there more than once: every client states each piece under a name of its own."""
        return [content for content, count in self.contents.items() if count > 1]


async def read_stored(database_url: str, accounts: set[str]) -> Stored:
    engine = create_async_engine(database_url)
    try:
        async with engine.connect() as connection:
            rows = (await connection.execute(text("SELECT account, id, content_hash FROM workloads"))).all()
    finally:
        await engine.dispose()
    ours = [row for row in rows if row.account in accounts]
    return Stored(
        Counter((row.account, row.id) for row in ours),
        Counter((row.account, row.content_hash) for row in ours),
    )
