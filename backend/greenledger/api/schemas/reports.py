"""Reports over the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from greenledger.api.schemas.words import ID_PATTERN, Body, View, Word

WorkloadId = Annotated[str, StringConstraints(pattern=ID_PATTERN)]


class ReportBody(Body):
    workload_ids: list[WorkloadId] = Field(min_length=1, max_length=1000)
    supersedes: Word | None = None  # footprint hash of the attestation that this one corrects


class Transaction(View):
    """What the account's own wallet sends."""

    to: str
    data: str
    chain_id: int


class ReportView(View):
    id: str
    report: dict[str, Any]
    footprint_hash: str
    signatures: list[str]
    transaction: Transaction
    typed_data: dict[str, Any]
    workload_ids: list[str]
    valid_until: int  # Unix seconds
    created_at: int  # Unix seconds


class ReportList(View):
    items: list[ReportView]
