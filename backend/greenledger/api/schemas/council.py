"""What council nodes say to each other."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from greenledger.api.schemas.words import Body, View, Word

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class DisclosedBody(Body):
    workload: dict[str, Any]
    salt: Word


class FootprintRequest(Body):
    kind: Literal["footprint"]
    report: dict[str, Any]
    workloads: list[DisclosedBody] = Field(min_length=1, max_length=1000)


class ProofBody(Body):
    market: ShortText
    reference: ShortText
    order: dict[str, Any] | None = None  # the desk's order that it was retired for


class RetirementRequest(Body):
    kind: Literal["retirement"]
    report: dict[str, Any]
    proof: ProofBody


KINDS = ("footprint", "retirement")
SignRequest = Annotated[FootprintRequest | RetirementRequest, Field(discriminator="kind")]


class SignatureView(View):
    signer: str
    signature: str
    digest: str


class NodeView(View):
    signer: str | None  # checksum address, null if this node does not sign
    chain_id: int
    methodology: str
