"""Retiring credits: a firm price, the payment into the desk, the certificate, and what it is allocated to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from eth_account.signers.local import LocalAccount

from greenledger.chain.calldata import encode_allocate, encode_approve, encode_open
from greenledger.chain.records import DeskState
from greenledger.client import chain_calls
from greenledger.client.connection import Auth, Call, Connection, ask, get
from greenledger.client.effects import Flow
from greenledger.client.errors import ChainRefused, NotFinished, NotTrusted
from greenledger.client.polling import polled
from greenledger.client.reading import Answer, answer
from greenledger.client.retirement_shapes import Allocated, Order, Paid, Quote
from greenledger.client.shapes import Config, Planned, ToSend
from greenledger.client.wallet import config, node_of
from greenledger.evidence.structs import InvalidReport
from greenledger.evidence.structs import Order as DeskOrder
from greenledger.evidence.typed_data import desk_domain, order_from_json, order_id
from greenledger.evidence.words import as_hex, word_bytes

DONE = frozenset({"minted", "allocated"})
OVER = frozenset({"failed", "refunded"})
_ALLOWANCE = "0xdd62ed3e"  # allowance(address,address)

OnOrder = Callable[[Order], None]


def projects(connection: Connection, **wishes: str) -> Flow[list[dict[str, Any]]]:
    """Offers that can be bought now, cheapest first."""
    _, body = yield from ask(connection, get("/v1/projects", Auth.NOBODY, wishes))
    return [dict(item.value) for item in answer(body).items("items")]


def quote(connection: Connection, body: dict[str, object]) -> Flow[Quote]:
    """A firm price as an order of the desk, for a signed-in account. Not repeated: each makes an order."""
    _, made = yield from ask(connection, Call("POST", "/v1/quotes", body, auth=Auth.WALLET))
    return _quote(answer(made))


def _quote(found: Answer) -> Quote:
    desk = found.inner("desk")
    return Quote(
        id=found.text("id"),
        order_id=found.text("order"),
        source_id=found.text("source_id"),
        project=found.text("project"),
        name=found.text("name"),
        registry=found.text("registry"),
        vintage=found.whole("vintage"),
        amount_ug=found.whole("amount_ug"),
        cost_usd=found.text("cost_usd"),
        fee_usd=found.text("fee_usd"),
        price_usd_per_tonne=found.text("price_usd_per_tonne"),
        expires_at=found.whole("expires_at"),
        ex_ante=found.value.get("ex_ante") is True,
        desk_id=desk.text("id"),
        desk=desk.text("address"),
        order=desk.inner("order").value,
        seller_signature=desk.text("signature"),
    )


def quote_of(found: Order) -> Quote:
    """The quote that an order of the desk is, while it waits to be paid. Raises UnexpectedAnswer."""
    shown = answer(dict(found.document))
    members = dict(shown.inner("quote").value) | {"order": found.id, "desk": dict(shown.inner("desk").value)}
    return _quote(answer(members))


def order(connection: Connection, order_id_: str) -> Flow[Order]:
    _, body = yield from ask(connection, get(f"/v1/orders/{order_id_}", Auth.WALLET))
    return Order.of(answer(body))


def orders(connection: Connection) -> Flow[list[Order]]:
    """The account's newest orders, up to 100."""
    _, body = yield from ask(connection, get("/v1/orders", Auth.WALLET))
    return [Order.of(item) for item in answer(body).items("items")]


def checked_order(found: Quote, read: Config, payer: str) -> tuple[DeskOrder, int]:
    """The desk's struct and its price in base units, if it is what the quote says in words.

    Raises NotTrusted naming what differs: a payment is signed for this struct and nothing else.
    """
    try:
        struct = order_from_json(dict(found.order))
        identity = as_hex(order_id(struct, desk_domain(read.chain_id, read.desk or "")))
    except (InvalidReport, ValueError) as error:
        raise NotTrusted(f"the gateway's order cannot be read: {error}") from error
    tokens = {address.lower(): decimals for address, _, decimals in read.payment_tokens}
    decimals = tokens.get(struct.token.lower())
    dollars = Decimal(found.cost_usd) + Decimal(found.fee_usd)
    facts = {
        "desk": found.desk.lower() == str(read.desk).lower(),
        "id": identity == found.desk_id.lower(),
        "payer": struct.payer.lower() == payer.lower(),
        "token": decimals is not None,
        "price": decimals is not None and struct.price == int(dollars * 10**decimals),
        "amount_ug": struct.amount_ug == found.amount_ug,
        "project": struct.project == found.project,
    }
    wrong = [name for name, fits in facts.items() if not fits]
    if wrong:
        raise NotTrusted(
            f"the gateway's order does not fit its quote in {', '.join(wrong)}: nothing was signed"
        )
    return struct, struct.price


