"""Events that state small pieces of inference, all different."""

from __future__ import annotations

from typing import Any

from greenledger.reports.ingestion import StatedEvent

MINE = "0x" + "11" * 20
ENDED = 1_750_003_600


def an_event(number: int, event_id: str | None = None, **changes: Any) -> StatedEvent:
    work: dict[str, Any] = {
        "kind": "inference",
        "name": f"requests {number}",
        "start": ENDED - 3600,
        "end": ENDED,
        "active_params": "8000000000",
        "requests": "10",
        "input_tokens": "100",
        "output_tokens": "200",
        "place": {"country": "FR"},
    }
    return StatedEvent(event_id or f"event/{number}", work | changes)
