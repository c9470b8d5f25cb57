"""Offers of the marketplaces."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from greenledger.api.deps import ListingDep
from greenledger.api.schemas.projects import ProjectList, ProjectWishes, project_view
from greenledger.offsets.project_filter import passing

router = APIRouter(prefix="/v1/projects", tags=["offsets"])


@router.get("")
async def list_projects(wishes: Annotated[ProjectWishes, Query()], listing: ListingDep) -> ProjectList:
    """Offers that can be bought now, cheapest first, narrowed by wishes; warnings name markets away."""
    fitting = passing(listing.projects, wishes.filter())
    return ProjectList(items=[project_view(item) for item in fitting], warnings=list(listing.warnings))
