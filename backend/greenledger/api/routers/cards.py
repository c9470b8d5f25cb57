"""Pictures of what a link to a page of this ledger leads to."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response

from greenledger.api.deps import GatewayDep
from greenledger.api.problems import Problem
from greenledger.api.routers.badges import KEEP

router = APIRouter(prefix="/card", tags=["badges"])

PNG = "image/png"
NONE_HERE = Problem(404, "not_found", "There is no attestation or certificate of this id on the ledger.")


@router.get("/{page}/{name}.png", responses={200: {"content": {PNG: {}}}}, response_class=Response)
async def card_image(state: GatewayDep, page: Literal["attestation", "certificate"], name: str) -> Response:
    """What an attestation or a certificate says, 1200 x 630 pixels."""
    return _response(await state.badges.picture(page, name))


def _response(drawn: bytes | None) -> Response:
    if drawn is None:
        raise NONE_HERE
    return Response(drawn, media_type=PNG, headers=KEEP)
