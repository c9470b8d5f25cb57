"""The market's reply bodies, built from what the store holds."""

import time
from decimal import Decimal

from marketplace_sandbox.fixtures import CHAIN_ID, Listing
from marketplace_sandbox.outcome import STRANGER, STRANGER_ADDRESS
from marketplace_sandbox.store import OrderRow, QuoteRow

EXPLORER = "https://sepolia.basescan.org/tx/"  # the explorer of chain 84532; the transactions are invented
APP = "https://sandbox.invalid/retirements/"  # a reserved name: never resolves


def project_json(listing: Listing, supply: Decimal) -> dict[str, object]:
    """One entry of GET /carbonProjects."""
    registry, number = listing.project.split("-", 1)
    return {
        "key": listing.project,
        "projectID": number,
        "registry": registry,
        "name": listing.name,
        "country": listing.country,
        "methodologies": [
            {"id": listing.methodology, "category": listing.category, "name": listing.methodology}
        ],
        "vintages": [str(listing.vintage)],
        "price": str(listing.price_usdc),
        "hasSupply": supply > 0,
    }


def price_json(listing: Listing, supply: Decimal) -> dict[str, object]:
    """One entry of GET /prices; tonnes and USDC per tonne."""
    return {
        "sourceId": listing.source_id,
        "type": "listing",
        "purchasePrice": listing.price_usdc,
        "baseUnitPrice": listing.price_usdc,
        "supply": supply,
        "liquidSupply": supply,
        "minFillAmount": listing.minimum_tonnes,
        "listing": {
            "id": listing.listing_id,
            "creditId": {"vintage": listing.vintage, "projectId": listing.project},
            "token": token_json(listing),
            "sellerId": "sandbox-seller",
            "expiresAfter": 4102444800,
        },
    }


def token_json(listing: Listing) -> dict[str, object]:
    """The invented token of a listing."""
    return {
        "id": f"{CHAIN_ID}-erc20-{listing.token_address}",
        "address": listing.token_address,
        "decimals": 18,
        "tokenStandard": "erc20",
        "tokenId": None,
        "name": f"Sandbox credit {listing.project}",
        "symbol": f"SBX-{listing.project}",
        "isExAnte": listing.ex_ante,
    }


def quote_json(quote: QuoteRow) -> dict[str, object]:
    """A quote; tonnes and USDC."""
    return {
        "uuid": quote.uuid,
        "asset_price_source_id": quote.listing.source_id,
        "quantity_tonnes": quote.tonnes,
        "cost_usdc": quote.cost_usdc,
        "consumed": int(quote.consumed),
        "credential_id": 1,
        "created_at": iso(quote.created_at),
        "updated_at": iso(quote.created_at),
    }


def order_json(order: OrderRow, now: float) -> dict[str, object]:
    """An order; the proof fields stay null until it is completed."""
    status = order.status(now)
    done = status in ("COMPLETED", "CANCELLED")
    ended = order.complete_at if status != "SUBMITTED" else order.submitted_at
    return {
        "status": status,
        "transaction_hash": order.tx_hash if done else None,
        "on_chain_explorer_url": EXPLORER + order.tx_hash if done else None,
        "view_retirement_url": APP + retirement_id(order) if done else None,
        "quote": quote_json(order.quote),
        "beneficiary_name": order.beneficiary_name,
        "beneficiary_address": order.beneficiary_address,
        "retirement_message": order.message,
        "consumption_metadata": {},
        "registry_specific_data": {},
        "created_at": iso(order.submitted_at),
        "updated_at": iso(ended),
        "completed_at": iso(order.complete_at) if done else None,
    }


def retirement_json(order: OrderRow) -> dict[str, object]:
    """A retirement as anyone can read it, without a key."""
    listing, stranger = order.quote.listing, order.outcome.wrong_beneficiary
    return {
        "id": retirement_id(order),
        "amount": order.retired_tonnes,
        "hash": order.tx_hash,
        "onChainExplorerUrl": EXPLORER + order.tx_hash,
        "timestamp": int(order.complete_at),
        "beneficiaryAddress": STRANGER_ADDRESS if stranger else order.beneficiary_address,
        "beneficiaryName": STRANGER if stranger else order.beneficiary_name,
        "retiringAddress": "0x" + "5a" * 20,
        "retiringName": "Sandbox marketplace",
        "retirementMessage": order.message,
        "hasProvenanceDetails": True,
        "creditId": {"projectId": listing.project, "vintage": listing.vintage},
        "token": token_json(listing),
        "asyncRetirement": None,
    }


def provenance_json(order: OrderRow) -> list[dict[str, object]]:
    """Transfer history back to the bridge; the invented serial numbers count kilograms."""
    listing = order.quote.listing
    at = int(order.complete_at)
    serial = f"{listing.project}-{listing.vintage}-SANDBOX-{order.first_kg}-{order.last_kg}"
    shared = {
        "token": listing.token_address,
        "originalAmount": order.quote.tonnes,
        "createdAt": at,
        "updatedAt": at,
    }
    return [
        {
            "id": f"{order.tx_hash}-1",
            "transactionType": "RETIRED",
            "registrySerialNumbers": [serial],
            "sender": "0x" + "5a" * 20,
            "receiver": "0x" + "00" * 20,
            "remainingAmount": Decimal(0),
            **shared,
        },
        {
            "id": f"{order.tx_hash}-0",
            "transactionType": "BRIDGED",
            "registrySerialNumbers": [serial],
            "sender": "0x" + "00" * 20,
            "receiver": "0x" + "5a" * 20,
            "remainingAmount": order.quote.tonnes,
            **shared,
        },
    ]


def retirement_id(order: OrderRow) -> str:
    """The unified id {chainId}-{transactionHash}-{retirementIndex}; one retirement per transaction here."""
    return f"{CHAIN_ID}-{order.tx_hash}-0"


def iso(seconds: float) -> str:
    """Unix seconds as an ISO 8601 time in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
