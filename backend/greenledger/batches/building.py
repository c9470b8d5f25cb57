"""Building a batch: every workload recounted, the sums and the tree stored."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from greenledger.batches.disclosing import lines_of
from greenledger.batches.hold import Hold
from greenledger.batches.states import State
from greenledger.batches.tree import store_tree
from greenledger.council.node import CouncilNode
from greenledger.council.recounting import recount
from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.structs import struct_as_json
from greenledger.footprint.fields import FieldError
from greenledger.usage import batches
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
            await _refuse(database, batch, hold, invalid.errors)
            return
        hold.mark("recounted")
        if footprint.count != batch.workloads:
            missing = batch.workloads - footprint.count
            problem = f"{missing} of {batch.workloads} were erased"
            await _refuse(database, batch, hold, [FieldError("workloads", problem, "all of them")])
            return
        async with database.transaction() as session:
            built = {"state": State.BUILT, "footprint": struct_as_json(footprint), "valid_until": None}
            fresh = {"done": 0, "attempts": 0, "error_code": None, "error_detail": None}
            await hold.end(session, now, **built, **fresh)
            await store_tree(session, batch, file, footprint.count)


async def _refuse(database: Database, batch: Batch, hold: Hold, errors: Sequence[FieldError]) -> None:
    """The model does not take a workload that it took before: time does not heal that."""
    first = errors[0]
    async with database.transaction() as session:
        place = re.match(r"workloads\[(\d+)\]", first.field)
        named = await batches.member_at(session, batch, int(place[1])) if place else None
    whose = f"Workload {named}: " if named else ""
    detail = f"{whose}{first.field} {first.problem}, expected {first.expected}."
    async with database.transaction() as session:
        told = {"error_code": "invalid_workload", "error_detail": detail[:1000]}
        await hold.end(session, None, state=State.REFUSED, **told)
