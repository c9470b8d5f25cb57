"""The evidence of a whole batch as one JSON file, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from greenledger.batches.disclosing import lines_of
from greenledger.chain.deployment import Deployment
from greenledger.evidence.bundle import VERSION
from greenledger.usage.database import Database
from greenledger.usage.models.batch import BatchReport


async def bundle_pieces(
    database: Database, deployment: Deployment, report: BatchReport
) -> AsyncIterator[bytes]:
    """The evidence bundle of `greenledger.evidence.bundle`, however many workloads it has.

    One that is smaller than its report says lacks what was erased.
    """
    head = {
        "version": VERSION,
        "chain_id": deployment.chain_id,
        "ledger": deployment.ledger,
        "report": report.report,
        "id": report.id,
    }
    yield json.dumps(head).encode().removesuffix(b"}") + b', "workloads": [\n'
    separator = b""
    async for lines in lines_of(database, report.account, report.batch_id):
        # Each line is an object; all but the first are parted by a comma from the one before.
        yield separator + lines.rstrip(b"\n").replace(b"\n", b",\n")
        separator = b",\n"
    yield b"\n]}\n"
