"""Orders to retire credits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from greenledger.api.deps import AccountDep, GatewayDep, OffsetsDep
from greenledger.api.requests.allocation import allocation
from greenledger.api.schemas.allocations import AllocationQuery, AllocationView
from greenledger.api.schemas.offsets import Identity, OrderBody, OrderList, OrderView, order_view
from greenledger.api.strict_route import StrictRoute

router = APIRouter(prefix="/v1/orders", tags=["offsets"], route_class=StrictRoute)


@router.post("", status_code=201)
async def place_order(
    body: OrderBody, account: AccountDep, offsets: OffsetsDep, state: GatewayDep, response: Response
) -> OrderView:
    """Retires a quote's credits in the beneficiary's name; 200 if the same order was placed before."""
    order, is_new = await offsets.place_order(account, body.quote_id, body.beneficiary_name, body.message)
    response.status_code = 201 if is_new else 200
    return order_view(order, state.deployment)


@router.get("")
async def list_orders(account: AccountDep, offsets: OffsetsDep, state: GatewayDep) -> OrderList:
    """The account's newest orders, up to 100; whether each is minted as last read from the chain."""
    return OrderList(items=[order_view(order, state.deployment) for order in await offsets.orders(account)])


@router.get("/{order_id}/allocation")
async def read_allocation(
    order_id: Identity,
    asked: Annotated[AllocationQuery, Query()],
    account: AccountDep,
    offsets: OffsetsDep,
    state: GatewayDep,
) -> AllocationView:
    """What the certificate's holder sends to allocate to an attestation, the account's own or another's."""
    return await allocation(state, await offsets.order(account, order_id), asked)


@router.get("/{order_id}")
async def read_order(
    order_id: Identity, account: AccountDep, offsets: OffsetsDep, state: GatewayDep
) -> OrderView:
    """One order, with the chain's own word on whether it is minted."""
    return order_view(await offsets.order(account, order_id), state.deployment)
