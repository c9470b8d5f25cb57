"""Quotes and orders over the wire. Amounts in µgCO2e and money are decimal strings."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from greenledger.api.schemas.desk import DeskView, desk_view
from greenledger.api.schemas.reports import Transaction
from greenledger.api.schemas.words import AMOUNT_PATTERN, ID_PATTERN, VISIBLE_PATTERN, Body, View
from greenledger.chain.calldata import encode_mint
from greenledger.chain.deployment import Deployment
from greenledger.evidence.structs import NO_ACCOUNT, InvalidReport, checksum_address
from greenledger.evidence.typed_data import retirement_report_from_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.offsets.amounts import cents_to_usd
from greenledger.offsets.desk_order import MARK_CHARACTERS
from greenledger.offsets.machine import Progress
from greenledger.offsets.words import ended, waits_for
from greenledger.usage.models.order import Order
from greenledger.usage.models.quote import Quote

SIGNED = (Progress.COSIGNED, Progress.MINTED, Progress.ALLOCATED)
MAX_NAME_BYTES = 64  # String[64] of a certificate


def _shown_text(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("expected printable text without spaces at either end")
    return text


def _short_name(text: str) -> str:
    if len(text.encode()) > MAX_NAME_BYTES:
        raise ValueError(f"expected at most {MAX_NAME_BYTES} bytes, which is what a certificate holds")
    return text


def _address(text: str) -> str:
    try:
        found = checksum_address(text, "")
    except InvalidReport as error:
        raise ValueError(f"expected {error.expected}") from error
    if found == NO_ACCOUNT:
        raise ValueError("expected an address that somebody has")
    return found


SourceId = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=VISIBLE_PATTERN)]
Amount = Annotated[str, StringConstraints(pattern=AMOUNT_PATTERN)]
Identity = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
BeneficiaryName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_NAME_BYTES),
    AfterValidator(_shown_text),
    AfterValidator(_short_name),
]
Message = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_shown_text)]
# The id of the order stands before it in the market's message.
Reason = Annotated[
    str, StringConstraints(min_length=1, max_length=500 - MARK_CHARACTERS), AfterValidator(_shown_text)
]
Address = Annotated[str, AfterValidator(_address)]


class QuoteBody(Body):
    """With `payment_token` an order of the desk, which then says for whom and why, for good.

    `holder` gets the certificate: another account's address makes it a gift. `min_share_ppm` is the least
    part of the amount, in millionths, that is paid for if the market retires less.
    """

    source_id: SourceId
    amount_ug: Amount
    payment_token: Address | None = None
    beneficiary_name: BeneficiaryName | None = None
    reason: Reason | None = None
    holder: Address | None = None
    min_share_ppm: int = Field(default=1_000_000, ge=1, le=1_000_000)


class OrderBody(Body):
    quote_id: Identity
    beneficiary_name: BeneficiaryName
    message: Message


class QuoteView(View):
    id: str
    source_id: str
    project: str
    name: str
    registry: str
    vintage: int
    ex_ante: bool
    amount_ug: str
    cost_usd: str  # the market's price
    fee_usd: str  # the seller's own, on top
    price_usd_per_tonne: str
    created_at: int  # Unix seconds
    expires_at: int  # Unix seconds
    order: str | None = None  # id of the order that it is, if it is one of the desk
    desk: DeskView | None = None


class StepView(View):
    state: str
    at: int  # Unix seconds
    transaction: str | None = None  # 0x, of the chain's event that made the step


class OrderError(View):
    code: str
    detail: str


class FurtherPart(View):
    """One more part of a purchase that the market split; none of them is paid for."""

    certificate: str | None = None  # 0x, null until it is minted
    problem: str | None = None  # in words, if there will never be one


class OrderView(View):
    id: str
    state: str
    quote: QuoteView
    beneficiary_name: str
    message: str
    steps: list[StepView]
    created_at: int  # Unix seconds
    waits_for: str | None = None  # in words, null at the end
    ended: str | None = None  # in words, null before
    desk: DeskView | None = None  # null for an order that nobody pays for
    error: OrderError | None = None
    proof: dict[str, Any] | None = None
    report: dict[str, Any] | None = None
    signatures: list[str] | None = None
    certificate: str | None = None  # 0x, EIP-712 digest of the report, the token id
    valid_until: int | None = None  # Unix seconds, last moment to mint
    transaction: Transaction | None = None
    further: list[FurtherPart]


class OrderList(View):
    items: list[OrderView]


def quote_view(quote: Quote) -> QuoteView:
    return QuoteView(
        id=quote.id,
        source_id=quote.source_id,
        project=quote.project,
        name=quote.project_name,
        registry=quote.registry_key,
        vintage=quote.vintage,
        ex_ante=quote.ex_ante,
        amount_ug=quote.amount_ug,
        cost_usd=cents_to_usd(quote.cost_cents),
        fee_usd=cents_to_usd(quote.fee_cents),
        price_usd_per_tonne=quote.price_usd_per_tonne,
        created_at=quote.created_at,
        expires_at=quote.expires_at,
    )


def order_view(order: Order, deployment: Deployment) -> OrderView:
    """An order; while it waits to be minted, with the transaction that the account's wallet sends."""
    signed = order.reports[-1] if order.state in SIGNED else {}
    error = OrderError(code=order.error_code, detail=order.error_detail or "") if order.error_code else None
    return OrderView(
        id=order.id,
        state=order.state,
        quote=quote_view(order.quote),
        beneficiary_name=order.beneficiary_name,
        message=order.message,
        steps=[
            StepView(state=step.state, at=step.at, transaction=step.transaction_hash) for step in order.steps
        ],
        created_at=order.created_at,
        waits_for=waits_for(order),
        ended=ended(order),
        desk=desk_view(order, deployment),
        error=error,
        proof=order.proof,
        report=signed.get("report"),
        signatures=signed.get("signatures"),
        certificate=signed.get("certificate"),
        valid_until=signed.get("valid_until"),
        transaction=_mint_of(signed, deployment) if _is_to_mint(order) else None,
        further=[
            FurtherPart(certificate=part["certificate"], problem=part["problem"]) for part in order.further
        ],
    )


def _is_to_mint(order: Order) -> bool:
    """The holder mints what nobody paid for; of the desk's orders the seller sends the fulfilment."""
    return order.desk_id is None and order.state == Progress.COSIGNED


def _mint_of(signed: dict[str, Any], deployment: Deployment) -> Transaction:
    signatures = [word_bytes(signature) for signature in signed["signatures"]]
    data = encode_mint(retirement_report_from_json(signed["report"]), signatures, hint=0)
    return Transaction(to=deployment.credits, data=as_hex(data), chain_id=deployment.chain_id)
