"""A firm price, and what was paid for it, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.planning import planned_json, planned_words
from greenledger.cli.tables import add_row, new_table
from greenledger.client.retirement_shapes import Order, Paid, Quote
from greenledger.client.shapes import Config


def show_quote(quote: Quote, config: Config) -> None:
    tokens = {address.lower(): symbol for address, symbol, _ in config.payment_tokens}
    table = new_table("Firm price", ("", ""))
    until = datetime.fromtimestamp(quote.expires_at, UTC)
    rows = (
        ("retires", f"{units.mass(quote.amount_ug)} CO2e"),
        ("project", f"{quote.project} {quote.name}, {quote.registry}, vintage {quote.vintage}"),
        ("kind", "ex ante: not yet removed or avoided" if quote.ex_ante else "ex post"),
        ("price", f"{quote.cost_usd} USD ({quote.price_usd_per_tonne} USD per tonne)"),
        ("fee", f"{quote.fee_usd} USD"),
        ("for", str(quote.order.get("beneficiary", ""))),
        ("certificate to", str(quote.order.get("holder", ""))),
        ("paid in", f"{tokens.get(str(quote.order.get('token', '')).lower(), '?')} into desk {quote.desk}"),
        ("until", f"{until:%Y-%m-%d %H:%M:%S} UTC"),
        ("order", quote.order_id),
    )
    for row in rows:
        add_row(table, *row)
    Console().print(table)


def retirement_json(quote: Quote | None, paid: Paid | None, order: Order | None) -> dict[str, Any]:
    return {
        "quote": None if quote is None else asdict(quote) | {"amount_ug": str(quote.amount_ug)},
        "order": (quote.order_id if quote else None) or (order.id if order else None),
        "planned": [planned_json(one) for one in paid.planned] if paid else [],
        "transactions": [asdict(sent) for sent in paid.transactions] if paid else [],
        "state": None if order is None else order.state,
        "certificate": None if order is None else order.certificate,
    }


def show_retirement(paid: Paid | None, done: Order | None) -> None:
    lines: list[str] = []
    for sent in paid.transactions if paid else ():
        lines.append(f"Sent {sent.hash} in block {sent.block}, gas {sent.gas_used:,}")
    for planned in paid.planned if paid else ():
        lines += ["Would be sent:", *planned_words(planned)]
    if done is not None:
        lines.append(f"Order {done.id} is {done.state}")
        lines += [f"Certificate {done.certificate}"] if done.certificate else []
    for line in lines:
        Console().print(Text(line), soft_wrap=True)
