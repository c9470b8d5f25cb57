"""What a buyer asks a firm price for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuoteWish:
    """An amount of one offer, paid with one token. `holder` gets the certificate, the payer by default.

    `min_share_ppm` is the least part of the amount, in millionths, that is paid for if less is retired.
    """

    source_id: str
    amount_ug: int
    payment_token: str
    beneficiary_name: str
    reason: str
    holder: str | None = None
    min_share_ppm: int | None = None

    def body(self) -> dict[str, object]:
        stated: dict[str, object | None] = {
            "source_id": self.source_id,
            "amount_ug": str(self.amount_ug),
            "payment_token": self.payment_token,
            "beneficiary_name": self.beneficiary_name,
            "reason": self.reason,
            "holder": self.holder,
            "min_share_ppm": self.min_share_ppm,
        }
        return {name: value for name, value in stated.items() if value is not None}
