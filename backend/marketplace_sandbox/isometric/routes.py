"""The registry's endpoints: an owner's credit batches, retirements made from them, and the public record."""

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from marketplace_sandbox.isometric.fixtures import BENEFICIARIES, ISSUED, OWNER
from marketplace_sandbox.isometric.shapes import batch_json, page_json, retirement_json
from marketplace_sandbox.isometric.store import IsometricStore, RetirementRow
from marketplace_sandbox.outcome import Outcome
from marketplace_sandbox.routes import BodyDep, FaultsDep, KeyDep, StoreDep
from marketplace_sandbox.wire import ExactJSON, MarketError

PREFIX = "/isometric/registry/v0"
RETIRE, RETIREMENTS = f"POST {PREFIX}/retirements", f"GET {PREFIX}/retirements"
PURPOSES = frozenset(
    {"corporate_targets", "public_environmental_claims", "insetting", "regulatory_requirement", "other"}
)
LONGEST_NOTES = 256
COMMON = (
    "owner_organisation_id",
    "beneficiary_organisation_id",
    "supplier_id",
    "retirement_purposes",
    "notes",
)


def _client_secret(request: Request) -> None:
    given = request.headers.get("x-client-secret", "").encode()
    if not hmac.compare_digest(given, request.app.state.key.encode()):
        raise MarketError(401, "Unauthorized", "missing or unknown client secret")


def _registry(store: StoreDep) -> IsometricStore:
    return IsometricStore(store)


RegistryDep = Annotated[IsometricStore, Depends(_registry)]
First = Annotated[int, Query(ge=1, le=50)]
router = APIRouter(prefix=PREFIX, dependencies=[KeyDep, Depends(_client_secret)])


@router.get("/organisations/{identity}/credit_batches")
def credit_batches(
    identity: str, registry: RegistryDep, first: First = 10, after: str | None = None
) -> Response:
    """The batches of an organisation, in the order of their issuance."""
    rows = registry.batches() if identity == OWNER else []
    return _page([batch_json(row) for row in rows], first, after)


@router.post("/beneficiary")
def create_beneficiary(_body: BodyDep) -> Response:
    """Organisations are made known by hand here: the sandbox has three."""
    raise _invalid(f"expected one of the organisations {', '.join(BENEFICIARIES)}")


@router.post("/retirements")
def retire(body: BodyDep, registry: RegistryDep, faults: FaultsDep) -> Response:
    """Retire kilograms of given batches of one supplier."""
    _check_common(body)
    entries = body.get("credit_batch_quantities")
    if not isinstance(entries, list) or not entries:
        raise _invalid("credit_batch_quantities: expected at least one")
    quantities = dict(_quantity(entry) for entry in entries)
    for identity in quantities:
        row = registry.batch(identity)
        if row is None or ISSUED[row.issued].supplier != body["supplier_id"]:
            raise _invalid(f"credit_batch_quantities: {identity[:60]} is not of the supplier")
    return _retire(body, quantities, registry, faults)


@router.post("/retirements/from_oldest_credits")
def retire_oldest(body: BodyDep, registry: RegistryDep, faults: FaultsDep) -> Response:
    """Retire a quantity of one supplier's credits, those issued first before others."""
    _check_common(body)
    left = body.get("credit_quantity_kg")
    if isinstance(left, bool) or not isinstance(left, int) or left < 1:
        raise _invalid("credit_quantity_kg: expected a whole number above 0")
    quantities: dict[str, int] = {}
    for row in registry.batches():
        issued = ISSUED[row.issued]
        fits = issued.supplier == body["supplier_id"] and body.get("vintage") in (None, issued.year)
        if row.status == "active" and fits and left > 0:
            quantities[row.id] = min(left, row.kg)
            left -= quantities[row.id]
    if left > 0:
        raise _invalid(f"credit_quantity_kg: {left} kg more than there are")
    return _retire(body, quantities, registry, faults)


@router.get("/retirements")
def retirements(
    registry: RegistryDep,
    faults: FaultsDep,
    first: First = 10,
    after: str | None = None,
    owner_org_id: str = OWNER,
    beneficiary_org_id: str | None = None,
) -> Response:
    """Retirements, newest first; by a fault the list lags behind and does not have the newest yet."""
    rows = registry.retirements() if owner_org_id == OWNER else []
    rows = [row for row in rows if beneficiary_org_id in (None, row.beneficiary)]
    lags = bool(rows) and faults.take(("out-of-order",), RETIREMENTS) is not None
    return _page([retirement_json(row) for row in (rows[1:] if lags else rows)], first, after)


@router.get("/retirements/{identity}")
def one_retirement(identity: str, registry: RegistryDep) -> Response:
    """One retirement by its id."""
    return ExactJSON(retirement_json(_found(registry, identity)))


@router.get("/retirements/{identity}/credit_batches")
def batches_of_retirement(identity: str, registry: RegistryDep) -> Response:
    """The batches that a retirement retired."""
    row = _found(registry, identity)
    reverted = registry.is_reverted(row)
    nodes = [batch_json(batch, row, reverted) for batch in registry.batches_of(identity)]
    return ExactJSON(page_json(nodes, len(nodes), 0))


def _retire(
    body: dict[str, Any], quantities: dict[str, int], registry: IsometricStore, faults: FaultsDep
) -> Response:
    gone = _invalid("credit_batch_quantities: the credits are not active any more")
    faults.refuse(RETIRE, {"supply-gone": gone, "order-fails": _invalid("the retirement was not made")})
    outcome = Outcome.of(faults, RETIRE)
    purposes = tuple(body["retirement_purposes"])
    row = registry.retire(
        quantities, str(body["beneficiary_organisation_id"]), purposes, body["notes"], outcome
    )
    return ExactJSON(retirement_json(row))


def _found(registry: IsometricStore, identity: str) -> RetirementRow:
    row = registry.retirement(identity)
    if row is None:
        raise MarketError(404, "Not Found", "no such retirement")
    return row


def _check_common(body: dict[str, Any]) -> None:
    missing = [field for field in COMMON if field not in body]
    if missing:
        raise _invalid(f"{', '.join(missing)}: required")
    if body["owner_organisation_id"] != OWNER:
        raise _invalid("owner_organisation_id: not the organisation of this token")
    purposes, notes = body["retirement_purposes"], body["notes"]
    if not isinstance(purposes, list) or not purposes or not PURPOSES.issuperset(map(str, purposes)):
        raise _invalid(f"retirement_purposes: expected some of {', '.join(sorted(PURPOSES))}")
    if notes is not None and (not isinstance(notes, str) or len(notes) > LONGEST_NOTES):
        raise _invalid(f"notes: expected at most {LONGEST_NOTES} characters or null")


def _quantity(entry: object) -> tuple[str, int]:
    kg = entry.get("credit_quantity_kg") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or isinstance(kg, bool) or not isinstance(kg, int):
        raise _invalid("credit_batch_quantities[].credit_quantity_kg: expected a whole number")
    return str(entry.get("credit_batch_id")), kg


def _page(nodes: list[dict[str, Any]], first: int, after: str | None) -> Response:
    start = int(after) + 1 if after is not None and after.isdecimal() else 0
    return ExactJSON(page_json(nodes[start : start + first], len(nodes), start))


def _invalid(message: str) -> MarketError:
    return MarketError(422, "Unprocessable Content", message)
