"""Batches and proofs over the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from greenledger.api.schemas.reports import Transaction
from greenledger.api.schemas.words import Body, View

MOST_WORKLOADS = 1 << 20  # in one batch; the council counts no more

UnixSeconds = Annotated[int, Field(ge=0, lt=2**40)]


class BatchBody(Body):
    """Work that ended in [ended_from, ended_before) and is in no report yet, the first stated first."""

    ended_from: UnixSeconds
    ended_before: UnixSeconds
    most: int = Field(default=MOST_WORKLOADS, ge=1, le=MOST_WORKLOADS)


class SignedReport(View):
    """A report that the council signed; the account's wallet or its operator sends the transaction."""

    id: str
    report: dict[str, Any]
    footprint_hash: str
    signatures: list[str]
    transaction: Transaction
    typed_data: dict[str, Any]
    valid_until: int  # Unix seconds
    recorded_at: int | None  # Unix seconds, by the chain; null if it is not there


class BatchView(View):
    id: str
    state: str  # open, closed, built, signed, recorded, expired, empty, refused or dissolved
    ended_from: int  # Unix seconds
    ended_before: int  # Unix seconds
    most: int
    workloads: int  # taken into the batch; final once it is closed
    done: int  # of them, by the step that runs now
    report: SignedReport | None
    error_code: str | None  # what hinders the present step, or ended the batch
    error_detail: str | None
    created_at: int  # Unix seconds


class BatchList(View):
    items: list[BatchView]


class ProofView(View):
    """What a contract's `verify_workload` takes, and what the workload and its salt are."""

    workload_id: str
    batch_id: str | None  # null: it is in a single report
    workload: dict[str, Any]
    salt: str
    kind: int
    version: int
    workload_hash: str
    low_ug: str
    central_ug: str
    high_ug: str
    leaf: str
    proof: list[str]
    report_id: str
    report: dict[str, Any]
    signatures: list[str]
    recorded: bool
    chain_id: int
    ledger: str
