"""Serves the built page: files as they are, index.html for the page's own paths."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from greenledger.api.problems import Problem

SERVER_PATHS = ("/v1/", "/health", "/metrics")


class PageCompression:
    """Compresses the page, not the API: an answer with a secret in it must not leak it by its length."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain = app
        self.compressed = GZipMiddleware(app, minimum_size=1024, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_server = scope["type"] != "http" or scope["path"].startswith(SERVER_PATHS)
        await (self.plain if is_server else self.compressed)(scope, receive, send)


def serve_page(app: FastAPI, directory: Path) -> None:
    """Adds the page behind every other route. Raises RuntimeError if `directory` holds no index.html."""

    async def unknown_path(path: str) -> None:
        # Without this, a mistyped API path would be answered with the page.
        raise Problem(404, "not_found", f"There is nothing to read at /v1/{path[:200]}.")

    app.add_api_route("/v1/{path:path}", unknown_path, methods=["GET", "HEAD"], include_in_schema=False)
    app.frontend("/", directory=directory, fallback="index.html")
