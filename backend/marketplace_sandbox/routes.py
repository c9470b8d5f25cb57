"""The market's endpoints. Handlers are plain functions, run in threads, because SQLite blocks."""

import hmac
import re
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from marketplace_sandbox import shapes
from marketplace_sandbox.certificate import certificate_pdf
from marketplace_sandbox.faults import FaultBox
from marketplace_sandbox.fixtures import CHAIN_ID, LISTINGS, Listing, listing_of
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.store import OrderRow, Store
from marketplace_sandbox.wire import ExactJSON, MarketError, json_object

ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
MAX_DECIMALS = 12  # credit tokens divide further, but no quote needs less than a microgram
router = APIRouter()


def _store(request: Request) -> Store:
    store = request.app.state.store
    assert isinstance(store, Store)
    return store


def _faults(request: Request) -> FaultBox:
    box = request.app.state.faults
    assert isinstance(box, FaultBox)
    return box


def require_key(request: Request) -> None:
    """Refuse a request without the bearer key; raises MarketError 401."""
    given = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(given, b"Bearer " + request.app.state.key.encode()):
        raise MarketError(401, "Unauthorized", "missing or unknown API key")


StoreDep = Annotated[Store, Depends(_store)]
FaultsDep = Annotated[FaultBox, Depends(_faults)]
BodyDep = Annotated[dict[str, Any], Depends(json_object)]
ListDep = Annotated[list[str] | None, Query()]
KeyDep = Depends(require_key)


