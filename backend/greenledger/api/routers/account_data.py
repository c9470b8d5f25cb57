"""All data of the signed-in account: taken along, and deleted."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from greenledger.api.account_data import DELETION_PATH, EXPORT_PATH, delete_data, export_lines
from greenledger.api.deps import AccountDep, GatewayDep, NowDep
from greenledger.api.origin import WalletOriginDep
from greenledger.api.requests.uploads import NDJSON
from greenledger.api.schemas.account_data import DeletionBody, DeletionView
from greenledger.api.strict_route import StrictRoute

router = APIRouter(tags=["account"], route_class=StrictRoute)


@router.get(EXPORT_PATH, response_class=StreamingResponse, responses={200: {"content": {NDJSON: {}}}})
async def export(
    account: AccountDep, state: GatewayDep, now: NowDep, origin: WalletOriginDep
) -> StreamingResponse:
    """Everything that this node has of the account, as JSON Lines with salts. The last line has the kind
    `end`; without it the answer was cut off. Keys are named and never shown."""
    lines = export_lines(state.database, account, origin, now)
    name = f"greenledger-{account}.jsonl"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return StreamingResponse(lines, media_type=NDJSON, headers=headers)


@router.delete(DELETION_PATH)
async def delete(
    body: DeletionBody, account: AccountDep, state: GatewayDep, now: NowDep, origin: WalletOriginDep
) -> DeletionView:
    """Deletes texts, estimates and salts of the account's work, for good; export them first. What is on
    chain stays there, as a hash that nobody can open any more. Refused while orders or batches are under way.
    """
    deletion = await delete_data(state.database, account, body.confirm, origin, now)
    return DeletionView(deleted=deletion.deleted, erased=deletion.erased)
