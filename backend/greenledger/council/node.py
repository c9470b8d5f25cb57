"""One node of the council: it reviews a report against the evidence and the chain, then signs or refuses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from greenledger.chain.client import ChainClient
from greenledger.chain.deployment import Deployment
from greenledger.council.batch_wire import BatchPeer, Lines
from greenledger.council.checks import batch_errors, footprint_errors, retirement_errors
from greenledger.council.collect import Peer, Signs, collect
from greenledger.council.signer import CouncilSigner
from greenledger.evidence.disclosure import DisclosedWorkload, Mismatch
from greenledger.evidence.typed_data import (
    ON_CHAIN_ORIGIN,
    Domain,
    Footprint,
    FootprintReport,
    RetirementReport,
    Source,
    footprint_domain,
    footprint_report_id,
    report_as_json,
    retirement_domain,
    retirement_report_id,
)
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError

RetirementCheck = Callable[[RetirementReport, Mapping[str, object]], Awaitable[Sequence[Mismatch]]]
"""Reads the proof of a retirement again at its marketplace and names every field that differs."""


class CouncilRefused(Exception):
    """The node does not sign; names every field that is wrong."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{e.field} {e.problem}, expected {e.expected}" for e in errors))
        self.errors = tuple(errors)


class NoCouncilKey(Exception):
    """This node was started without a council key: it serves, but does not sign."""


@dataclass(frozen=True)
class SignedDigest:
    """A signature with what was signed and by whom."""

    signer: str
    signature: bytes
    digest: bytes