def pay(connection: Connection, found: Quote, signer: LocalAccount, *, dry_run: bool) -> Flow[Paid]:
    """Approves the price to the desk, if it is not approved yet, and opens the order. Sends nothing for an
    order that was paid already, which the desk knows before the gateway has seen it. Raises NotTrusted, or as
    `transact_all`.
    """
    read = yield from config(connection)
    node = node_of(connection, read)
    struct, price = checked_order(found, read, str(signer.address))
    yield from chain_calls.check_chain(node)
    desk = str(read.desk)
    approve = ToSend(struct.token, as_hex(encode_approve(desk, price)), read.chain_id)
    open_ = ToSend(desk, as_hex(encode_open(struct, word_bytes(found.seller_signature))), read.chain_id)
    if (yield from _is_paid(node, desk, found.desk_id)):
        return Paid(found.order_id, ())
    is_approved = (yield from _allowance(node, struct.token, str(signer.address), desk)) >= price
    if dry_run:
        planned = yield from _planned(node, signer, approve, open_, is_approved=is_approved)
        return Paid(found.order_id, (), planned)
    calls = [open_] if is_approved else [approve, open_]
    return Paid(found.order_id, (yield from chain_calls.transact_all(node, signer, calls)))


def _is_paid(node: chain_calls.Node, desk: str, desk_id: str) -> Flow[bool]:
    (state,) = yield from chain_calls.read(node, "RetirementDesk", desk, "order_state", word_bytes(desk_id))
    if state == DeskState.REFUNDED:
        raise ChainRefused("the payment for this order was sent back: ask for a new price")
    return int(state) in (DeskState.OPEN, DeskState.FULFILLED)


def _allowance(node: chain_calls.Node, token: str, owner: str, spender: str) -> Flow[int]:
    words = "".join(address[2:].lower().rjust(64, "0") for address in (owner, spender))
    (allowed,) = yield from chain_calls.view(node, token, _ALLOWANCE + words, ["uint256"])
    return int(allowed)


def _planned(
    node: chain_calls.Node, signer: LocalAccount, approve: ToSend, open_: ToSend, *, is_approved: bool
) -> Flow[tuple[Planned, ...]]:
    if is_approved:
        return ((yield from chain_calls.plan(node, signer, open_))[0],)
    first, _ = yield from chain_calls.plan(node, signer, approve)
    # It cannot be simulated before the approval is mined.
    return first, (yield from chain_calls.planned_only(node, str(signer.address), open_))


def wait(
    connection: Connection, order_id_: str, within_s: float, on_order: OnOrder | None = None
) -> Flow[Order]:
    """The order once its certificate is minted. Raises NotFinished if it ended otherwise or takes longer."""

    def is_done(found: Order) -> bool:
        if on_order is not None:
            on_order(found)
        if found.state in DONE:
            return True
        if found.state in OVER or found.ended:
            why = found.error or found.ended or found.state
            raise NotFinished(f"order {order_id_} is {found.state}: {why}")
        return False

    def unfinished(found: Order) -> str:
        return f"order {order_id_} is still {found.state}"

    def read() -> Flow[Order]:
        return order(connection, order_id_)

    return (yield from polled(connection, read, is_done, unfinished, within_s))


def allocate(
    connection: Connection,
    order_id_: str,
    footprint_hash: str,
    signer: LocalAccount,
    *,
    account: str | None,
    amount_ug: int | None,
    dry_run: bool,
) -> Flow[Allocated]:
    """Allocates what an order's certificate has left, or a part, to an attestation: for good.

    `account` is whose attestation it is, the signer's own by default.
    """
    read = yield from config(connection)
    params = {"account": account or str(signer.address), "footprint_hash": footprint_hash}
    params |= {"amount_ug": str(amount_ug)} if amount_ug is not None else {}
    call = get(f"/v1/orders/{order_id_}/allocation", Auth.WALLET, params)
    _, body = yield from ask(connection, call)
    found = answer(body)
    certificate, whole = found.text("certificate"), found.whole("amount_ug")
    if amount_ug is not None and whole != amount_ug:
        raise NotTrusted(f"the gateway allocates {whole} ug, and {amount_ug} were asked for")
    data = encode_allocate(int(certificate, 16), params["account"], word_bytes(footprint_hash), whole)
    to_send = ToSend(read.credits, as_hex(data), read.chain_id)
    node = node_of(connection, read)
    yield from chain_calls.check_chain(node)
    made = (certificate, found.text("attestation"), whole)
    if dry_run:
        planned, _ = yield from chain_calls.plan(node, signer, to_send)
        return Allocated(*made, None, planned)
    return Allocated(*made, (yield from chain_calls.transact(node, signer, to_send)))
