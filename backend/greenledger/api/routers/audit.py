"""What was done in the signed-in account's name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from greenledger.api.deps import AccountDep, TransactionDep
from greenledger.api.schemas.keys import AuditEntryView, AuditList
from greenledger.api.schemas.reports import WorkloadId
from greenledger.usage.audit import list_entries

router = APIRouter(prefix="/v1/audit", tags=["audit"])


@router.get("")
async def mine(
    account: AccountDep,
    session: TransactionDep,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: WorkloadId | None = None,
) -> AuditList:
    """Newest first. `before` is the last id of the page before. Entries are kept for 400 days."""
    rows = await list_entries(session, account, limit, before)
    return AuditList(items=[AuditEntryView.of(row) for row in rows])
