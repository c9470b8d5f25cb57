"""Workloads and estimates over the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from greenledger.api.schemas.words import VISIBLE_PATTERN, Body, View

EventId = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=VISIBLE_PATTERN)]


class EstimateView(View):
    methodology: str
    estimate: dict[str, Any]
    explanation: dict[str, Any]  # greenledger.footprint.explain: shares, narrowing, steps


class WorkloadBody(Body):
    workload: dict[str, Any]  # read by the footprint model, which names every wrong field
    event_id: EventId | None = None  # the client's own id: repeating it gives the same row


class WorkloadView(View):
    id: str
    event_id: str | None
    workload: dict[str, Any]
    workload_hash: str
    salt: str
    methodology: str
    estimate: dict[str, Any]
    created_at: int  # Unix seconds
    # Unix seconds: since then workload, salt and estimate are empty, and the hash is all there is.
    erased_at: int | None = None
    # In the answer to its statement: the same work was stated before, and a batch counts it once.
    warning: str | None = None


class WorkloadList(View):
    items: list[WorkloadView]
