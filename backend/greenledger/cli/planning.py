"""Transactions that were simulated and not sent, for people and for programs."""

from __future__ import annotations

from decimal import Decimal

from greenledger.client.shapes import Planned

WEI_PER_ETHER = 10**18


def _ether(wei: int) -> str:
    return f"{Decimal(wei) / WEI_PER_ETHER:f}"


def planned_words(planned: Planned) -> list[str]:
    """Lines that say what it does and what it may cost."""
    call, most = planned.to_send, planned.most_wei
    cost = "gas not known before the one before is mined"
    if planned.gas is not None and most is not None:
        cost = f"gas {planned.gas:,}, at most {_ether(most)} ether"
    return [f"  from {planned.sender} to {call.to} on chain {call.chain_id}: {cost}", f"  data {call.data}"]


def planned_json(planned: Planned) -> dict[str, object]:
    return planned.to_send.as_json() | {
        "from": planned.sender,
        "gas": planned.gas,
        "max_fee_per_gas_wei": str(planned.max_fee_wei),
        "most_wei": None if planned.most_wei is None else str(planned.most_wei),
    }
