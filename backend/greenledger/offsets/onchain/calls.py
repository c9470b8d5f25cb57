"""What a wallet sends to retire tokens: unsigned, complete, and for exactly the amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greenledger.chain.calldata import encode_approve
from greenledger.chain.transactions import Call
from greenledger.chain.views import ask_view
from greenledger.offsets.onchain.listings import TokenBook
from greenledger.offsets.onchain.offers import held_ug
from greenledger.offsets.onchain.permits import permit_domain, permit_typed_data
from greenledger.offsets.onchain.shapes import (
    ALLOWANCE,
    NONCES,
    RETIRE_TOKEN,
    RETIRE_TOKEN_WITH_PERMIT,
    UNITS_PER_UG,
)

PERMIT_S = 3_600  # how long a signed approval can be used


class TokenRefused(Exception):
    """A retirement that cannot be made: a stable code, the field that is wrong, and what would be right."""

    def __init__(self, code: str, field: str, problem: str, expected: str) -> None:
        super().__init__(f"{field} {problem}, expected {expected}")
        self.code = code
        self.field = field
        self.problem = problem
        self.expected = expected


@dataclass(frozen=True)
class Retirement:
    """What is to be retired: checksum addresses, µgCO2e, and in whose name."""

    adapter: str
    token: str
    amount_ug: int
    beneficiary: str
    holder: str

    @property
    def units(self) -> int:
        """The amount in base units of the token."""
        return self.amount_ug * UNITS_PER_UG


@dataclass(frozen=True)
class PermitWay:
    """The approval by signature: what is signed, and the call that then waits for v, r and s.

    `arguments` are those of `retire_token_with_permit` up to the deadline; the signature's parts follow.
    """

    typed_data: dict[str, Any]
    to: str
    function: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Calls:
    """Transactions in the order to be sent; `permit` does the same with one signature and one transaction."""

    transactions: tuple[Call, ...]
    permit: PermitWay | None


async def retirement_calls(book: TokenBook, wanted: Retirement, now: int) -> Calls:
    """How the holder's wallet retires tokens and gets the certificate; `now` in Unix seconds.

    Raises TokenRefused, ChainUnavailable or Reverted. Nothing is stored, and nothing is sent.
    """
    await _check(book, wanted)
    retire = Call(wanted.adapter, RETIRE_TOKEN.calldata(wanted.token, wanted.amount_ug, wanted.beneficiary))
    (allowed,) = await ask_view(book.node, wanted.token, ALLOWANCE, wanted.holder, wanted.adapter)
    if allowed >= wanted.units:
        return Calls((retire,), None)
    approve = Call(wanted.token, encode_approve(wanted.adapter, wanted.units))
    return Calls((approve, retire), await _permit_way(book, wanted, now + PERMIT_S))


async def _check(book: TokenBook, wanted: Retirement) -> None:
    listed = await book.find(wanted.adapter, wanted.token)
    if listed is None:
        expected = "an adapter and a token that GET /v1/tokens lists"
        raise TokenRefused("token_not_listed", "token", "is not listed at this adapter", expected)
    if not listed.enabled:
        expected = "a token that GET /v1/tokens lists"
        raise TokenRefused(
            "token_disabled", "token", "is not retired for new certificates any more", expected
        )
    held = await held_ug(book.node, wanted.token, wanted.holder)
    if wanted.amount_ug > held:
        raise TokenRefused(
            "more_than_held", "amount_ug", f"is {wanted.amount_ug}", f"at most {held}, what the holder has"
        )


async def _permit_way(book: TokenBook, wanted: Retirement, deadline: int) -> PermitWay | None:
    domain = await permit_domain(book.node, wanted.token, wanted.holder)
    if domain is None:
        return None
    (nonce,) = await ask_view(book.node, wanted.token, NONCES, wanted.holder)
    typed_data = permit_typed_data(
        domain, wanted.holder, wanted.adapter, wanted.units, nonce=int(nonce), deadline=deadline
    )
    arguments = (wanted.token, str(wanted.amount_ug), wanted.beneficiary, str(deadline))
    return PermitWay(typed_data, wanted.adapter, RETIRE_TOKEN_WITH_PERMIT.signature, arguments)
