"""One certificate for each part of a block of serials that several retirements share.

A serial range or a transaction backs one certificate, and the contract sees to that. Parts of a shared block
it holds to the block's worth alone, so the council's nodes see to the rest, each by itself and without a
memory that could be lost: time is cut into spans, a report of such a part is good to the end of a span and
no longer, and a node signs it only in that span and only if no followed block holds a certificate of the same
retirement. So there is one report at a time, and its certificate is seen before the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from greenledger.chain.errors import ChainUnavailable
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.structs import SHARED_BLOCK, ZERO, RetirementReport, struct_as_json
from greenledger.evidence.words import as_hex
from greenledger.journal.ledger import LedgerBook
from greenledger.offsets.parts import VALIDITY_S

SPAN_S = VALIDITY_S  # so that no report of a span is good for longer than reports may be
SAME = ("amount_ug", "beneficiary", "retired_at")  # of one retirement out of one block, in whatever report


class BlockTimes(Protocol):
    """When blocks were made."""

    async def time_of(self, number: int) -> int:
        """Unix seconds; raises ChainUnavailable if there is no such block."""


@dataclass(frozen=True)
class SharedBlocks:
    """What a node knows of the certificates of shared blocks, from the blocks that it has followed."""

    book: LedgerBook
    blocks: BlockTimes

    async def until(self, now: int) -> int:
        """End of the span of the last followed block, Unix seconds.

        Raises ChainUnavailable if no block of the span that `now` (Unix seconds) is in was followed yet.
        """
        end = await self._end()
        if end <= now:
            raise ChainUnavailable("no block of the last days is confirmed yet: no report would be good now")
        return end

    async def mismatches(self, report: RetirementReport) -> tuple[Mismatch, ...]:
        """What speaks against signing `report`; nothing for other sources. Raises ChainUnavailable."""
        if report.source.kind != SHARED_BLOCK:
            return ()
        # In this order: the certificates are read of no fewer blocks than the time was.
        end = await self._end()
        found: tuple[Mismatch, ...] = ()
        if report.retirement.valid_until != end:
            expected = f"{end}, the end of these days: one report of a part of a block is good at a time"
            found += (Mismatch("retirement.valid_until", str(report.retirement.valid_until), expected),)
        if (certificate := await self.certificate_of(report)) is not None:
            backs = f"{report.retirement.serials}, which backs certificate {certificate} already"
            found += (Mismatch("retirement.serials", backs, "a retirement without a certificate"),)
        return found

    async def _end(self) -> int:
        followed = await self.book.followed_to()
        if followed is None:
            raise ChainUnavailable("no block has been followed yet")
        return (await self.blocks.time_of(followed) // SPAN_S + 1) * SPAN_S

    async def certificate_of(self, report: RetirementReport) -> str | None:
        """The certificate of the same retirement (0x, 64 hex digits) in the followed blocks, None if none."""
        if report.source.kind != SHARED_BLOCK:
            return None
        stated = struct_as_json(report)
        for minting in await self.book.mintings_from(as_hex(report.source.book)):
            if _same_retirement(stated, minting.arguments):
                return minting.subject
        return None


def _same_retirement(report: Mapping[str, Any], minted: Mapping[str, Any]) -> bool:
    # Two orders of a desk are two retirements, even if they were of the same amount in the same second.
    of_two_orders = report["order"] != minted["order"] and as_hex(ZERO) not in (
        report["order"],
        minted["order"],
    )
    is_same = all(report["retirement"][name] == minted["retirement"][name] for name in SAME)
    return is_same and report["source"] == minted["source"] and not of_two_orders
