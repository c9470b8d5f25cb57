"""Whether this process lives, whether it can serve, and which dependency does not work."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from greenledger.api.deps import GatewayDep
from greenledger.api.health_checks import HealthBook, HealthView, health_of

router = APIRouter(prefix="/health", tags=["operations"])


class LiveView(BaseModel):
    status: Literal["live"] = "live"


def health_book(request: Request) -> HealthBook:
    book: HealthBook = request.app.state.health
    return book


HealthBookDep = Annotated[HealthBook, Depends(health_book)]


@router.get("/live")
async def live() -> LiveView:
    """200 as long as this process answers at all: asks nobody, so that no chain's fault restarts it."""
    return LiveView()


@router.get("/ready")
async def ready(state: GatewayDep, book: HealthBookDep, response: Response) -> HealthView:
    """200 if requests can be served; 503 if the database or the chain is away, and from SIGTERM on."""
    view, response.status_code = await health_of(state, book)
    return view


@router.get("")
async def health(state: GatewayDep, book: HealthBookDep, response: Response) -> HealthView:
    """The same as `/health/ready`, by its older name, which the page asks for."""
    view, response.status_code = await health_of(state, book)
    return view
