"""Which carbon tokens the adapters retire now: events say where to look, views say what holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address

from greenledger.chain.deployment import Deployment
from greenledger.chain.node import ChainNode
from greenledger.chain.views import EventShape, ask_view
from greenledger.offsets.onchain.shapes import IS_ADAPTER, LISTING, LISTING_SET, PAYMENT_TOKEN_SET

# Adapters with `retire_token`. The request adapter waits for its protocol's answer and has acts of its own.
KINDS: Mapping[str, str] = {"KlimaAdapter": "klima", "ToucanAdapter": "toucan"}
MOST_BLOCKS = 2_000  # of one read of logs, as the followers of our own contracts read
MOST_LISTINGS = 100  # of one adapter, those last set
REREAD_BLOCKS = 64  # as deep as a reorganisation is expected to go


@dataclass(frozen=True)
class Adapter:
    """A contract that retires tokens: its name in the deployment file, checksum address, and protocol."""

    name: str
    address: str
    kind: str


@dataclass(frozen=True)
class Listed:
    """What an adapter's owner says that a token stands for. Addresses are checksummed."""

    adapter: Adapter
    token: str
    registry: str
    project: str
    vintage: int
    enabled: bool


class TokenBook:
    """Reads listings; keeps in memory which tokens events ever named, so that no block is searched twice.

    Nothing here is a record: each answer is read from the chain. Raises ChainUnavailable.
    """

    def __init__(self, node: ChainNode, deployment: Deployment) -> None:
        """Nothing is sent before the first call."""
        self.node = node
        self._credits = deployment.credits
        self._start = deployment.block
        self._next = deployment.block
        self._adapters = [
            Adapter(name, deployment.adapters[name], kind)
            for name, kind in KINDS.items()
            if name in deployment.adapters
        ]
        # Adapter and token by when they were last named; the last is the newest.
        self._named: dict[EventShape, dict[tuple[str, str], None]] = {LISTING_SET: {}, PAYMENT_TOKEN_SET: {}}
        self._lock = asyncio.Lock()

    async def listed(self) -> list[Listed]:
        """Every token that can be retired now, in the order of adapters, those last set first."""
        return [item for item in await self._all() if item.enabled]

    async def find(self, adapter: str, token: str) -> Listed | None:
        """The listing of one token at one adapter, switched on or not; None if it was never listed there.

        Only adapters of the deployment whose certificates the ledger takes now are looked at.
        """
        for known in await self._approved():
            if known.address == adapter:
                found = await self._listing(known, token)
                return found if found.registry else None
        return None

    async def payment_tokens(self, adapter: Adapter) -> list[str]:
        """Tokens that an adapter's owner ever named as payment, those last set first."""
        await self._catch_up()
        return self._of(PAYMENT_TOKEN_SET, adapter)

    async def _all(self) -> list[Listed]:
        approved = await self._approved()
        await self._catch_up()
        wanted = [(adapter, token) for adapter in approved for token in self._of(LISTING_SET, adapter)]
        return list(await asyncio.gather(*(self._listing(*item) for item in wanted)))

    def _of(self, event: EventShape, adapter: Adapter) -> list[str]:
        newest_first = [token for at, token in reversed(self._named[event]) if at == adapter.address]
        return newest_first[:MOST_LISTINGS]

    async def _approved(self) -> list[Adapter]:
        answers = await asyncio.gather(
            *(ask_view(self.node, self._credits, IS_ADAPTER, item.address) for item in self._adapters)
        )
        return [item for item, answer in zip(self._adapters, answers, strict=True) if answer[0]]

    async def _listing(self, adapter: Adapter, token: str) -> Listed:
        ((key, project, vintage, enabled),) = await ask_view(self.node, adapter.address, LISTING, token, 0)
        registry = bytes(key).rstrip(b"\0").decode("ascii", "replace")
        return Listed(adapter, token, registry, project, vintage, enabled)

    async def _catch_up(self) -> None:
        if not self._adapters:
            return
        async with self._lock:
            head = await self.node.head()
            # Also after a chain was put back: what is named and no longer listed says so itself.
            first = max(self._start, min(self._next, head + 1) - REREAD_BLOCKS)
            while first <= head:
                last = min(first + MOST_BLOCKS - 1, head)
                self._note(await self.node.logs([item.address for item in self._adapters], first, last))
                first = self._next = last + 1

    def _note(self, logs: Iterable[Mapping[str, Any]]) -> None:
        for log in logs:
            for event, named in self._named.items():
                words = event.indexed(log)
                # The second word of a listing is the id of the token within its contract: 0 is an ERC-20.
                if words is None or (event is LISTING_SET and words[1] != 0):
                    continue
                key = to_checksum_address(str(log.get("address"))), to_checksum_address(f"0x{words[0]:040x}")
                named.pop(key, None)
                named[key] = None
