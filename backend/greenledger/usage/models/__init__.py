"""Every table, imported here so that the migrations see the whole schema."""

from greenledger.usage.models import nonce, order, quote, report, session, workload

__all__ = ["nonce", "order", "quote", "report", "session", "workload"]
