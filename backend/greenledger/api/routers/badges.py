"""Badges for READMEs and model cards: an image, and the JSON from which shields.io draws one."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from greenledger.api.deps import GatewayDep
from greenledger.badges.drawing import endpoint, svg

router = APIRouter(prefix="/badge", tags=["badges"])

# As old as the numbers may be: proxies of images go by it.
KEEP = {"cache-control": "public, max-age=60"}
SVG = "image/svg+xml"


@router.get("/{name}.svg", responses={200: {"content": {SVG: {}}}}, response_class=Response)
async def badge_image(state: GatewayDep, name: str) -> Response:
    """The badge of an account, an attestation or a certificate as an SVG image."""
    badge = await state.badges.badge(name)
    return Response(svg(badge), status_code=200 if badge.known else 404, media_type=SVG, headers=KEEP)


@router.get("/{name}.json")
async def badge_endpoint(state: GatewayDep, name: str) -> JSONResponse:
    """The same for shields.io, which wants 200 also where there is nothing."""
    return JSONResponse(endpoint(await state.badges.badge(name)), headers=KEEP)
