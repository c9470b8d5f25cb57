"""Building a batch: every workload recounted, the sums and the tree stored."""

from __future__ import annotations

import tempfile
from pathlib import Path

from greenledger.batches.disclosing import lines_of
from greenledger.batches.hold import Hold
from greenledger.batches.refusing import refuse_erased, refuse_workload
from greenledger.batches.states import State
from greenledger.batches.tree import store_tree
from greenledger.council.node import CouncilNode
from greenledger.council.recounting import recount
from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.structs import struct_as_json
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch


async def build(database: Database, node: CouncilNode, batch: Batch, hold: Hold, now: int) -> None:
    """Recounts the batch and ends the step. Raises LeaseLost or RecountFailed."""
    with tempfile.TemporaryDirectory(prefix="greenledger-batch-") as folder:
        file = Path(folder) / "tree"
        lines = lines_of(database, batch.account, batch.id, hold.note)
        try:
            async with node.recounts:
                footprint = await recount(lines, methodology_id(node.factors), file)
        except InvalidDisclosure as invalid:
            await refuse_workload(database, batch, hold, invalid.errors)
            return
        hold.mark("recounted")
        if footprint.count != batch.workloads:
            await refuse_erased(database, batch, hold, batch.workloads - footprint.count)
            return
        async with database.transaction() as session:
            built = {"state": State.BUILT, "footprint": struct_as_json(footprint), "valid_until": None}
            fresh = {"done": 0, "attempts": 0, "error_code": None, "error_detail": None}
            await hold.end(session, now, **built, **fresh)
            await store_tree(session, batch, file, footprint.count)
