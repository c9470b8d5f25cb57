"""`greenledger keys`: the API keys of an account, which only its wallet makes, lists and ends."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli.answers import AsJson, say_json
from greenledger.cli.gateway import DryRun, Url, ending, opened
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice, signed_in
from greenledger.cli.tables import add_row, new_table

EXIT_CODES = "Exit codes: 0 done, 2 not possible, 4 gateway out of reach."

app = typer.Typer(
    name="keys",
    help="API keys of an account. Each of these commands takes the wallet's signature: no key makes keys.",
    no_args_is_help=True,
)


def _day(at: int | None, none: str) -> str:
    return none if at is None else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}"


@app.command("list", epilog=EXIT_CODES)
def list_(
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Keys with their scopes, when they end, and when they were last used."""
    with ending(as_json=as_json), opened(url, None) as client:
        signed_in(client, WalletChoice(keystore, ape, password_file))
        found = client.keys()
        client.sign_out()
    if as_json:
        say_json([asdict(key) for key in found])
        return
    columns = ("id", "name", "scopes", "made", "ends", "last used", "revoked")
    table = new_table(f"API keys ({len(found)})", columns)
    for key in found:
        days = (_day(key.created_at, ""), _day(key.expires_at, "never"), _day(key.last_used_at, "never"))
        add_row(table, key.id, key.name, ", ".join(key.scopes), *days, _day(key.revoked_at, ""))
    Console().print(table)


@app.command("create", epilog=EXIT_CODES)
def create(
    name: Annotated[str, typer.Argument(help="To know it by.")],
    scopes: Annotated[
        str, typer.Option("--scopes", help="What it may do: any of estimate, submit, record.")
    ] = "submit",
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=366, help="Days until it ends [default: never].")
    ] = None,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a key, which is shown this once."""
    asked = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if dry_run:
        say_json({"name": name, "scopes": asked, "days": days, "dry_run": True})
        return
    with ending(as_json=as_json), opened(url, None) as client:
        signed_in(client, WalletChoice(keystore, ape, password_file))
        key, secret = client.create_key(name, asked, days)
        client.sign_out()
    if as_json:
        say_json(asdict(key) | {"key": secret})
        return
    console = Console()
    console.print(Text(f"Key {key.id} for {', '.join(key.scopes)}, ends {_day(key.expires_at, 'never')}"))
    console.print(Text(secret), soft_wrap=True)


@app.command("revoke", epilog=EXIT_CODES)
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")],
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a key at once and for good."""
    with ending(as_json=as_json), opened(url, None) as client:
        if not dry_run:
            signed_in(client, WalletChoice(keystore, ape, password_file))
            client.revoke_key(key_id)
            client.sign_out()
    if as_json:
        say_json({"id": key_id, "revoked": not dry_run})
    else:
        Console().print(Text(f"Key {key_id} {'would be' if dry_run else 'is'} revoked"))
