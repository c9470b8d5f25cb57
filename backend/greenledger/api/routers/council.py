"""What council nodes ask each other."""

from __future__ import annotations

from fastapi import APIRouter, Request

from greenledger.api.deps import GatewayDep
from greenledger.api.requests.council import PeerDep, PeerRoute, node_view, sign_request
from greenledger.api.requests.council_batches import sign_batch_request
from greenledger.api.schemas.council import NodeView, SignatureView, SignRequest

router = APIRouter(prefix="/v1/council", tags=["council"])
signing = APIRouter(route_class=PeerRoute)


@router.get("")
async def node(state: GatewayDep) -> NodeView:
    """Who this node signs as, and under which methodology."""
    return node_view(state.council)


@signing.post("/sign")
async def sign(body: SignRequest, _peer: PeerDep, state: GatewayDep) -> SignatureView:
    """Recomputes a report from its evidence and signs it, or refuses and names what differs."""
    return await sign_request(state.council, body)


@signing.post("/batches")
async def sign_batch(request: Request, _peer: PeerDep, state: GatewayDep) -> SignatureView:
    """As `/sign`, of any size: gzip over JSON Lines, {report} first, then {salt, workload} each."""
    return await sign_batch_request(state.council, request)


router.include_router(signing)
