"""What the ledger holds, from its events as they were followed: lists that the contracts do not keep.

Only events with all their confirmations are here. What an attestation or a certificate is worth now is asked
of the contracts, not of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenledger.chain.events import Event
from greenledger.journal.events import event_of
from greenledger.usage import cursors
from greenledger.usage.database import Database
from greenledger.usage.ledger_events import (
    Ledger,
    events_about,
    events_with,
    minted_after,
    minted_from,
    moves,
)
from greenledger.usage.models.chain_event import ChainEvent

BEFORE_ALL = (-1, -1)
VOIDED = "CertificateVoided"


@dataclass(frozen=True)
class Minted:
    """A certificate that stands, from its minting; `holder` has it now. `place` is block and log index."""

    certificate: str
    holder: str
    minting: Event

    @property
    def place(self) -> tuple[int, int]:
        return self.minting.block.number, self.minting.log_index


@dataclass(frozen=True)
class Page:
    """Certificates in the order of the chain; `next` is the place to go on from, None at the end."""

    items: tuple[Minted, ...]
    next: tuple[int, int] | None


@dataclass(frozen=True)
class LedgerBook:
    """Reads the followed events of FootprintLedger and RetiredCredits."""

    database: Database
    ledger: Ledger

    async def followed_to(self) -> int | None:
        """The last block whose events are all here, None before the first."""
        async with self.database.transaction() as session:
            found = await cursors.get_cursor(session, self.ledger.chain_id, self.ledger.contracts)
        return None if found is None else found[0]

    async def attestations(self, account: str, limit: int) -> list[str]:
        """Ids of the first `limit` attestations of an account (checksum address), superseded ones too."""
        async with self.database.transaction() as session:
            rows = await events_with(session, self.ledger, "FootprintRecorded", "account", account, limit)
        return [row.subject for row in rows]

    async def own(self, account: str, attestations: Sequence[str]) -> set[str]:
        """Those among some attestations that an account (checksum address) recorded."""
        async with self.database.transaction() as session:
            rows = await events_about(session, self.ledger, ["FootprintRecorded"], attestations)
        return {row.subject for row in rows if row.arguments["account"] == account}

    async def minting(self, certificate: str) -> Event | None:
        """How a certificate (0x, 64 hex digits) was minted, None if that was not followed."""
        async with self.database.transaction() as session:
            rows = await events_about(session, self.ledger, ["CertificateMinted"], [certificate])
        return event_of(rows[0]) if rows else None

    async def mintings_from(self, book: str) -> list[Event]:
        """How the certificates of a serial book (0x, 64 hex digits) were minted, void ones too."""
        async with self.database.transaction() as session:
            rows = await minted_from(session, self.ledger, book)
        return [event_of(row) for row in rows]

    async def is_minted_for(self, order: str) -> bool:
        """Whether a certificate was minted for a desk's order (0x, 64 hex digits)."""
        async with self.database.transaction() as session:
            return bool(await events_with(session, self.ledger, "CertificateMinted", "order", order, 1))

    async def allocations(self, certificate: str) -> dict[str, int]:
        """µgCO2e of a certificate by attestation, first allocated first, less what was undone."""
        async with self.database.transaction() as session:
            names = ["Allocated", "AllocationUndone"]
            rows = await events_about(session, self.ledger, names, [certificate])
        sums: defaultdict[str, int] = defaultdict(int)
        for row in rows:
            sign = 1 if row.name == "Allocated" else -1
            sums[row.arguments["attestation"]] += sign * int(row.arguments["amount_ug"])
        return {attestation: amount_ug for attestation, amount_ug in sums.items() if amount_ug > 0}

    async def minted(self, after: tuple[int, int], limit: int, holder: str | None = None) -> Page:
        """Up to `limit` certificates after a place, all or those that `holder` (checksum address) has now.

        A void one is left out: the council took it back.
        """
        async with self.database.transaction() as session:
            rows = await minted_after(session, self.ledger, after, limit + 1, holder)
            subjects = [row.subject for row in rows]
            void = {row.subject for row in await events_about(session, self.ledger, [VOIDED], subjects)}
            moved = {int(row.arguments["token_id"]): row for row in await moves(session, self.ledger)}
        found = [event_of(row) for row in rows[:limit]]
        held = [Minted(event.subject, _holder(event, moved), event) for event in found]
        items = [one for one in held if one.certificate not in void and holder in (None, one.holder)]
        return Page(tuple(items), held[-1].place if len(rows) > limit else None)


def _holder(minting: Event, moved: Mapping[int, ChainEvent]) -> str:
    move = moved.get(int(minting.subject, 16))
    return str(move.arguments["receiver"] if move else minting.arguments["holder"])
