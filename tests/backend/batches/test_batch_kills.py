"""A worker that is killed anywhere in a batch is continued by the next: one report, one record."""

from __future__ import annotations

import signal
import time

import pytest
from batch_process import ended
from batching import FROM, UNTIL, record, works
from deployed import Deployed
from nodes import new_person
from sqlalchemy import func, select
from web3.exceptions import ContractLogicError

from greenledger.batches.opening import BatchRequest, open_batch
from greenledger.chain.calldata import encode_record
from greenledger.evidence.typed_data import footprint_report_from_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.factors import load_factor_set
from greenledger.reports.ingestion import state_events
from greenledger.usage.database import Database
from greenledger.usage.models.batch import BatchNodes, BatchReport, BatchWorkload

COUNT = 8
PLACES = (
    *("open:taken", "open:slice", "open:slice", "open:done"),
    *("closed:taken", "closed:recounted", "closed:done"),
    *("built:taken", "built:dated", "built:cosigned", "built:done"),
)


async def test_worker__killed_at_every_place_of_a_batch__leaves_one_report_and_one_record(
    database: Database, database_url: str, deployed: Deployed, peer_urls: tuple[str, ...]
) -> None:
    person = new_person()
    await state_events(database, person.address, works(COUNT), load_factor_set(), int(time.time()))
    await open_batch(database, BatchRequest(person.address, FROM, UNTIL), int(time.time()))
    where = (database_url, str(deployed.file), deployed.chain.rpc_url)
    start = (*where, deployed.council_keys[0], ",".join(peer_urls))
    for place in PLACES:
        assert await ended(place, *start) == -signal.SIGKILL, place
    assert await ended(None, *start) == 0
    async with database.transaction() as session:
        reports = list((await session.execute(select(BatchReport))).scalars())
        members = (await session.execute(select(func.count(BatchWorkload.workload_id)))).scalar_one()
        parts = (await session.execute(select(func.count(BatchNodes.part)))).scalar_one()
    assert ([report.report["footprint"]["count"] for report in reports], members) == ([str(COUNT)], COUNT)
    assert parts == 2  # the inner nodes and the leaves, stored once
    report = footprint_report_from_json(reports[0].report)
    signatures = [word_bytes(signature) for signature in reports[0].signatures]
    data = as_hex(encode_record(report, signatures))
    record(deployed, person, {"transaction": {"to": deployed.deployment.ledger, "data": data}})
    with pytest.raises(ContractLogicError, match="already"):
        record(deployed, person, {"transaction": {"to": deployed.deployment.ledger, "data": data}})
