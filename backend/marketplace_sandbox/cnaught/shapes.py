"""CNaught's reply bodies, built from what the store holds."""

from decimal import Decimal
from typing import Any

from marketplace_sandbox.cnaught.fixtures import CreditProject
from marketplace_sandbox.cnaught.store import CnaughtOrder
from marketplace_sandbox.outcome import STRANGER
from marketplace_sandbox.shapes import APP, iso


def order_json(order: CnaughtOrder, now: float) -> dict[str, Any]:
    """An order; the shares by project are there once it is fulfilled, and stay when that is taken back."""
    body, retired = order.body, order.is_retired(now)
    description = f"On behalf of {STRANGER}" if order.outcome.wrong_beneficiary else body.get("description")
    shown: dict[str, Any] = {
        "id": order.id,
        "order_number": f"99999-{order.number:05d}-00000-00000-0000",
        "amount_kg": kg(order.grams),
        "price_usd_cents": order.cents,
        "state": order.state(now),
        "created_on": iso(order.submitted_at),
        "certificate_public_url": f"{APP}{order.id}",
        "certificate_download_public_url": f"{APP}{order.id}.pdf",
    }
    if body.get("metadata") is not None:
        shown["metadata"] = body["metadata"]
    if description is not None:
        shown["description"] = description
    if body.get("notification_config"):
        shown["callback_url"] = body["notification_config"]["url"]
    if retired:
        shown["project_allocations"] = [
            _allocation(project, part)
            for project, part in zip(order.portfolio.projects, order.parts, strict=True)
        ]
    return shown


def kg(grams: int) -> Decimal:
    """Grams as kilograms."""
    return Decimal(grams) / 1000


def _allocation(project: CreditProject, part: dict[str, Any]) -> dict[str, Any]:
    return {
        "project": {
            "id": project.id,
            "name": project.name,
            "type": project.type,
            "registry_name": project.registry_name,
            "registry_id": project.registry_id,
            "registry_url": f"{APP}registry/{project.registry_id}",
            "methodology": project.methodology,
            "verifier": "Sandbox verifier",
            "developer": "Sandbox developer",
            "location_name": project.location,
            "un_sdg_goals": [13],
            "third_party_labels": list(project.labels),
        },
        "amount_kg": kg(part["grams"]),
        "retirements": [
            {"serial_number_range": part["serials"], "url": f"{APP}registry/{project.registry_id}"}
        ],
    }
