"""`greenledger mcp`: the server for AI agents."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlsplit

import typer

from greenledger.cli.answers import fail
from greenledger.client.errors import NotConfigured
from greenledger.client.settings import KEY, connection

EXIT_CODES = "Exit codes: 0 the agent ended it, 2 a setting is wrong or the package `mcp` is not installed."


def mcp(
    url: Annotated[
        str | None,
        typer.Option("--url", envvar="GREENLEDGER_URL", help="The gateway [default: that of the login]."),
    ] = None,
    rpc: Annotated[
        str | None,
        typer.Option(
            "--rpc",
            envvar="GREENLEDGER_RPC_URL",
            help="RPC URL of a node of the ledger's chain [default: the one that the gateway names].",
        ),
    ] = None,
    page_url: Annotated[
        str | None,
        typer.Option(
            "--page-url",
            envvar="GREENLEDGER_PAGE_URL",
            help="The page that people are sent to [default: the gateway's URL].",
        ),
    ] = None,
) -> None:
    """Serve tools to an AI agent over standard input and output (Model Context Protocol).

    The tools estimate, look up, verify and quote. What records or retires gives a request for the owner of
    a wallet: this process holds no wallet's key, signs nothing and pays nothing. GREENLEDGER_API_KEY, a key
    with the scopes submit and record, lets the agent state work for its account; a login's key is not used.
    """
    try:
        from greenledger.mcp.server import serve
    except ImportError:
        fail("the package mcp is not installed, expected greenledger[mcp]", as_json=False)
    if page_url is not None and urlsplit(page_url).scheme not in ("http", "https"):
        fail("--page-url: is not a URL, expected http:// or https://", as_json=False)
    try:
        # A login's key would let an agent state work that nobody handed it the key for.
        found = replace(connection(url, rpc_url=rpc), api_key=os.environ.get(KEY) or None, account=None)
    except NotConfigured as error:
        fail(str(error), as_json=False)
    serve(found, page_url or found.url)
