"""What a holder of carbon tokens sends to retire them, made from the request alone and not from an answer."""

from __future__ import annotations

from greenledger.chain.calldata import encode_approve
from greenledger.chain.views import Function
from greenledger.client.shapes import ToSend
from greenledger.evidence.words import as_hex

UNITS_PER_UG = 10**6  # base units of a carbon token that are 1 ug CO2e: 18 decimals, one tonne each
_RETIRE = Function("retire_token(address,uint72,string)")


def approval(adapter: str, token: str, amount_ug: int, chain_id: int) -> ToSend:
    """Lets the adapter take exactly the amount. Addresses as 0x and 40 hex digits, ug CO2e."""
    return ToSend(token, as_hex(encode_approve(adapter, amount_ug * UNITS_PER_UG)), chain_id)


def retirement(adapter: str, token: str, amount_ug: int, beneficiary: str, chain_id: int) -> ToSend:
    """Retires the amount and mints the certificate. Raises CannotEncode for one above uint72."""
    return ToSend(adapter, as_hex(_RETIRE.calldata(token, amount_ug, beneficiary)), chain_id)