@dataclass
class CouncilNode:
    """A node's key, its peers, and what it checks a report against."""

    signer: CouncilSigner | None
    peers: tuple[Peer, ...]
    deployment: Deployment
    chain: ChainClient
    factors: FactorSet
    check_retirement: RetirementCheck | None = None
    clock: Callable[[], float] = time.time
    # One batch at a time: it takes a processor for minutes.
    recounts: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    @property
    def footprint_domain(self) -> Domain:
        return footprint_domain(self.deployment.chain_id, self.deployment.ledger)

    @property
    def retirement_domain(self) -> Domain:
        return retirement_domain(self.deployment.chain_id, self.deployment.credits)

    async def sign_footprint(
        self, report: FootprintReport, disclosed: Sequence[DisclosedWorkload]
    ) -> SignedDigest:
        """Recomputes, then signs.

        Raises CouncilRefused, NoCouncilKey, InvalidWorkload or ChainUnavailable.
        """
        return self._sign(await self._review_footprint(report, disclosed))

    async def sign_retirement(self, report: RetirementReport, proof: Mapping[str, object]) -> SignedDigest:
        """Reads the proof again, then signs. Raises CouncilRefused, NoCouncilKey or ChainUnavailable."""
        return self._sign(await self._review_retirement(report, proof))

    async def cosign_footprint(
        self, report: FootprintReport, disclosed: Sequence[DisclosedWorkload]
    ) -> tuple[bytes, list[bytes]]:
        """The report's id and the council's signatures, ascending by signer.

        Raises what `sign_footprint` raises, and NotEnoughSignatures.
        """
        digest = await self._review_footprint(report, disclosed)
        workloads = [{"workload": item.workload, "salt": as_hex(item.salt)} for item in disclosed]
        request = {"kind": "footprint", "report": report_as_json(report), "workloads": workloads}
        return digest, await self._collect(digest, request)

    async def sign_batch(self, report: FootprintReport, recounted: Footprint) -> SignedDigest:
        """Signs a report over workloads that this node has recounted.

        Raises CouncilRefused, NoCouncilKey or ChainUnavailable.
        """
        return self._sign(await self._review_batch(report, recounted))

    async def cosign_batch(
        self, report: FootprintReport, recounted: Footprint, lines: Lines
    ) -> tuple[bytes, list[bytes]]:
        """As `cosign_footprint`, for workloads that this node has recounted; `lines` gives them to peers."""
        digest = await self._review_batch(report, recounted)
        peers = [BatchPeer(peer, lines, recounted.count) for peer in self.peers]
        return digest, await self._collect(digest, {"report": report_as_json(report)}, peers)

    async def cosign_retirement(
        self, report: RetirementReport, proof: Mapping[str, object]
    ) -> tuple[bytes, list[bytes]]:
        """The report's id and the council's signatures, ascending by signer.

        Raises what `sign_retirement` raises, and NotEnoughSignatures.
        """
        digest = await self._review_retirement(report, proof)
        request = {"kind": "retirement", "report": report_as_json(report), "proof": dict(proof)}
        return digest, await self._collect(digest, request)

    async def _review_footprint(
        self, report: FootprintReport, disclosed: Sequence[DisclosedWorkload]
    ) -> bytes:
        # In a thread: a thousand workloads take a third of a second, and other requests must not wait.
        errors = await asyncio.to_thread(footprint_errors, report, disclosed, self.factors, self._now())
        return await self._unless_refused(report, errors)

    async def _review_batch(self, report: FootprintReport, recounted: Footprint) -> bytes:
        return await self._unless_refused(report, batch_errors(report, recounted, self.factors, self._now()))

    async def _unless_refused(self, report: FootprintReport, errors: Sequence[FieldError]) -> bytes:
        if errors:
            raise CouncilRefused(errors)
        field = "report.footprint.methodology"
        if not await self.chain.is_methodology_approved(report.footprint.methodology):
            raise CouncilRefused([FieldError(field, "is not approved on chain", "an approved methodology")])
        digest = footprint_report_id(report, self.footprint_domain)
        if await self.chain.attestation(digest) is not None:
            problem = f"is recorded on chain already, as 0x{digest.hex()}"
            raise CouncilRefused([FieldError("report", problem, "a report that is not recorded yet")])
        return digest

    async def _review_retirement(self, report: RetirementReport, proof: Mapping[str, object]) -> bytes:
        errors = list(retirement_errors(report, self._now(), self.deployment.desk))
        if errors:
            raise CouncilRefused(errors)
        if self.check_retirement is None:
            expected = "a node that was started with a marketplace"
            raise CouncilRefused([FieldError("proof.market", "is not known to this node", expected)])
        mismatches = await self.check_retirement(report, proof)
        if mismatches:
            raise CouncilRefused([_differing(mismatch) for mismatch in mismatches])
        if not await self.chain.can_back(report.source, report.retirement.amount_ug):
            problem = "backs a certificate already"
            raise CouncilRefused([FieldError("report.source", problem, "a source that is not used yet")])
        if errors := await self._origin_errors(report.source):
            raise CouncilRefused(errors)
        return retirement_report_id(report, self.retirement_domain)

    async def _origin_errors(self, source: Source) -> list[FieldError]:
        """What the ledger's own chain says against an origin on it; of other chains this node knows nothing.

        What an adapter retires or requests gets its certificate without the council, and no second one.
        """
        if (source.kind, source.first) != (ON_CHAIN_ORIGIN, self.deployment.chain_id):
            return []
        field = "report.source.book"
        by_adapter = await self.chain.is_adapters(source.book)
        if by_adapter is None:
            expected = f"a transaction of chain {source.first} that this node's RPC endpoint knows"
            return [FieldError(field, f"is {as_hex(source.book)}", expected)]
        if by_adapter:
            problem = "is a transaction of one of this ledger's adapters, which mints certificates itself"
            return [FieldError(field, problem, "a retirement that no adapter of this ledger made")]
        return []

    async def _collect(
        self, digest: bytes, request: Mapping[str, object], peers: Sequence[Signs] | None = None
    ) -> list[bytes]:
        council = await self.chain.council()
        is_member = self.chain.is_council_signer
        asked = self.peers if peers is None else peers
        return await collect(digest, request, self.signer, asked, council.threshold, is_member=is_member)

    def _sign(self, digest: bytes) -> SignedDigest:
        if self.signer is None:
            raise NoCouncilKey
        return SignedDigest(self.signer.address, self.signer.sign(digest), digest)

    def _now(self) -> int:
        return int(self.clock())


def _differing(mismatch: Mismatch) -> FieldError:
    """A difference from the market's proof; of the proof's own fields the check says what would be right."""
    problem = f"is {mismatch.stated}"
    if mismatch.field.startswith("proof."):
        return FieldError(mismatch.field, problem, mismatch.recomputed)
    return FieldError(f"report.{mismatch.field}", problem, f"{mismatch.recomputed}, as the market states")
