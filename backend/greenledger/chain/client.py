"""Reads of our contracts over one connection."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from eth_typing import Hash32
from eth_utils.address import to_checksum_address
from web3.contract import AsyncContract
from web3.exceptions import TransactionNotFound
from web3.logs import DISCARD

from greenledger.chain.abi_files import load_abi
from greenledger.chain.deployment import Deployment
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.node import TIMEOUT_S, ChainNode, whole
from greenledger.chain.records import AccountTotals, Attestation, Certificate, CouncilState, Registry
from greenledger.evidence.structs import BY_ADAPTER, NO_ACCOUNT, SHARED_BLOCK, Source

MOST_ATTESTATIONS = 100  # in one call of the ledger


class ChainClient:
    """Reads of our contracts; raises ChainUnavailable or Reverted and nothing else."""

    def __init__(self, rpc_url: str, deployment: Deployment, timeout_s: float = TIMEOUT_S) -> None:
        """Prepare a client; nothing is sent before the first call. `timeout_s` bounds each call."""
        self.deployment = deployment
        self.node = ChainNode(rpc_url, deployment.chain_id, timeout_s)
        self._council = self._contract(deployment.council, "OracleCouncil")
        self._ledger = self._contract(deployment.ledger, "FootprintLedger")
        self._credits = self._contract(deployment.credits, "RetiredCredits")
        self._desk = self._contract(deployment.desk, "RetirementDesk") if deployment.desk else None

    def _contract(self, address: str, name: str) -> AsyncContract:
        return self.node.web3.eth.contract(address=to_checksum_address(address), abi=load_abi(name))

    async def __aenter__(self) -> Self:
        """Give the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the HTTP session."""
        await self.node.aclose()

    async def chain_id(self) -> int:
        """Chain id the node states now; does not compare it with the deployment."""
        return await self.node.stated_chain_id()

    async def latest_timestamp(self) -> int:
        """Unix seconds of the newest block."""
        await self.node.check_chain()
        block = await self.node.answer(self.node.web3.eth.get_block("latest"), "eth_getBlockByNumber")
        return whole(block.get("timestamp"), "timestamp")

    async def attestation(self, identity: bytes) -> Attestation | None:
        """An attestation by its id, None if it was never recorded."""
        found = await self._read(self._ledger, "attestation", identity)
        return Attestation(*found) if found[4] else None

    async def attestations(self, identities: Sequence[bytes]) -> list[Attestation | None]:
        """Attestations by their ids, in the order asked; None for each that was never recorded."""
        found: list[Attestation | None] = []
        for start in range(0, len(identities), MOST_ATTESTATIONS):
            some = list(identities[start : start + MOST_ATTESTATIONS])
            fields = await self._read(self._ledger, "attestations", some)
            found += [Attestation(*one) if one[4] else None for one in fields]
        return found

    async def attestation_id(self, account: str, footprint_hash: bytes) -> bytes:
        """The id that an account's footprint has on the ledger, recorded or not."""
        return bytes(await self._read(self._ledger, "attestation_id", account, footprint_hash))

    async def account(self, address: str) -> AccountTotals:
        """Totals of an account; all zero if it has none."""
        return AccountTotals(*await self._read(self._ledger, "account", address))

    async def coverage_bps(self, identity: bytes) -> int:
        """Allocated over the high bound of an attestation, in basis points."""
        return int(await self._read(self._ledger, "coverage_bps", identity))

    async def certificate(self, identity: int) -> Certificate | None:
        """A certificate by its token id, None if it was never minted."""
        found = await self._read(self._credits, "certificate", identity)
        if found[0] == NO_ACCOUNT:
            return None
        key = bytes(found[6]).rstrip(b"\0").decode("ascii", "replace")
        holder, amount_ug, allocated_ug, minted_at, voided, vintage, _, *texts = found
        return Certificate(holder, amount_ug, allocated_ug, minted_at, voided, vintage, key, *texts)

    async def hint_for(self, book: bytes, first: int) -> int:
        """The hint that `mint` needs for a serial range that starts at `first`."""
        return int(await self._read(self._credits, "hint_for", book, first))

    async def is_claimed(self, source: Source) -> bool:
        """Whether any part of a source already backs a certificate."""
        fields = (source.kind, source.book, source.first, source.last)
        return bool(await self._read(self._credits, "is_claimed", fields))

    async def can_back(self, source: Source, amount_ug: int) -> bool:
        """Whether a source is free, or a shared block that still has `amount_ug` left."""
        if not await self.is_claimed(source):
            return True
        if source.kind != SHARED_BLOCK:
            return False
        fields = (source.kind, source.book, source.first, source.last)
        return int(await self._read(self._credits, "block_left_ug", fields)) >= amount_ug

    async def order_state(self, order: bytes) -> int:
        """State of an order at the desk: 0 unknown, 1 open, 2 fulfilled, 3 refunded."""
        if self._desk is None:
            raise ChainUnavailable("the deployment names no RetirementDesk")
        return int(await self._read(self._desk, "order_state", order))

    async def is_adapters(self, transaction: bytes) -> bool | None:
        """Whether an adapter of the ledger took part in a transaction: it emitted an event there, or minted.

        None if the chain knows no such transaction.
        """
        await self.node.check_chain()
        found: tuple[set[str], set[int]] | None = await self.node.answer(
            self._emitters_and_kinds(transaction), "eth_getTransactionReceipt"
        )
        if found is None:
            return None
        emitters, kinds = found
        if BY_ADAPTER in kinds:
            return True  # also if the adapter is not approved any more
        return any(await asyncio.gather(*(self._is_adapter(address) for address in emitters)))

    async def _is_adapter(self, address: str) -> bool:
        return bool(await self._read(self._credits, "is_adapter", address))

    async def _emitters_and_kinds(self, transaction: bytes) -> tuple[set[str], set[int]] | None:
        """Who emitted in a transaction, and the kinds of source of the certificates minted there."""
        try:
            receipt = await self.node.web3.eth.get_transaction_receipt(Hash32(transaction))
        except TransactionNotFound:
            return None
        minted = self._credits.events.CertificateMinted().process_receipt(receipt, DISCARD)
        # Any contract can emit an event of this shape: only the certificates' own counts.
        own = [event for event in minted if event["address"] == self._credits.address]
        return {log["address"] for log in receipt["logs"]}, {event["args"]["source"]["kind"] for event in own}

    async def registry(self, key: str) -> Registry:
        """What the contract holds about a registry key such as "icr"; all off if it was never set."""
        word = key.encode().ljust(32, b"\0")
        return Registry(*await self._read(self._credits, "registry", word))

    async def is_methodology_approved(self, methodology: bytes) -> bool:
        """Whether the ledger accepts reports under a methodology now."""
        return bool(await self._read(self._ledger, "is_methodology_approved", methodology))

    async def council(self) -> CouncilState:
        """The council's signing epoch."""
        return CouncilState(*await self._read(self._council, "council"))

    async def is_council_signer(self, address: str) -> bool:
        """Whether an address signs in the current epoch."""
        return bool(await self._read(self._council, "is_signer", address))

    async def _read(self, contract: AsyncContract, function: str, *arguments: Any) -> Any:
        await self.node.check_chain()
        call = contract.get_function_by_name(function)(*arguments).call()
        return await self.node.answer(call, function)
