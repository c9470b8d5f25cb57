"""`greenledger login` and `greenledger logout`: a scoped key for this user, made by a wallet's signature."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli import logins
from greenledger.cli.answers import AsJson, fail, say, say_json
from greenledger.cli.gateway import DryRun, RpcUrl, Url, ending
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice, signed_in
from greenledger.client import Client, ClientError, NotFound
from greenledger.client import settings as client_settings
from greenledger.client.settings import Stored
from greenledger.client.shapes import Config

EXIT_CODES = "Exit codes: 0 done, 2 not possible, 4 gateway out of reach."
SCOPES = "estimate,submit,record"

Origin = Annotated[
    str | None,
    typer.Option(
        "--origin",
        envvar=client_settings.ORIGIN,
        help="The page's origin, if the gateway is reached by another URL.",
    ),
]


def _contracts(config: Config) -> dict[str, str]:
    """Those that are trusted from now on: a gateway that names others later is not believed."""
    # No desk is remembered as well: one that appears later is as new as one that moved.
    return {"ledger": config.ledger, "credits": config.credits, "desk": str(config.desk)}


def _key_name() -> str:
    return f"greenledger on {socket.gethostname()}"[:100]


def login(
    url: Url = None,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    scopes: Annotated[
        str, typer.Option("--scopes", help="What the key may do: any of estimate, submit, record.")
    ] = SCOPES,
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, help="Days until the key ends by itself.")
    ] = 90,
    name: Annotated[
        str | None, typer.Option("--name", help="To know the key by [default: this machine's name].")
    ] = None,
    origin: Origin = None,
    rpc: RpcUrl = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Sign in with a wallet's key and keep a scoped API key for this user, in a file that only they can read.

    The wallet's key stays where it is; what signs, pays or makes keys asks for its password again.
    """
    asked = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    choice = WalletChoice(keystore, ape, password_file)
    with ending(as_json=as_json):
        before = client_settings.stored()
        connection = client_settings.connection(url, rpc_url=rpc, origin=origin)
        connection.contracts = {}  # to log in is to say anew which ledger is trusted
        with Client(connection=connection) as client:
            config = client.config()
            signer = choice.signer(client)
            file = choice.file()
            made = Stored(
                url=connection.url,
                account=str(signer.address),
                api_key="",
                rpc_url=rpc,
                origin=origin,
                keystore=None if file is None else str(file.resolve()),
                contracts=_contracts(config),
            )
            if not dry_run:
                client.sign_in(signer)
                key, secret = client.create_key(name or _key_name(), asked, days)
                made = replace(made, api_key=secret, key_id=key.id)
                _keep(client, made)
                _end_key_of(client, before, made)
                client.sign_out()
    _tell(made, config, asked, dry_run=dry_run, as_json=as_json)


def _keep(client: Client, made: Stored) -> None:
    try:
        logins.store(made)
    except OSError:
        client.revoke_key(made.key_id)  # nobody could ever use it
        raise


def _end_key_of(client: Client, before: Stored | None, now: Stored) -> None:
    """The key of an earlier login here has no holder any more."""
    if before is None or not before.key_id or (before.url, before.account) != (now.url, now.account):
        return
    try:
        client.revoke_key(before.key_id)
    except ClientError as error:
        say(f"The key of the login before, {before.key_id}, is not ended: {error}")


def _tell(made: Stored, config: Config, scopes: list[str], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        members = {"account": made.account, "url": made.url, "chain_id": config.chain_id, "scopes": scopes}
        contracts = {"contracts": dict(made.contracts), "key_id": made.key_id or None, "dry_run": dry_run}
        say_json(members | contracts)
        return
    would = "Would sign in" if dry_run else "Signed in"
    lines = [
        f"{would} as {made.account} at {made.url}, chain {config.chain_id} ({config.chain_name})",
        f"Key {made.key_id or '(none made)'} for {', '.join(scopes)}",
        *(f"Trusted from now on as {name}: {address}" for name, address in made.contracts.items()),
    ]
    for line in lines:
        Console().print(Text(line), soft_wrap=True)


def logout(
    local: Annotated[
        bool, typer.Option("--local", help="Forget the key here only, and leave it valid at the gateway.")
    ] = False,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End the key of the login at the gateway, which takes the wallet's signature, and forget it here."""
    with ending(as_json=as_json):
        before = client_settings.stored()
        if before is None:
            fail("nobody is logged in", as_json=as_json)
        if not local and not dry_run:
            connection = client_settings.connection(before.url)
            with Client(connection=connection) as client:
                signed_in(client, WalletChoice(keystore, ape, password_file))
                _revoke(client, before.key_id)
                client.sign_out()
        if not dry_run:
            logins.forget()
    if as_json:
        say_json({"account": before.account, "key_id": before.key_id, "revoked": not (local or dry_run)})
    else:
        ended = "is still valid at the gateway" if local or dry_run else "is revoked"
        Console().print(Text(f"{before.account}: key {before.key_id} {ended}"), soft_wrap=True)


def _revoke(client: Client, key_id: str) -> None:
    try:
        client.revoke_key(key_id)
    except NotFound:
        say(f"The gateway knows no key {key_id} of this account any more")
