"""`greenledger retire`: a firm price, the payment into the desk, and the certificate."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.amounts import amount_ug
from greenledger.cli.answers import AsJson, fail, say_json
from greenledger.cli.gateway import DryRun, RpcUrl, Url, Yes, confirmed, ending, opened
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice, signed_in
from greenledger.cli.planning import planned_json, planned_words
from greenledger.cli.progress import spoken
from greenledger.cli.tables import add_row, new_table
from greenledger.client import Client, QuoteWish
from greenledger.client.retirement_shapes import Order, Paid, Quote
from greenledger.client.retirements import quote_of
from greenledger.client.shapes import Config

EXIT_CODES = (
    "Exit codes: 0 retired and certified (or paid, with --no-wait), 2 not possible, not agreed to, or ended"
    " without a certificate, 4 gateway or chain out of reach."
)


def _token(config: Config, stated: str | None) -> str:
    if not config.payment_tokens:
        raise typer.BadParameter("this gateway sells for no token", param_hint="--token")
    known = ", ".join(f"{symbol} ({address})" for address, symbol, _ in config.payment_tokens)
    if stated is None and len(config.payment_tokens) == 1:
        return config.payment_tokens[0][0]
    for address, symbol, _ in config.payment_tokens:
        if stated is not None and stated.lower() in (address.lower(), symbol.lower()):
            return address
    raise typer.BadParameter(f"expected one of {known}", param_hint="--token")


def _source(client: Client, stated: str | None, wanted_ug: int) -> str:
    """The offer that is named, else the cheapest one that has the amount."""
    if stated is not None:
        return stated
    fitting = client.projects(min_available_ug=str(wanted_ug), ex_post_only="true")
    for offer in fitting:
        if int(offer.get("smallest_ug", "0")) <= wanted_ug:
            return str(offer["source_id"])
    raise typer.BadParameter("no offer has this amount; name one", param_hint="--source")


def _show_quote(quote: Quote, config: Config, *, as_json: bool) -> None:
    if as_json:
        return
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


def _dollars(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        raise typer.BadParameter(f"{text[:40]!r}: expected dollars such as 12.50", param_hint="--max-usd")
    return value


def _refuse_dearer(quote: Quote, most: Decimal | None, *, as_json: bool) -> None:
    total = Decimal(quote.cost_usd) + Decimal(quote.fee_usd)
    if most is not None and total > most:
        fail(
            f"the price is {total} USD, expected at most {most} (--max-usd): nothing was sent",
            as_json=as_json,
        )


def _document(quote: Quote | None, paid: Paid | None, order: Order | None) -> dict[str, Any]:
    return {
        "quote": None if quote is None else asdict(quote) | {"amount_ug": str(quote.amount_ug)},
        "order": (quote.order_id if quote else None) or (order.id if order else None),
        "planned": [planned_json(one) for one in paid.planned] if paid else [],
        "transactions": [asdict(sent) for sent in paid.transactions] if paid else [],
        "state": None if order is None else order.state,
        "certificate": None if order is None else order.certificate,
    }


def _wait(client: Client, order_id: str, within_s: float) -> Order:
    with spoken("Waiting for the retirement") as told:
        return client.wait(
            order_id, within_s, lambda found: told(f"{found.state}: {found.waits_for or 'almost done'}")
        )


def retire(
    amount: Annotated[
        str | None, typer.Argument(metavar="AMOUNT", help="How much, such as 250kg or 1.5t.")
    ] = None,
    beneficiary: Annotated[
        str | None, typer.Option("--beneficiary", help="In whose name; on the certificate for good.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; the registry keeps it.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="The offer [default: the cheapest that has the amount].")
    ] = None,
    token: Annotated[
        str | None, typer.Option("--token", help="Address or symbol of the token to pay with.")
    ] = None,
    holder: Annotated[
        str | None, typer.Option("--holder", help="Who gets the certificate [default: the payer].")
    ] = None,
    order: Annotated[
        str | None, typer.Option("--order", help="Go on with an order that was quoted or paid before.")
    ] = None,
    max_usd: Annotated[
        str | None, typer.Option("--max-usd", metavar="USD", help="Pay no more than this, fee included.")
    ] = None,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Do not wait for the certificate.")] = False,
    within: Annotated[
        int, typer.Option("--within", min=1, max=86_400, help="Seconds to wait for it at most.")
    ] = 900,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    rpc: RpcUrl = None,
) -> None:
    """Retire credits: shows the firm price, asks, pays it from the keystore's key, and waits.

    A dry run asks for the price, which binds nobody, and shows what would be paid.
    """
    if (amount is None) == (order is None):
        raise typer.BadParameter("expected an AMOUNT or --order: one of them")
    if amount is not None and (beneficiary is None or reason is None):
        raise typer.BadParameter("--beneficiary and --reason: expected both with an AMOUNT")
    most = None if max_usd is None else _dollars(max_usd)
    with ending(as_json=as_json), opened(url, rpc) as client:
        config = client.config()
        signer = signed_in(client, WalletChoice(keystore, ape, password_file))
        quote: Quote | None = None
        paid: Paid | None = None
        found = client.order(order) if order is not None else None
        if amount is not None:
            wanted = amount_ug(amount, "AMOUNT")
            offer, paid_with = _source(client, source, wanted), _token(config, token)
            wish = QuoteWish(offer, wanted, paid_with, beneficiary or "", reason or "", holder)
            quote = client.quote(wish)
        elif found is not None and found.state == "quoted":
            quote = quote_of(found)
        if quote is not None:
            _show_quote(quote, config, as_json=as_json)
            _refuse_dearer(quote, most, as_json=as_json)
            if not dry_run:
                total = f"{quote.cost_usd} + {quote.fee_usd} USD"
                confirmed(f"Pay {total} from {signer.address}?", yes=yes, as_json=as_json)
            paid = client.retire(quote, signer, dry_run=dry_run)
        waited = (quote.order_id if quote else order) or ""
        done = None if dry_run or no_wait else _wait(client, waited, within)
    if as_json:
        say_json(_document(quote, paid, done or found))
    else:
        _show(paid, done or found)


def _show(paid: Paid | None, done: Order | None) -> None:
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


def allocate(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="The order whose certificate is allocated.")],
    report: Annotated[
        str, typer.Argument(metavar="ATTESTATION", help="Id of an attestation of the login's account.")
    ],
    amount: Annotated[
        str | None, typer.Option("--amount", help="How much, such as 250kg [default: all that fits].")
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    rpc: RpcUrl = None,
) -> None:
    """Allocate a certificate to an attestation, for good. The keystore's key is the certificate's holder."""
    wanted = None if amount is None else amount_ug(amount, "--amount")
    with ending(as_json=as_json), opened(url, rpc) as client:
        signer = signed_in(client, WalletChoice(keystore, ape, password_file))
        found = next((one for one in client.reports(200) if one.id == report.lower()), None)
        if found is None:
            fail(f"{report[:80]}: is none of the account's newest 200 reports", as_json=as_json)
        planned = client.allocate(
            order, found.footprint_hash, signer, account=found.account, amount_ug=wanted, dry_run=True
        )
        made = planned
        if not dry_run:
            words = f"Allocate {units.mass(planned.amount_ug)} of {planned.certificate} for good?"
            confirmed(words, yes=yes, as_json=as_json)
            made = client.allocate(
                order,
                found.footprint_hash,
                signer,
                account=found.account,
                amount_ug=planned.amount_ug,
            )
    if as_json:
        say_json(
            {
                "certificate": made.certificate,
                "attestation": made.attestation,
                "amount_ug": str(made.amount_ug),
                "planned": None if made.planned is None else planned_json(made.planned),
                "transaction": None if made.transaction is None else asdict(made.transaction),
            }
        )
        return
    lines = [f"{units.mass(made.amount_ug)} of certificate {made.certificate} to {made.attestation}"]
    if made.planned is not None:
        lines += ["Would be sent:", *planned_words(made.planned)]
    if made.transaction is not None:
        lines.append(f"Sent {made.transaction.hash} in block {made.transaction.block}")
    for line in lines:
        Console().print(Text(line), soft_wrap=True)