@router.get("/carbonProjects")
def carbon_projects(
    store: StoreDep,
    country: ListDep = None,
    category: ListDep = None,
    vintage: ListDep = None,
    registry: str | None = None,
    page: int = 1,
) -> Response:
    """Projects with the filters of the guide; two per page, so that clients have to page."""
    chosen = [
        listing
        for listing in LISTINGS
        if (not country or listing.country in country)
        and (not category or listing.category in category)
        and (not vintage or str(listing.vintage) in vintage)
        and (not registry or listing.project.startswith(registry + "-"))
    ]
    size = 2
    items = [
        shapes.project_json(item, store.supply(item)) for item in chosen[(page - 1) * size : page * size]
    ]
    pages = -(-len(chosen) // size)
    return ExactJSON({"items": items, "itemsCount": len(chosen), "pagesCount": pages, "currentPage": page})


@router.get("/prices")
def prices(
    store: StoreDep,
    projectIds: ListDep = None,
    vintages: ListDep = None,
    minSupply: Decimal = Decimal(0),
) -> Response:
    """Offers with supply, cheapest first."""
    rows = []
    for listing in sorted(LISTINGS, key=lambda item: item.price_usdc):
        supply = store.supply(listing)
        wanted = (not projectIds or listing.project in projectIds) and (
            not vintages or str(listing.vintage) in vintages
        )
        if wanted and supply > 0 and supply >= minSupply:
            rows.append(shapes.price_json(listing, supply))
    return ExactJSON(rows)


@router.post("/quotes", dependencies=[KeyDep])
def create_quote(body: BodyDep, store: StoreDep, faults: FaultsDep) -> Response:
    """Price a quantity; the body takes exactly two fields."""
    expected = {"asset_price_source_id", "quantity_tonnes"}
    if set(body) != expected:
        wrong = ", ".join(sorted(set(body) ^ expected))
        raise MarketError(400, "Bad Request", f"{wrong}: body takes exactly {', '.join(sorted(expected))}")
    listing = listing_of(str(body["asset_price_source_id"]))
    if listing is None:
        raise MarketError(400, "Bad Request", "asset_price_source_id: unknown source")
    tonnes = _tonnes(body["quantity_tonnes"], listing)
    faults.refuse("POST /quotes", {"supply-gone": _refused("quantity_tonnes: exceeds the available supply")})
    dearer = faults.take(("price-moved",), "POST /quotes") is not None
    return ExactJSON(shapes.quote_json(store.create_quote(listing, tonnes, dearer)))


@router.post("/orders", dependencies=[KeyDep])
def place_order(body: BodyDep, store: StoreDep, faults: FaultsDep) -> Response:
    """Consume a quote and start the retirement."""
    name = _text(body, "beneficiary_name", 255)
    message = _text(body, "retirement_message", 500)
    address = body.get("beneficiary_address", "")
    if not isinstance(address, str) or (address and not ADDRESS.fullmatch(address)):
        raise MarketError(400, "Bad Request", "beneficiary_address: expected a 0x address")
    faults.refuse(
        "POST /orders",
        {
            "price-moved": _refused("quote_uuid: the price has moved"),
            "supply-gone": _refused("quote_uuid: exceeds the available supply"),
            "quote-expired": _refused("quote_uuid: quote expired"),
        },
    )
    outcome = Outcome.of(faults, "POST /orders")
    order = store.place(str(body.get("quote_uuid")), name, address, message, outcome)
    return ExactJSON(shapes.order_json(order, store.now()))


@router.get("/orders", dependencies=[KeyDep])
def find_order(store: StoreDep, faults: FaultsDep, quote_uuid: str) -> Response:
    """The order of a quote, as an array of one or none, which is what integrators receive."""
    order = store.order_of(quote_uuid)
    if order is None:
        return ExactJSON([])
    is_old = faults.take(("out-of-order",), "GET /orders") is not None
    return ExactJSON([shapes.order_json(order, order.submitted_at if is_old else store.now())])


@router.get("/orders/{number}", dependencies=[KeyDep])
def order_by_number(number: int, store: StoreDep) -> Response:
    """One order by the numeric id that no reply contains."""
    order = store.order_number(number)
    if order is None:
        raise MarketError(404, "Not Found", "no such order")
    return ExactJSON(shapes.order_json(order, store.now()))


@router.get("/retirements")
def retirements(store: StoreDep, hash: str | None = None) -> Response:
    """Completed retirements, of one transaction if asked."""
    return ExactJSON([shapes.retirement_json(order) for order in store.retirements(hash)[-1000:]])


@router.get("/retirements/{identity}")
def retirement(identity: str, store: StoreDep) -> Response:
    """One retirement by its unified id."""
    return ExactJSON(shapes.retirement_json(_retired(identity, store)))


@router.get("/retirements/{identity}/provenance")
def provenance(identity: str, store: StoreDep) -> Response:
    """History of the retired credits with their serial numbers."""
    return ExactJSON(shapes.provenance_json(_retired(identity, store)))


@router.get("/retirements/{identity}/certificate")
def certificate(identity: str, store: StoreDep) -> Response:
    """A PDF that says what it is: a sandbox document."""
    order = _retired(identity, store)
    lines = (
        "SANDBOX: NOT A REAL RETIREMENT",
        f"{order.retired_tonnes} t CO2e of {order.quote.listing.project}",
        f"Vintage {order.quote.listing.vintage}",
        f"For {order.beneficiary_name}",
        identity,
    )
    return Response(certificate_pdf(lines), media_type="application/pdf")


def _retired(identity: str, store: Store) -> OrderRow:
    match = re.fullmatch(rf"{CHAIN_ID}-(0x[0-9a-f]{{64}})-0", identity)
    found = store.retirements(match.group(1)) if match else []
    if not found:
        raise MarketError(404, "Not Found", "no such retirement")
    return found[0]


def _refused(message: str) -> MarketError:
    return MarketError(400, "Bad Request", message)


def _tonnes(value: object, listing: Listing) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise MarketError(400, "Bad Request", "quantity_tonnes: expected a number")
    tonnes = Decimal(value)
    exponent = tonnes.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MAX_DECIMALS or tonnes > listing.supply_tonnes:
        raise MarketError(
            400,
            "Bad Request",
            f"quantity_tonnes: expected at most {MAX_DECIMALS} decimals and the available supply",
        )
    return tonnes


def _text(body: dict[str, Any], field: str, longest: int) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise MarketError(400, "Bad Request", f"{field}: expected text of 1 to {longest} characters")
    return value
