"""Rows of workloads and reports for the tests of what is stored of them."""

from __future__ import annotations

import hashlib
from typing import Any

from greenledger.usage.bulk import NewWorkload
from greenledger.usage.models.report import Report, ReportWorkload

MINE = "0x" + "11" * 20
THEIRS = "0x" + "22" * 20


def word_of(text: str) -> str:
    return "0x" + hashlib.sha256(text.encode()).hexdigest()


def new_row(identity: str, event_id: str | None = None, account: str = MINE, **changes: Any) -> NewWorkload:
    """A row whose hashes are all different and follow from its id."""
    usual: dict[str, Any] = {
        "account": account,
        "id": identity,
        "event_id": event_id,
        "canonical": f'{{"name":"work of {identity}"}}',
        "content_hash": word_of(f"content of {identity}"),
        "salt": word_of(f"salt of {identity}"),
        "workload_hash": word_of(f"salted hash of {identity}"),
        "methodology": word_of("methodology"),
        "estimate": f'{{"of": "{identity}"}}',
        "created_at": 5,
    }
    return NewWorkload(**usual | changes)


def report_over(identity: str, *workload_ids: str, account: str = MINE) -> Report:
    links = [
        ReportWorkload(account=account, report_id=identity, workload_id=workload_id, position=position)
        for position, workload_id in enumerate(workload_ids)
    ]
    return Report(
        account=account,
        id=identity,
        selection=identity,
        report={"public": identity},
        footprint_hash=word_of(identity),
        signatures=[],
        valid_until=1,
        created_at=1,
        workloads=links,
    )
