"""`greenledger retire`: a firm price, the payment into the desk, and the certificate."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from eth_account.signers.local import LocalAccount
from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.amounts import amount_ug
from greenledger.cli.answers import AsJson, fail, say, say_json
from greenledger.cli.gateway import (
    DryRun,
    NotPossible,
    RpcUrl,
    UnderWay,
    Url,
    Yes,
    confirmed,
    ending,
    opened,
)
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice, signed_in
from greenledger.cli.planning import planned_json, planned_words
from greenledger.cli.progress import spoken
from greenledger.cli.show_retirement import retirement_json, show_quote, show_retirement
from greenledger.client import Client, QuoteWish
from greenledger.client.retirement_shapes import Order, Quote
from greenledger.client.retirements import quote_of
from greenledger.client.shapes import Config

EXIT_CODES = (
    "Exit codes: 0 retired and certified (or paid, with --no-wait), 2 not possible, not agreed to, or ended"
    " without a certificate, 4 gateway or chain out of reach."
)


def _token(config: Config, stated: str | None) -> str:
    """Address of the token to pay with. Raises NotPossible."""
    if not config.payment_tokens:
        raise NotPossible("--token: this gateway sells for no token")
    known = ", ".join(f"{symbol} ({address})" for address, symbol, _ in config.payment_tokens)
    if stated is None and len(config.payment_tokens) == 1:
        return config.payment_tokens[0][0]
    for address, symbol, _ in config.payment_tokens:
        if stated is not None and stated.lower() in (address.lower(), symbol.lower()):
            return address
    raise NotPossible(f"--token: expected one of {known}")


def _source(client: Client, stated: str | None, wanted_ug: int) -> str:
    """The offer that is named, else the cheapest one that has the amount. Raises NotPossible."""
    if stated is not None:
        return stated
    fitting = client.projects(min_available_ug=str(wanted_ug), ex_post_only="true")
    for offer in fitting:
        if int(offer.get("smallest_ug", "0")) <= wanted_ug:
            return str(offer["source_id"])
    raise NotPossible(
        "--source: no offer on sale has this amount, expected one that is named or another amount"
    )


def _dollars(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        raise typer.BadParameter(f"{text[:40]!r}: expected dollars such as 12.50", param_hint="--max-usd")
    return value


def _refuse_dearer(quote: Quote, most: Decimal | None) -> None:
    total = Decimal(quote.cost_usd) + Decimal(quote.fee_usd)
    if most is not None and total > most:
        raise NotPossible(f"the price is {total} USD, expected at most {most} (--max-usd): nothing was sent")


def _agreed(quote: Quote, signer: LocalAccount, *, yes: bool, as_json: bool) -> None:
    if as_json:  # which order it is outlives a command that is ended before it can answer
        say(f"Order {quote.order_id}; {UnderWay(quote.order_id).words}")
    confirmed(f"Pay {quote.cost_usd} + {quote.fee_usd} USD from {signer.address}?", yes=yes)


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
    wanted = None if amount is None else amount_ug(amount, "AMOUNT")
    quote: Quote | None = None
    paid = done = None
    known = None if order is None else UnderWay(order)
    with ending(as_json=as_json, under_way=known), opened(url, rpc) as client:
        config = client.config()
        signer = signed_in(client, WalletChoice(keystore, ape, password_file))
        found = client.order(order) if order is not None else None
        if wanted is not None:
            offer, paid_with = _source(client, source, wanted), _token(config, token)
            wish = QuoteWish(offer, wanted, paid_with, beneficiary or "", reason or "", holder)
            quote = client.quote(wish)
        elif found is not None and found.state == "quoted":
            quote = quote_of(found)
        ordered = quote.order_id if quote is not None else str(order)
        if quote is not None:
            with ending(as_json=as_json, under_way=UnderWay(ordered)):
                if not as_json:
                    show_quote(quote, config)
                _refuse_dearer(quote, most)
                if not dry_run:
                    _agreed(quote, signer, yes=yes, as_json=as_json)
                paid = client.retire(quote, signer, dry_run=dry_run)
        if not (dry_run or no_wait):
            sent = tuple(one.hash for one in paid.transactions) if paid is not None else ()
            with ending(as_json=as_json, under_way=UnderWay(ordered, sent)):
                done = _wait(client, ordered, within)
    if as_json:
        say_json(retirement_json(quote, paid, done or found))
    else:
        show_retirement(paid, done or found)


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
            confirmed(words, yes=yes)
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
