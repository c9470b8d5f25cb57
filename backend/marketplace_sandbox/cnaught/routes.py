"""CNaught's endpoints: quotes by mass, orders with an idempotency key, and calls about their state."""

import ipaddress
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from marketplace_sandbox.cnaught.fixtures import DEFAULT_ID, PORTFOLIOS, PortfolioFixture
from marketplace_sandbox.cnaught.shapes import kg, order_json
from marketplace_sandbox.cnaught.store import CnaughtOrder, CnaughtStore, price_cents
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.routes import BodyDep, FaultsDep, KeyDep, StoreDep
from marketplace_sandbox.wire import ExactJSON, MarketError

PREFIX = "/cnaught/v1"
QUOTES, ORDERS, ORDER = f"POST {PREFIX}/quotes", f"POST {PREFIX}/orders", f"GET {PREFIX}/orders"
LONGEST_KEY = 512
MOST_PER_PAGE = 100
INVALID = "invalid-parameters"
router = APIRouter(prefix=PREFIX, dependencies=[KeyDep])


def _cnaught(store: StoreDep) -> CnaughtStore:
    return CnaughtStore(store)


CnaughtDep = Annotated[CnaughtStore, Depends(_cnaught)]
IdempotencyKey = Annotated[str | None, Header()]


@router.post("/quotes")
def quote(body: BodyDep, faults: FaultsDep) -> Response:
    """The price of a mass; it binds nobody and has no id."""
    portfolio, grams = _portfolio(body), _grams(body)
    faults.refuse(QUOTES, {"supply-gone": _invalid("amount_kg: more than the portfolio has")})
    dearer = faults.take(("price-moved",), QUOTES) is not None
    return ExactJSON({"amount_kg": kg(grams), "price_usd_cents": price_cents(portfolio, grams, dearer)})


@router.post("/orders", status_code=201)
def place(
    body: BodyDep, cnaught: CnaughtDep, faults: FaultsDep, idempotency_key: IdempotencyKey = None
) -> Response:
    """Place an order by mass; the same key with the same body gives the same order."""
    if idempotency_key is not None and len(idempotency_key) > LONGEST_KEY:
        raise MarketError(400, "idempotency-key-too-long", f"at most {LONGEST_KEY} characters")
    if ("amount_kg" in body) == ("total_price_usd_cents" in body):
        raise _invalid("expected exactly one of amount_kg and total_price_usd_cents")
    portfolio, grams = _portfolio(body), _grams(body)
    _check_callback(body.get("notification_config"))
    faults.refuse(
        ORDERS,
        {
            "supply-gone": _invalid("amount_kg: more than the portfolio has"),
            "price-moved": _invalid("portfolio_id: the price has moved, ask for a new quote"),
            "quote-expired": _invalid("portfolio_id: not offered any more"),
        },
    )
    outcome = Outcome.of(faults, ORDERS)
    order, is_replay = cnaught.place(body, portfolio, grams, idempotency_key, outcome)
    headers = {"X-Idempotent-Replay": "true"} if is_replay else {}
    return ExactJSON(order_json(order, cnaught.now()), status_code=201, headers=headers)


@router.get("/orders")
def orders(
    cnaught: CnaughtDep,
    faults: FaultsDep,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = MOST_PER_PAGE,
    starting_after: str | None = None,
) -> Response:
    """Orders, newest first."""
    found = cnaught.orders(limit, starting_after)
    return ExactJSON({"data": [order_json(order, _read_at(order, cnaught, faults)) for order in found]})


@router.get("/orders/{identity}")
def one_order(identity: str, cnaught: CnaughtDep, faults: FaultsDep) -> Response:
    """One order by its id."""
    order = _found(cnaught.order(identity))
    return ExactJSON(order_json(order, _read_at(order, cnaught, faults)))


@router.post("/orders/{identity}/cancel")
def cancel(identity: str, cnaught: CnaughtDep) -> Response:
    """Cancel an order that is not fulfilled yet."""
    return ExactJSON(order_json(_found(cnaught.cancel(identity)), cnaught.now()))


def _found(order: CnaughtOrder | None) -> CnaughtOrder:
    if order is None:
        raise MarketError(404, "not-found", "no such order")
    return order


def _read_at(order: CnaughtOrder, cnaught: CnaughtStore, faults: FaultsDep) -> float:
    """Now, or by a fault the time when the order had just been placed."""
    return order.submitted_at if faults.take(("out-of-order",), ORDER) is not None else cnaught.now()


def _portfolio(body: dict[str, Any]) -> PortfolioFixture:
    portfolio = PORTFOLIOS.get(str(body.get("portfolio_id", DEFAULT_ID)))
    if portfolio is None:
        raise _invalid(f"portfolio_id: expected one of {', '.join(PORTFOLIOS)}")
    return portfolio


def _grams(body: dict[str, Any]) -> int:
    value = body.get("amount_kg")
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise _invalid("amount_kg: expected a number")
    grams = Decimal(value) * 1000
    if not 0 < grams <= 10**12 or grams != grams.to_integral_value():
        raise _invalid("amount_kg: expected more than 0, in whole grams")
    return int(grams)


def _check_callback(config: object) -> None:
    """Calls go to this machine only, whatever an order asks for."""
    if config is None:
        return
    url = config.get("url") if isinstance(config, dict) else None
    host = urlsplit(url).hostname if isinstance(url, str) else None
    if host != "localhost" and not _is_loopback(host):
        raise _invalid("notification_config.url: the sandbox calls loopback addresses only")


def _is_loopback(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _invalid(message: str) -> MarketError:
    return MarketError(400, INVALID, message)
