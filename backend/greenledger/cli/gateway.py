"""How a command reaches a gateway, and how what goes wrong there ends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
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


class NotPossible(ClientError):
    """What was asked for cannot be done as things are, or was not agreed to. The message says why."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An order that exists, and the hashes of what was sent for it: who asks anew instead may pay twice."""

    order: str
    transactions: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"go on with: greenledger retire --order {self.order}"


@contextmanager
def ending(*, as_json: bool, under_way: UnderWay | None = None) -> Iterator[None]:
    """Ends the command in its words where something of the client fails, and names the order `under_way`."""
    try:
        yield
    except (ClientError, CannotOpen, InvalidReport, CannotEncode) as error:
        words, code = str(error), UNREACHABLE if isinstance(error, PASSING) else NOT_POSSIBLE
        failed: Exception = error
    except OSError as error:
        words, code = f"{error.filename or 'a file'}: {error.strerror or error}", NOT_POSSIBLE
        failed = error
    else:
        return
    if under_way is not None:
        words = f"{words}\n{under_way.words}"
    fail(words, as_json=as_json, code=code, more=_members(failed, under_way))


def _members(error: Exception, under_way: UnderWay | None) -> dict[str, object]:
    """What the JSON of an error has besides its words."""
    members: dict[str, object] = {}
    if isinstance(error, Refused):
        members = {"problem": error.code, "errors": [asdict(one) for one in error.errors]}
    sent = under_way.transactions if under_way is not None else ()
    sent += error.transactions if isinstance(error, ClientError) else ()
    if under_way is not None:
        members |= {"order": under_way.order}
    if under_way is not None or sent:
        members |= {"transactions": [{"hash": one} for one in sent]}
    return members


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


def confirmed(question: str, *, yes: bool) -> None:
    """Raises NotPossible unless a person agrees, or said so before with --yes."""
    if yes:
        return
    try:
        agreed = typer.confirm(question, err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        raise NotPossible("nothing was sent: not agreed to (--yes agrees)")
