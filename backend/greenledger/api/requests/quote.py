"""A request for a price, from the wire to the offsets and back."""

from __future__ import annotations

from greenledger.api.schemas.desk import desk_view
from greenledger.api.schemas.offsets import QuoteBody, QuoteView, quote_view
from greenledger.chain.deployment import Deployment
from greenledger.offsets.desk_sales import Payment
from greenledger.offsets.service import Offsets, OrderRefused


async def quoted(offsets: Offsets, account: str, body: QuoteBody, deployment: Deployment) -> QuoteView:
    """A price alone, or an order of the desk with its seller's signature; raises OrderRefused."""
    if body.payment_token is None:
        return quote_view(await offsets.request_quote(account, body.source_id, int(body.amount_ug)))
    payment = _payment(account, body.payment_token, body)
    order = await offsets.request_desk_quote(account, body.source_id, int(body.amount_ug), payment)
    shown = quote_view(order.quote)
    return shown.model_copy(update={"order": order.id, "desk": desk_view(order, deployment)})


def _payment(account: str, token: str, body: QuoteBody) -> Payment:
    if body.beneficiary_name is None:
        raise _missing("beneficiary_name", "the name that the registry shall write")
    if body.reason is None:
        raise _missing("reason", "what the credits are retired for")
    holder = body.holder or account
    return Payment(token, holder, body.beneficiary_name, body.reason, body.min_share_ppm)


def _missing(field: str, expected: str) -> OrderRefused:
    return OrderRefused("payment_incomplete", field, "is missing", f"{expected}; it cannot be changed later")
