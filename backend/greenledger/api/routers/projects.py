"""Offers of the marketplace."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from greenledger.api.deps import ListingDep
from greenledger.api.schemas.offsets import ProjectList, project_view

router = APIRouter(prefix="/v1/projects", tags=["offsets"])

Filter = Annotated[str | None, Query(min_length=1, max_length=64)]


@router.get("")
async def list_projects(
    listing: ListingDep,
    country: Filter = None,
    registry: Filter = None,
    vintage: Annotated[int | None, Query(ge=1, le=9999)] = None,
) -> ProjectList:
    """Offers that can be bought now, cheapest first, narrowed by filters; warnings name markets away."""
    wanted = {"country": country, "registry": registry, "vintage": vintage}
    asked = {name: value for name, value in wanted.items() if value is not None}
    offers = listing.projects
    fitting = [item for item in offers if all(getattr(item, name) == value for name, value in asked.items())]
    return ProjectList(items=[project_view(item) for item in fitting], warnings=list(listing.warnings))
