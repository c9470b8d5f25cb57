"""Signed approvals (EIP-2612) of the carbon and payment tokens that tests use."""

from __future__ import annotations

from typing import Any

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount

from .conftest import UNITS_PER_UG

FIELDS = ("owner", "spender", "value", "nonce", "deadline")

Permit = tuple[int, int, bytes, bytes]


def sign_permit(
    chain: Any, token: Any, key: LocalAccount, spender: Any, amount_ug: int, deadline: int
) -> Permit:
    """deadline, v, r, s for carbon tokens"""
    return _sign(chain, token, key, spender, amount_ug * UNITS_PER_UG, deadline, ("Carbon", "1"))


def sign_payment_permit(
    chain: Any, token: Any, key: LocalAccount, spender: Any, amount: int, deadline: int
) -> Permit:
    """deadline, v, r, s for base units of the payment token in the shape of USDC"""
    return _sign(chain, token, key, spender, amount, deadline, (token.name(), token.version()))


def _sign(
    chain: Any,
    token: Any,
    key: LocalAccount,
    spender: Any,
    amount: int,
    deadline: int,
    domain: tuple[str, str],
) -> Permit:
    values = (key.address, str(spender), amount, token.nonces(key.address), deadline)
    message = encode_typed_data(
        domain_data={
            "name": domain[0],
            "version": domain[1],
            "chainId": chain.chain_id,
            "verifyingContract": token.address,
        },
        message_types={
            "Permit": [
                {"name": name, "type": "address" if name in {"owner", "spender"} else "uint256"}
                for name in FIELDS
            ]
        },
        message_data=dict(zip(FIELDS, values, strict=True)),
    )
    signed = key.sign_message(message)
    return deadline, signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32)
