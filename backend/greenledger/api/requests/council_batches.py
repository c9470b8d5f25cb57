"""A peer's request for a signature over a batch: too large for JSON at once, so it is read as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import Request

from greenledger.api.schemas.council import SignatureView
from greenledger.council.batch_wire import all_of, split_header, unpacked
from greenledger.council.checks import batch_errors
from greenledger.council.node import CouncilNode, CouncilRefused
from greenledger.council.recounting import recount
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.structs import Footprint
from greenledger.evidence.typed_data import FootprintReport, InvalidReport, footprint_report_from_json
from greenledger.evidence.words import as_hex
from greenledger.footprint.fields import InvalidWorkload


async def sign_batch_request(node: CouncilNode, request: Request) -> SignatureView:
    """Recounts what the body holds and signs. Raises InvalidReport, InvalidWorkload, CouncilRefused,
    RecountFailed, NoCouncilKey or ChainUnavailable; the body was then read to its end, so that the peer gets
    the answer and not a broken connection."""
    body = request.stream()
    try:
        report, footprint = await _recounted(node, body)
    except (InvalidReport, InvalidWorkload, CouncilRefused):
        async for _ in body:
            pass
        raise
    signed = await node.sign_batch(report, footprint)
    return SignatureView(
        signer=signed.signer, signature=as_hex(signed.signature), digest=as_hex(signed.digest)
    )


async def _recounted(node: CouncilNode, body: AsyncIterator[bytes]) -> tuple[FootprintReport, Footprint]:
    pieces = unpacked(body)
    header, rest = await split_header(pieces)
    report = footprint_report_from_json(header.get("report"))
    # What is wrong with the report alone is said before anything is counted.
    if errors := batch_errors(report, report.footprint, node.factors, int(node.clock())):
        raise CouncilRefused(errors)
    async with node.recounts:
        return report, await recount(all_of(rest, pieces), methodology_id(node.factors))
