"""Proofs that a workload is under the root of a report."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from greenledger.api.batch_views import proof_view
from greenledger.api.deps import GatewayDep
from greenledger.api.permissions import SubmitterDep
from greenledger.api.schemas.batches import ProofView
from greenledger.api.schemas.reports import WorkloadId
from greenledger.batches.proofs import disclosure_json, prove

router = APIRouter(prefix="/v1/workloads/{workload_id}", tags=["workloads"])


@router.get("/proof")
async def proof(workload_id: WorkloadId, account: SubmitterDep, state: GatewayDep) -> ProofView:
    """Everything that `verify_workload` of the ledger takes, with the report and its signatures."""
    return proof_view(state, workload_id, await prove(state.database, state.chain, account, workload_id))


@router.get("/evidence")
async def evidence(workload_id: WorkloadId, account: SubmitterDep, state: GatewayDep) -> dict[str, Any]:
    """The file for an auditor: `greenledger verify 0xATTESTATION --workload FILE` reads it."""
    return disclosure_json(await prove(state.database, state.chain, account, workload_id))
