"""The registry's reply bodies, built from its books."""

from decimal import Decimal
from typing import Any

from marketplace_sandbox.isometric.fixtures import BENEFICIARIES, ISSUED, OWNER
from marketplace_sandbox.isometric.store import BatchRow, RetirementRow
from marketplace_sandbox.outcome import STRANGER
from marketplace_sandbox.shapes import APP, iso


def page_json(nodes: list[dict[str, Any]], total: int, start: int) -> dict[str, Any]:
    """A page of a list; cursors are positions in it."""
    end = start + len(nodes)
    return {
        "nodes": nodes,
        "total_count": total,
        "page_info": {
            "has_previous_page": start > 0,
            "has_next_page": end < total,
            "start_cursor": str(start) if nodes else None,
            "end_cursor": str(end - 1) if nodes else None,
        },
    }


def retirement_json(row: RetirementRow) -> dict[str, Any]:
    """A retirement as anybody can read it."""
    beneficiary = _organisation(row.beneficiary)
    if row.outcome.wrong_beneficiary:
        beneficiary = {"id": "org_SANDBOX0000000099", "name": STRANGER, "domain": None}
    return {
        "id": row.id,
        "retired_at": iso(row.retired_at),
        "purposes": list(row.purposes),
        "beneficiary": beneficiary,
        "owner": _organisation(OWNER),
        "credit_batch_size_total": _quantity(row.kg),
        "url": f"{APP}{row.id}",
        "notes": row.notes,
    }


def batch_json(row: BatchRow, retired: RetirementRow | None = None, reverted: bool = False) -> dict[str, Any]:
    """A credit batch; of a retirement that was taken back it is active again."""
    issued = ISSUED[row.issued]
    first, last = (
        retired.shown if retired is not None and retired.shown is not None else (row.first, row.last)
    )
    is_retired = row.status == "retired" and not reverted
    return {
        "id": row.id,
        "serial_number": f"{issued.book}-{first}-{last}",
        "status": "active" if reverted else row.status,
        "size": _quantity(row.kg),
        "issued_at": f"{issued.year + 1}-02-01T09:00:00Z",
        "retired_at": iso(retired.retired_at) if retired is not None and is_retired else None,
        "sequestered_on": f"{issued.year}-11-30",
        "country_of_issue": issued.country,
        "supplier_id": issued.supplier,
        "project_id": issued.project,
        "issuance_id": f"iss_SANDBOX{row.issued:09d}",
        "removal_id": f"rmv_SANDBOX{row.issued:09d}",
        "retirement_id": row.retirement if is_retired else None,
        "beneficiary": _organisation(retired.beneficiary) if retired is not None and is_retired else None,
        "owner": _organisation(OWNER),
        "parent_id": row.parent,
        "left_child_id": row.left_child,
        "right_child_id": row.right_child,
        "ccp_approved": issued.ccp,
        "carbon_removal_data": None,
    }


def _organisation(identity: str) -> dict[str, Any]:
    return {"id": identity, "name": BENEFICIARIES[identity], "domain": None}


def _quantity(kg: int) -> dict[str, Any]:
    return {"credits": Decimal(kg) / 1000, "credit_kgs": kg}
