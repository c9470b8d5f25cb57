"""Every table, imported here so that the migrations see the whole schema."""

from greenledger.usage.models import (
    chain_event,
    nonce,
    order,
    outbox,
    quote,
    report,
    session,
    transaction,
    workload,
)

__all__ = [
    "chain_event",
    "nonce",
    "order",
    "outbox",
    "quote",
    "report",
    "session",
    "transaction",
    "workload",
]
