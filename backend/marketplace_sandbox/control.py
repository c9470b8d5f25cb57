"""Control endpoints under /_sandbox, which no real market has: faults, calls, counts of retirements."""

from decimal import Decimal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from marketplace_sandbox.cnaught.store import CnaughtStore
from marketplace_sandbox.faults import parse_fault
from marketplace_sandbox.isometric.store import IsometricStore
from marketplace_sandbox.routes import BodyDep, FaultsDep, StoreDep, require_key
from marketplace_sandbox.webhooks import Courier
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


@router.post("/webhooks")
def deliver(request: Request) -> Response:
    """Make the calls that are due now, rather than when their time comes."""
    courier = request.app.state.courier
    assert isinstance(courier, Courier)
    taken, waiting = courier.deliver()
    return ExactJSON({"taken": taken, "waiting": waiting})


@router.get("/totals")
def totals(store: StoreDep) -> Response:
    """Retirements that stand, and their tonnes, by market: what a rehearsal compares with the chain.

    The first two figures are Carbonmark's.
    """
    done = store.retirements()
    return ExactJSON(
        {
            **_total([order.retired_tonnes for order in done]),
            "cnaught": _total(_cnaught_tonnes(CnaughtStore(store))),
            "isometric": _total(_isometric_tonnes(IsometricStore(store))),
        }
    )


def _total(tonnes: list[Decimal]) -> dict[str, object]:
    return {"retirements": len(tonnes), "tonnes": sum(tonnes, Decimal(0))}


def _cnaught_tonnes(cnaught: CnaughtStore) -> list[Decimal]:
    now = cnaught.now()
    done = [order for order in cnaught.orders() if order.state(now) == "fulfilled"]
    return [Decimal(sum(part["grams"] for part in order.parts)) / 10**6 for order in done]


def _isometric_tonnes(registry: IsometricStore) -> list[Decimal]:
    standing = [row for row in registry.retirements() if not registry.is_reverted(row)]
    return [Decimal(row.kg) / 1000 for row in standing]
