"""`greenledger badge`: the picture for a README, with its link."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import typer

from greenledger.cli.answers import AsJson, fail, say_json
from greenledger.cli.gateway import Url, account_of, ending, opened
from greenledger.evidence.structs import checksum_address

EXIT_CODES = "Exit codes: 0 done, 2 not possible."

_ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)
_WORD = re.compile(r"0x[0-9a-fA-F]{64}", re.ASCII)


class Snippet(StrEnum):
    """What is printed."""

    URL = "url"
    MARKDOWN = "markdown"
    HTML = "html"


class Page(StrEnum):
    """What an id of 32 bytes names."""

    ATTESTATION = "attestation"
    CERTIFICATE = "certificate"


def badge(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="ACCOUNT|ID",
            help="An account, or the id of an attestation or certificate [default: the login's account].",
        ),
    ] = None,
    snippet: Annotated[Snippet, typer.Option("--as", help="What to print.")] = Snippet.MARKDOWN,
    page: Annotated[
        Page, typer.Option("--page", help="What an id of 64 hex digits is of.")
    ] = Page.ATTESTATION,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Print the address of a badge, or the text that shows it in a README or a model card."""
    with ending(as_json=as_json):
        named = account_of(url, subject)
        if _ACCOUNT.fullmatch(named):
            named, where = checksum_address(named, "ACCOUNT"), f"account/{checksum_address(named, 'ACCOUNT')}"
        elif _WORD.fullmatch(named):
            named, where = named.lower(), f"{page}/{named.lower()}"
        else:
            fail(
                f"{named[:80]!r} has no badge, expected an account (0x, 40 hex digits) or an id (0x, 64)",
                as_json=as_json,
            )
        with opened(url, None) as client:
            origin = client.connection.origin
    image, link = f"{origin}/badge/{named}.svg", f"{origin}/{where}"
    alt = "Carbon footprint and coverage"
    texts = {
        Snippet.URL: image,
        Snippet.MARKDOWN: f"[![{alt}]({image})]({link})",
        Snippet.HTML: f'<a href="{link}"><img src="{image}" alt="{alt}"></a>',
    }
    if as_json:
        endpoint = {"endpoint": f"{origin}/badge/{named}.json"}
        say_json({"image": image, "link": link} | endpoint | {"markdown": texts[Snippet.MARKDOWN]})
    else:
        typer.echo(texts[snippet])
