"""Carbon tokens that are retired on chain, over the wire. Amounts in µgCO2e are decimal strings."""

from __future__ import annotations

from typing import Any

from greenledger.api.schemas.offsets import Address, Amount, BeneficiaryName
from greenledger.api.schemas.reports import Transaction
from greenledger.api.schemas.words import Body, View
from greenledger.evidence.words import as_hex
from greenledger.offsets.onchain.calls import Calls, PermitWay, Retirement
from greenledger.offsets.onchain.offers import TokenOffer


class PriceView(View):
    payment_token: str  # address
    symbol: str
    decimals: int
    amount: str  # base units of the payment token


class TokenView(View):
    adapter: str  # address of the contract that retires it
    kind: str  # protocol of the adapter
    token: str  # address
    symbol: str  # the token's own word for itself, made safe to show
    registry: str  # this and what follows is the word of the adapter's owner
    project: str
    vintage: int
    permit: bool  # whether the token takes approvals by signature (EIP-2612)
    held_ug: str | None  # what the holder has, rounded down; null if nobody was named
    prices: list[PriceView]  # of the amount asked for, where the adapter buys and retires in one transaction


class TokenList(View):
    items: list[TokenView]


class CallsBody(Body):
    """What is to be retired, by whom and in whose name; the name is public and for good."""

    adapter: Address
    token: Address
    amount_ug: Amount
    beneficiary: BeneficiaryName
    holder: Address


class PermitView(View):
    """One signature and one transaction in place of two; v, r and s of the signature follow the arguments."""

    typed_data: dict[str, Any]  # for eth_signTypedData_v4
    to: str
    function: str
    arguments: list[str]


class CallsView(View):
    transactions: list[Transaction]  # for the holder's wallet to send, in this order
    permit: PermitView | None  # null if the token takes no permits, or the amount is allowed already


def token_view(offer: TokenOffer) -> TokenView:
    listed = offer.listed
    return TokenView(
        adapter=listed.adapter.address,
        kind=listed.adapter.kind,
        token=listed.token,
        symbol=offer.symbol,
        registry=listed.registry,
        project=listed.project,
        vintage=listed.vintage,
        permit=offer.takes_permits,
        held_ug=None if offer.held_ug is None else str(offer.held_ug),
        prices=[
            PriceView(
                payment_token=price.payment_token,
                symbol=price.symbol,
                decimals=price.decimals,
                amount=str(price.amount),
            )
            for price in offer.prices
        ],
    )


def retirement_of(body: CallsBody) -> Retirement:
    return Retirement(
        adapter=body.adapter,
        token=body.token,
        amount_ug=int(body.amount_ug),
        beneficiary=body.beneficiary,
        holder=body.holder,
    )


def calls_view(calls: Calls, chain_id: int) -> CallsView:
    transactions = [
        Transaction(to=call.to, data=as_hex(call.data), chain_id=chain_id) for call in calls.transactions
    ]
    return CallsView(transactions=transactions, permit=_permit_view(calls.permit))


def _permit_view(way: PermitWay | None) -> PermitView | None:
    if way is None:
        return None
    return PermitView(
        typed_data=way.typed_data, to=way.to, function=way.function, arguments=list(way.arguments)
    )
