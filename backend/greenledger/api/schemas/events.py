"""Many pieces of work in one request, each under the client's own id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from greenledger.api.schemas.problem import FieldErrorView
from greenledger.api.schemas.words import Body, View
from greenledger.reports.ingestion import Outcome
from greenledger.reports.workloads import same_work_warning

MOST_EVENTS = 1_000


class EventBody(Body):
    # Judged for itself, so that a wrong one does not refuse the others: 1 to 128 visible characters.
    event_id: Annotated[str, StringConstraints(max_length=1_000)]
    workload: dict[str, Any]  # as in POST /v1/workloads


class EventsBody(Body):
    events: Annotated[list[EventBody], Field(min_length=1, max_length=MOST_EVENTS)]


class OutcomeView(View):
    position: int  # in the request, from 0
    event_id: str
    fate: str  # accepted, duplicate or rejected
    workload_id: str | None  # none: rejected
    errors: list[FieldErrorView]
    warning: str | None  # the same work was stated under another id, so a batch counts both once

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        errors = [
            FieldErrorView(field=error.field, problem=error.problem, expected=error.expected)
            for error in outcome.errors
        ]
        return cls(
            position=outcome.position,
            event_id=outcome.event_id,
            fate=outcome.fate.value,
            workload_id=outcome.workload_id,
            errors=errors,
            warning=same_work_warning(outcome.same_as) if outcome.same_as else None,
        )


class OutcomeList(View):
    items: list[OutcomeView]
    same_work: int  # events with that warning

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Self:
        items = [OutcomeView.of(outcome) for outcome in outcomes]
        return cls(items=items, same_work=sum(item.warning is not None for item in items))
