"""What a buyer reads of an order: what it waits for, or how it ended."""

from __future__ import annotations

from greenledger.offsets.machine import Facts, Progress

WAITS: dict[Progress, str] = {
    Progress.QUOTED: "Waits for your payment into the desk.",
    Progress.OPENED: "Your payment is in a block. Waits for its confirmations.",
    Progress.PAID: "Your payment is in the desk. The credits are being bought and retired.",
    Progress.PLACED: "Bought. Waits for the registry to retire the credits and show the evidence.",
    Progress.RETIRED: "Retired. The council checks the evidence and signs.",
    Progress.COSIGNED: "Signed by the council. The certificate is being minted.",
    Progress.REFUNDING: "There will be no certificate. The whole price is on its way back to the payer.",
    Progress.STRANDED: "The chain took your payment back out of its block. The operator looks after this.",
}
ENDS: dict[Progress, str] = {
    Progress.MINTED: "The certificate is minted: evidence of retirement, ready to be allocated.",
    Progress.ALLOCATED: "The certificate is minted and allocated.",
    Progress.REFUNDED: "The whole price is back with the payer. There is no certificate.",
    Progress.FAILED: "The order ended without a certificate. Nothing is in the desk for it.",
}
UNPAID_COSIGNED = "Signed by the council. Waits for you to mint the certificate."


def waits_for(order: Facts) -> str | None:
    """What an order waits for, None at its end."""
    state = Progress(order.state)
    if state is Progress.COSIGNED and order.desk_id is None:
        return UNPAID_COSIGNED
    return WAITS.get(state)


def ended(order: Facts) -> str | None:
    """How an order ended, None while it has not."""
    return ENDS.get(Progress(order.state))
