"""Files with many workloads of the signed-in account."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.permissions import SubmitterDep
from greenledger.api.requests.uploads import (
    NDJSON,
    UPLOAD_PATH,
    CodeCarbonDep,
    RepeatedDep,
    UploadDep,
    upload_lines,
)
from greenledger.intake import MEDIA_TYPES

router = APIRouter(tags=["workloads"])

_FILE = {"required": True, "content": {media_type: {} for media_type in MEDIA_TYPES}}


@router.post(
    UPLOAD_PATH,
    response_class=StreamingResponse,
    responses={200: {"content": {NDJSON: {}}}},
    openapi_extra={"requestBody": _FILE},
)
async def upload(
    account: SubmitterDep,
    state: GatewayDep,
    received: UploadDep,
    options: CodeCarbonDep,
    before: RepeatedDep,
    now: NowDep,
) -> StreamingResponse:
    """States the good workloads of a file: JSON, JSON Lines, YAML, CSV with field paths, or CodeCarbon's CSV.

    The answer is JSON Lines: `rows`, `accepted` and `rejected` after each transaction, then a summary with
    the ids and the rejected rows. An answer without a summary was cut off: what it counts as accepted is
    stored, and sending the file again stores the rest. Work that was stated already is not stored twice.
    The same file under the same Idempotency-Key gets its summary again for 24 hours.
    """
    lines = upload_lines(state, account, received, options, before, now)
    return StreamingResponse(lines, media_type=NDJSON)
