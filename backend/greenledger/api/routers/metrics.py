"""Measurements for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

router = APIRouter(prefix="/metrics", tags=["operations"])


@router.get("")
async def metrics(request: Request) -> Response:
    """Requests by route and status, and their times."""
    return Response(generate_latest(request.app.state.measurements.registry), media_type=CONTENT_TYPE_LATEST)
