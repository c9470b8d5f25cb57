"""Control endpoints under /_sandbox, which no real market has: switch faults, count retirements."""

from decimal import Decimal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from marketplace_sandbox.faults import parse_fault
from marketplace_sandbox.routes import BodyDep, FaultsDep, StoreDep, require_key
from marketplace_sandbox.wire import ExactJSON, MarketError

MAX_FAULTS = 100
router = APIRouter(prefix="/_sandbox", dependencies=[Depends(require_key)])


@router.get("/faults")
def read_faults(faults: FaultsDep) -> Response:
    """Faults switched on now."""
    return ExactJSON({"faults": [fault.as_json() for fault in faults.active()]})


@router.post("/faults")
def switch_faults(body: BodyDep, faults: FaultsDep) -> Response:
    """Switch to exactly these faults; an empty list makes the market work again."""
    wanted = body.get("faults")
    if not isinstance(wanted, list) or len(wanted) > MAX_FAULTS:
        raise MarketError(400, "Bad Request", f"faults: expected a list of at most {MAX_FAULTS}")
    faults.replace([parse_fault(item) for item in wanted])
    return read_faults(faults)


@router.get("/totals")
def totals(store: StoreDep) -> Response:
    """How many retirements there are, and their tonnes: what a rehearsal compares with the chain."""
    done = store.retirements()
    return ExactJSON(
        {"retirements": len(done), "tonnes": sum((order.quote.tonnes for order in done), Decimal(0))}
    )
