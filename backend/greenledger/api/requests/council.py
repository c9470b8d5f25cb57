"""A peer's request for a signature, from the wire to the node and back."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError

from greenledger.api.deps import GatewayDep, gateway
from greenledger.api.problems import Problem
from greenledger.api.schemas.council import (
    KINDS,
    FootprintRequest,
    NodeView,
    RetirementRequest,
    SignatureView,
)
from greenledger.api.settings import Settings
from greenledger.api.strict_route import StrictRoute
from greenledger.council.node import CouncilNode
from greenledger.evidence.disclosure import DisclosedWorkload
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.typed_data import footprint_report_from_json, retirement_report_from_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import FieldError


def _check_peer(settings: Settings, authorization: str) -> None:
    """Raises Problem 401."""
    token = settings.peer_token
    expected = f"Bearer {token.get_secret_value()}" if token else ""
    # Bytes, since the comparison takes only ASCII text; in constant time, so that nothing leaks by timing.
    if not expected or not hmac.compare_digest(authorization.encode(), expected.encode()):
        reason = FieldError(
            "header Authorization", "is not the peers' token", "Bearer and the token of the council"
        )
        raise Problem(401, "not_a_peer", "Only council nodes may ask for a signature.", [reason])


def peer(state: GatewayDep, authorization: Annotated[str, Header(max_length=500)] = "") -> None:
    """Lets council peers in. Raises Problem 401."""
    _check_peer(state.settings, authorization)


PeerDep = Annotated[None, Depends(peer)]


def _without_tag(item: dict[str, Any]) -> dict[str, Any]:
    """An error of the union, named as in the request: its schema's tag stands in no path of the body."""
    if item["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return item | {"loc": ("body", "kind"), "msg": " or ".join(KINDS)}
    where, *steps = item["loc"]
    return item | {"loc": (where, *(steps[1:] if steps and steps[0] in KINDS else steps))}


class PeerRoute(StrictRoute):
    """Asks for the token before the body is read: a framework's dependencies come after it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def for_peers(request: Request) -> Response:
            _check_peer(gateway(request).settings, request.headers.get("authorization", ""))
            try:
                return await handler(request)
            except RequestValidationError as error:
                raise RequestValidationError([_without_tag(item) for item in error.errors()]) from error

        return for_peers


def node_view(node: CouncilNode) -> NodeView:
    return NodeView(
        signer=node.signer.address if node.signer else None,
        chain_id=node.deployment.chain_id,
        methodology=as_hex(methodology_id(node.factors)),
    )


async def sign_request(node: CouncilNode, body: FootprintRequest | RetirementRequest) -> SignatureView:
    """Raises InvalidReport, InvalidWorkload, CouncilRefused, NoCouncilKey or ChainUnavailable."""
    if isinstance(body, FootprintRequest):
        disclosed = [DisclosedWorkload(item.workload, word_bytes(item.salt)) for item in body.workloads]
        signed = await node.sign_footprint(footprint_report_from_json(body.report), disclosed)
    else:
        proof = body.proof.model_dump(exclude_none=True)
        signed = await node.sign_retirement(retirement_report_from_json(body.report), proof)
    return SignatureView(
        signer=signed.signer, signature=as_hex(signed.signature), digest=as_hex(signed.digest)
    )
