"""Replies of the market as its guide shows them; each field can be made wrong."""

from __future__ import annotations

from typing import Any

QUOTE = "0f3a9d3c-6f0b-4c57-9a57-5f0e2b1c7a11"
HASH = "0x" + "1e" * 32
RETIREMENT = f"8453-{HASH}-2"
BUYER = "0x" + "ab" * 20


def order(**changes: Any) -> dict[str, Any]:
    usual = {
        "status": "COMPLETED",
        "quote": {"uuid": QUOTE, "quantity_tonnes": 1.5, "cost_usdc": 4.9, "consumed": 1},
        "transaction_hash": HASH,
        "view_retirement_url": None,
        "beneficiary_name": "Team",
        "beneficiary_address": BUYER,
    }
    return usual | changes


def retirement(**changes: Any) -> dict[str, Any]:
    usual = {
        "id": RETIREMENT,
        "amount": 1.5,
        "hash": HASH,
        "timestamp": 1760000000,
        "beneficiaryAddress": BUYER,
        "beneficiaryName": "Team",
        "creditId": {"projectId": "ICR-112", "vintage": 2021},
    }
    return usual | changes


def price(**changes: Any) -> dict[str, Any]:
    usual = {
        "sourceId": "listing-8453-0x01",
        "type": "listing",
        "purchasePrice": 3,
        "supply": 10,
        "minFillAmount": 0.001,
        "listing": {"creditId": {"vintage": 2021, "projectId": "ICR-112"}},
    }
    return usual | changes
