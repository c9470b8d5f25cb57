"""Headers that tell browsers what a response may do, and for how long it may be kept."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
ASSETS = "/assets/"  # where the page's build puts files whose name holds a hash of their content


RELAY = "wss://relay.walletconnect.org"


def page_policy(rpc_url: str, *, relayed_wallets: bool = False) -> str:
    """Scripts and styles from here only; connections to here and to the chain, and nowhere else.

    Only with `relayed_wallets` to the relay of WalletConnect too.
    """
    parts = urlsplit(rpc_url)
    relay = f" {RELAY}" if relayed_wallets else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {parts.scheme}://{parts.netloc}{relay}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _is_asset(path: str, headers: MutableHeaders) -> bool:
    """Whether this answers with a hashed file: `/assets/../index.html` does not, nor does the fallback."""
    is_page = headers.get("content-type", "").startswith("text/html")
    return path.startswith(ASSETS) and posixpath.normpath(path) == path and not is_page


class SecurityHeaders:
    def __init__(self, app: ASGIApp, rpc_url: str, is_https: bool, relayed_wallets: bool = False) -> None:
        self.app = app
        self.page_policy = page_policy(rpc_url, relayed_wallets=relayed_wallets)
        self.is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), path, message["status"])
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, path: str, status: int) -> None:
        is_api = path.startswith(("/v1/", "/v2/"))
        headers["content-security-policy"] = API_POLICY if is_api else self.page_policy
        headers["x-content-type-options"] = "nosniff"
        headers["x-frame-options"] = "DENY"
        # Not "no-referrer": browsers would then send `Origin: null`, which the origin check refuses.
        headers["referrer-policy"] = "same-origin"
        headers["cross-origin-opener-policy"] = "same-origin-allow-popups"  # wallets open windows
        if self.is_https:
            headers["strict-transport-security"] = "max-age=31536000"
        if _is_asset(path, headers) and status in (200, 206, 304):
            headers["cache-control"] = "public, max-age=31536000, immutable"
        elif "cache-control" not in headers:
            headers["cache-control"] = "no-store" if is_api else "no-cache"
