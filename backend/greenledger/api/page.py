"""Serves the built page: files as they are, index.html for the page's own paths."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from greenledger.api.deps import GatewayDep
from greenledger.api.problems import Problem
from greenledger.badges.wording import Card

SERVER_PATHS = ("/v1/", "/health", "/metrics")
SITE = "GPTX Green AI Ledger"
# Pages whose links are announced with numbers where they are shown; programs that do so run no script.
ANNOUNCED = ("attestation", "certificate")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta\s+name="description"[^>]*>')


class PageCompression:
    """Compresses the page, not the API: an answer with a secret in it must not leak it by its length."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain = app
        self.compressed = GZipMiddleware(app, minimum_size=1024, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_server = scope["type"] != "http" or scope["path"].startswith(SERVER_PATHS)
        await (self.plain if is_server else self.compressed)(scope, receive, send)


def announced(html: str, card: Card, url: str, picture: str) -> str:
    """The page with title, description, picture and Open Graph tags of what it will show."""
    title, description = escape(card.title), escape(card.description)
    tags = (
        f'<title>{title} · {SITE}</title><meta name="description" content="{description}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
        f'<meta property="og:type" content="website"><meta property="og:url" content="{escape(url)}">'
        f'<meta property="og:site_name" content="{SITE}">'
        f'<meta property="og:image" content="{escape(picture)}">'
        f'<meta property="og:image:alt" content="{title}">'
        '<meta name="twitter:card" content="summary_large_image">'
        '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">'
    )
    bare = _DESCRIPTION.sub("", _TITLE.sub("", html, count=1), count=1)
    # Not by a template of `re`: the text of a stranger may hold a backslash.
    head, end, rest = bare.partition("</head>")
    return f"{head}{tags}{end}{rest}" if end else f"{tags}{bare}"


def serve_page(app: FastAPI, directory: Path) -> None:
    """Adds the page behind every other route. Raises RuntimeError if `directory` holds no index.html."""
    index = directory / "index.html"

    async def unknown_path(path: str) -> None:
        # Without this, a mistyped API path would be answered with the page.
        raise Problem(404, "not_found", f"There is nothing to read at /v1/{path[:200]}.")

    def announced_page(page: str) -> Callable[..., Awaitable[HTMLResponse]]:
        async def respond(state: GatewayDep, name: str) -> HTMLResponse:
            # Read anew each time: a new build has other files in it.
            html = await asyncio.to_thread(index.read_text, encoding="utf-8")
            card = await state.badges.card(page, name)
            origin = state.settings.public_origin
            url, picture = f"{origin}/{page}/{name}", f"{origin}/card/{page}/{name}.png"
            return HTMLResponse(html if card is None else announced(html, card, url, picture))

        return respond

    app.add_api_route("/v1/{path:path}", unknown_path, methods=["GET", "HEAD"], include_in_schema=False)
    for page in ANNOUNCED:
        app.add_api_route(
            f"/{page}/{{name}}", announced_page(page), methods=["GET", "HEAD"], include_in_schema=False
        )
    app.frontend("/", directory=directory, fallback="index.html")
