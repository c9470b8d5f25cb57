"""Having a built batch signed by the council, and looking whether its report was recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from greenledger.batches.disclosing import lines_of
from greenledger.batches.hold import Hold, LeaseLost
from greenledger.batches.refusing import refuse_erased
from greenledger.batches.states import State
from greenledger.chain.client import ChainClient
from greenledger.council.node import CouncilNode
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.structs import Footprint, struct_from_json
from greenledger.evidence.typed_data import FootprintReport, footprint_hash, report_as_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.usage import batches
from greenledger.usage.audit import Action, append
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch, BatchReport

VALIDITY_S = 72 * 3600  # time to send the record transaction; the ledger allows 7 days
LEAST_VALIDITY_S = VALIDITY_S // 2  # of a time that was chosen before a crash
# So long after a report has run out, by the chain's own clock, no reorganisation brings its record in.
GRACE_S = 900
LOOK_AGAIN_S = 60
_FRESH = {"done": 0, "attempts": 0, "error_code": None, "error_detail": None}


async def sign(database: Database, node: CouncilNode, batch: Batch, hold: Hold, now: int) -> None:
    """Collects signatures and ends the step. Raises LeaseLost, and what `CouncilNode.cosign_batch` raises.

    No signature leaves this process before its report is stored. The time until which the report is valid is
    stored before anyone is asked: whoever goes on after a crash asks for the same report again.
    """
    stated = struct_from_json(Footprint, batch.footprint, "footprint")
    if stated.methodology != methodology_id(node.factors):
        async with database.transaction() as session:
            await hold.end(session, now, state=State.CLOSED, **_FRESH)  # built by another version
        return
    async with database.transaction() as session:
        erased = await batches.erased_in(session, batch)
    if erased:
        await refuse_erased(database, batch, hold, erased)
        return
    footprint = replace(stated, valid_until=await _valid_until(database, batch, now))
    hold.mark("dated")
    report = FootprintReport(batch.account, footprint)
    lines = partial(lines_of, database, batch.account, batch.id, hold.note)
    digest, signatures = await node.cosign_batch(report, footprint, lines)
    hold.mark("cosigned")
    row = BatchReport(
        account=batch.account,
        id=as_hex(digest),
        batch_id=batch.id,
        report=report_as_json(report),
        footprint_hash=as_hex(footprint_hash(footprint)),
        signatures=[as_hex(signature) for signature in signatures],
        valid_until=footprint.valid_until,
        created_at=now,
    )
    async with database.transaction() as session:
        due_at = footprint.valid_until + GRACE_S
        await hold.end(session, due_at, state=State.SIGNED, report_id=row.id, **_FRESH)
        await batches.add_report(session, row)
        await append(session, row.account, Action.REPORT_ISSUED, now, subject=row.id, batch=batch.id)


async def _valid_until(database: Database, batch: Batch, now: int) -> int:
    if batch.valid_until is not None and batch.valid_until >= now + LEAST_VALIDITY_S:
        return batch.valid_until
    chosen = now + VALIDITY_S
    async with database.transaction() as session:
        if not await batches.change_batch(session, batch, valid_until=chosen):
            raise LeaseLost
    return chosen


async def settle(database: Database, chain: ChainClient, batch: Batch, hold: Hold, now: int) -> None:
    """Says whether a report that has run out was recorded. Raises LeaseLost or ChainUnavailable."""
    assert batch.valid_until is not None and batch.report_id is not None  # it is signed
    # First the time, then the record: the other way round it could be recorded in between.
    is_over = await chain.latest_timestamp() > batch.valid_until + GRACE_S
    attestation = await chain.attestation(word_bytes(batch.report_id))
    async with database.transaction() as session:
        if not is_over:
            await hold.end(session, now + LOOK_AGAIN_S, **_FRESH)
        elif attestation is not None:
            await hold.end(session, None, state=State.RECORDED, **_FRESH)
        else:
            await hold.end(session, None, state=State.EXPIRED, **_FRESH)
