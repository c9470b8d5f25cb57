"""Follows the events of our contracts from where it stopped, range by range, across reorganisations.

What it guarantees to the store: every event of the chain arrives, in the order of the chain, in the same call
that moves the cursor past it. When a block that was passed is not on the chain any more, the store is told to
go back to the newest known one that is, and following goes on from there. It may be killed at any point, and
several processes may follow for one store: the store moves the cursor only from where the follower saw it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

import structlog

from greenledger.chain.deployment import LOCAL_CHAINS
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.events import Event, EventDecoder
from greenledger.chain.node import Block, ChainNode

log = structlog.get_logger(__name__)

MOST_BLOCKS = 2_000  # at once; halved while the node refuses, doubled again while it answers
POLL_S = 1.0
LONGEST_WAIT_S = 60.0
KNOWN_AT_ONCE = 64
PUBLIC_CONFIRMATIONS = 12
LOCAL_CONFIRMATIONS = 1


class EventStore(Protocol):
    """Where events and cursor are kept; each call is one transaction."""

    async def cursor(self) -> Block | None:
        """The last block whose events are all stored."""

    async def known(self, below: int, limit: int) -> Sequence[Block]:
        """Blocks below a number that the cursor or an event was at, newest first."""

    async def advance(self, seen: Block | None, to: Block, events: Sequence[Event]) -> bool:
        """Store events and move the cursor, both or neither. False if it is not where it was seen."""

    async def roll_back(self, seen: Block, to: Block | None) -> bool:
        """Undo the events above a block (all of them if None), newest first, and move the cursor there.

        False if it is not where it was seen.
        """


class ChainMoved(ChainUnavailable):
    """The chain changed while it was read; reading it again helps."""


def confirmations_for(chain_id: int, setting: int | None) -> int:
    """Blocks that must hold an event, its own block included, before it counts: 1 is the newest block.

    Without a setting 1 on a development chain and 12 elsewhere (2.4 minutes on Ethereum; its `finalized`
    takes 13).
    """
    if setting is not None and setting < 1:
        raise ValueError(f"confirmations are {setting}, expected at least 1")
    return setting or (LOCAL_CONFIRMATIONS if chain_id in LOCAL_CHAINS else PUBLIC_CONFIRMATIONS)


class Follower:
    """Follows one set of contracts on one chain."""

    def __init__(
        self,
        node: ChainNode,
        store: EventStore,
        contracts: Mapping[str, str],
        start: int,
        confirmations: int,
        most_blocks: int = MOST_BLOCKS,
        poll_s: float = POLL_S,
    ) -> None:
        """`contracts` by name and address; `start` is the first block that can hold their events."""
        self._node = node
        self._store = store
        self._decoder = EventDecoder(contracts)
        self._start = start
        self._confirmations = confirmations
        self._most = most_blocks
        self._span = most_blocks
        self._poll_s = poll_s

    async def run(self) -> None:
        """Follow until cancelled."""
        log.info(
            "following the chain",
            chain=self._node.chain_id,
            contracts=len(self._decoder.addresses),
            start=self._start,
            confirmations=self._confirmations,
        )
        failures = 0
        while True:
            try:
                while await self.turn():
                    failures = 0
                failures = 0
            except ChainUnavailable as error:
                failures += 1
                log.warning("the chain cannot be followed now", problem=str(error))
            except Exception as error:
                # The database may be away for a moment, and a handler may fail: nothing is passed over.
                failures += 1
                log.error("following the chain", error=type(error).__name__, exc_info=error)
            await asyncio.sleep(min(self._poll_s * 2 ** min(failures, 16), LONGEST_WAIT_S))

    async def turn(self) -> bool:
        """One range forward, or back to before a reorganisation. Whether the cursor was moved.

        Raises ChainUnavailable, or whatever the store raises; then nothing is changed.
        """
        seen = await self._store.cursor()
        if seen is not None and await self._node.block(seen.number) != seen:
            return await self._go_back(seen)
        first = self._start if seen is None else seen.number + 1
        final = await self._node.head() - self._confirmations + 1
        if final < first:
            return False
        to, events = await self._read(seen, first, final)
        # False means that another process was faster: both go on from what is stored now.
        await self._store.advance(seen, to, events)
        return True

    async def _go_back(self, seen: Block) -> bool:
        """To the newest known block that is still on the chain.

        A node that has no block of that number says nothing: it may be behind, or the new fork still shorter.
        """
        differs = False
        below = seen.number + 1
        while known := await self._store.known(below, KNOWN_AT_ONCE):
            for block in known:
                found = await self._node.block(block.number)
                if found == block:
                    return differs and await self._roll_back(seen, block)
                differs = differs or found is not None
            below = known[-1].number
        return differs and await self._roll_back(seen, None)

    async def _roll_back(self, seen: Block, to: Block | None) -> bool:
        log.warning("chain reorganised", chain=self._node.chain_id, was_at=seen, goes_back_to=to)
        return await self._store.roll_back(seen, to)

    async def _read(self, seen: Block | None, first: int, final: int) -> tuple[Block, list[Event]]:
        """As many blocks from `first` on as the node gives at once, at most up to `final`."""
        while True:
            last = min(final, first + self._span - 1)
            try:
                found = await self._read_range(seen, first, last)
            except ChainMoved:
                raise
            except ChainUnavailable:
                if last == first:
                    raise
                self._span = (last - first + 1) // 2
            else:
                self._span = min(self._most, self._span * 2)
                return found

    async def _read_range(self, seen: Block | None, first: int, last: int) -> tuple[Block, list[Event]]:
        to = await self._node.block(last)
        if to is None:
            raise ChainMoved(f"block {last} is not there any more")
        events = [
            self._decoder.decode(item) for item in await self._node.logs(self._decoder.addresses, first, last)
        ]
        events.sort(key=lambda event: (event.block.number, event.log_index))
        if any(not first <= event.block.number <= last for event in events):
            raise ChainUnavailable("eth_getLogs: the RPC endpoint gave logs of other blocks")
        # The endpoint may be several nodes, on several forks: all that was read must be of one.
        for block in {to, *(event.block for event in events), *([seen] if seen else [])}:
            if await self._node.block(block.number) != block:
                raise ChainMoved(f"block {block.number} changed while its events were read")
        return to, events
