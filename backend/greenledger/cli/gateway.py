"""How a command reaches a gateway, and how what goes wrong there ends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from greenledger.chain.errors import CannotEncode
from greenledger.cli.answers import NOT_POSSIBLE, UNREACHABLE, fail
from greenledger.cli.documents import CannotOpen
from greenledger.client import Client, ClientError, NotConfigured, Refused, ServerFailed, TooFast, Unreachable
from greenledger.client import settings as client_settings
from greenledger.evidence.structs import InvalidReport

_GROUP = "Gateway and key"

Url = Annotated[
    str | None,
    typer.Option("--url", envvar=client_settings.URL, help="The gateway.", rich_help_panel=_GROUP),
]
RpcUrl = Annotated[
    str | None,
    typer.Option(
        "--rpc",
        envvar=client_settings.RPC,
        help="RPC URL of the ledger's chain [default: the one that the gateway tells].",
        rich_help_panel=_GROUP,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before sending.")]

PASSING = (Unreachable, ServerFailed, TooFast)


@contextmanager
def ending(*, as_json: bool) -> Iterator[None]:
    """Ends the command in its words where something of the client fails."""
    try:
        yield
    except Refused as error:
        code = UNREACHABLE if isinstance(error, PASSING) else NOT_POSSIBLE
        errors = [asdict(one) for one in error.errors]
        more = {"problem": error.code, "errors": errors}
        fail(str(error), as_json=as_json, code=code, more=more)
    except ClientError as error:
        fail(str(error), as_json=as_json, code=UNREACHABLE if isinstance(error, PASSING) else NOT_POSSIBLE)
    except (CannotOpen, InvalidReport, CannotEncode) as error:
        fail(str(error), as_json=as_json)
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or error}", as_json=as_json)


def opened(url: str | None, rpc_url: str | None) -> Client:
    """The client of a command. Raises NotConfigured."""
    return Client(connection=client_settings.connection(url, rpc_url=rpc_url))


def account_of(url: str | None, stated: str | None) -> str:
    """The account that a command is about: the one stated, else the login's. Raises NotConfigured."""
    login = client_settings.stored()
    if stated:
        return stated
    if login is None or (url and url.rstrip("/") != login.url):
        raise NotConfigured("which account? give its address, or `greenledger login`")
    return login.account


def confirmed(question: str, *, yes: bool, as_json: bool) -> None:
    """Ends the command unless a person agrees, or said so before with --yes."""
    if yes:
        return
    try:
        agreed = typer.confirm(question, err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        fail("nothing was sent: not agreed to (--yes agrees)", as_json=as_json)
