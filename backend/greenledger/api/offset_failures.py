"""How each failure of ordering offsets becomes a problem document."""

from __future__ import annotations

import math

from greenledger.api.problems import Problem
from greenledger.footprint.fields import FieldError
from greenledger.offsets.errors import MarketRefused, MarketUnavailable
from greenledger.offsets.onchain.calls import TokenRefused
from greenledger.offsets.service import OrderRefused

STATUS = {
    "unknown_source": 404,
    "unknown_quote": 404,
    "unknown_order": 404,
    "amount_not_offered": 422,
    "registry_not_accepted": 409,
    "quote_expired": 409,
    "quote_used": 409,
    "payment_not_available": 409,
    "token_not_allowed": 422,
    "payment_incomplete": 422,
}
DETAIL = {
    "unknown_source": "The marketplace has no such offer.",
    "unknown_quote": "There is no such quote.",
    "unknown_order": "There is no such order.",
    "amount_not_offered": "The offer does not allow this amount.",
    "registry_not_accepted": "A certificate for this offer could not be minted, so it is not sold here.",
    "quote_expired": "The quote has expired. Ask for a new one.",
    "quote_used": "The quote was ordered already. Ask for a new one.",
    "payment_not_available": "This cannot be paid here, and without payment it is not sold here.",
    "token_not_allowed": "The payment token is not taken here.",
    "payment_incomplete": "A quote with a payment token also says for whom and why, for good.",
}

TOKEN_STATUS = {"token_not_listed": 404, "token_disabled": 409, "more_than_held": 409}
TOKEN_DETAIL = {
    "token_not_listed": "No adapter of this ledger retires this token.",
    "token_disabled": "This token is not retired for new certificates any more.",
    "more_than_held": "The holder has less of the token than this.",
}


def order_refused(error: OrderRefused) -> Problem:
    reason = FieldError(error.field, error.problem, error.expected)
    return Problem(STATUS[error.code], error.code, DETAIL[error.code], [reason])


def token_refused(error: TokenRefused) -> Problem:
    reason = FieldError(error.field, error.problem, error.expected)
    return Problem(TOKEN_STATUS[error.code], error.code, TOKEN_DETAIL[error.code], [reason])


def market_refused(error: MarketRefused) -> Problem:
    return Problem(409, "market_refused", f"The marketplace refuses: {error}.")


def market_unavailable(error: MarketUnavailable) -> Problem:
    wait_s = math.ceil(error.retry_after_s) if error.retry_after_s is not None else 5
    return Problem(
        503,
        "market_unavailable",
        f"The marketplace gave no usable answer: {error}. Nothing was bought.",
        headers={"Retry-After": str(min(wait_s, 3600))},
    )
