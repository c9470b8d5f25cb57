"""Many workloads of an account in one request, each once."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.permissions import SubmitterDep
from greenledger.api.schemas.events import EventsBody, OutcomeList
from greenledger.api.strict_route import StrictRoute
from greenledger.reports.ingestion import StatedEvent, state_events

router = APIRouter(prefix="/v1/workloads/events", tags=["workloads"], route_class=StrictRoute)


@router.post("")
async def add(body: EventsBody, account: SubmitterDep, state: GatewayDep, now: NowDep) -> OutcomeList:
    """States work under event ids, in any order: one outcome for each, also for the wrong ones.

    What is accepted is stored, and stays so whatever becomes of the others. The same request again, or a part
    of it in another request at the same time, stores nothing twice.
    `warning` names the event that stated the same work before under another id: a batch counts both once.
    """
    events = [StatedEvent(event.event_id, event.workload) for event in body.events]
    outcomes = await state_events(state.database, account, events, state.factors, now)
    return OutcomeList.of(outcomes)
