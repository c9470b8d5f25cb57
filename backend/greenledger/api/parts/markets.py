"""The markets of this node, built from its settings: as many as have a URL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

import httpx
from pydantic import SecretStr

from greenledger.api.logs import send_request_id
from greenledger.api.settings import MarketName, Settings
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.cnaught import parse as cnaught_parse
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.http import REQUEST_LIMIT_S, MarketHttp, bearer
from greenledger.offsets.isometric.adapter import Isometric
from greenledger.offsets.versions import VersionWatch
from greenledger.offsets.webhooks import ReadHint

Adapter = Carbonmark | CNaught | Isometric
HINTS: dict[str, ReadHint] = {CNaught.name: cnaught_parse.hint}


@dataclass(frozen=True)
class _Told:
    """What the settings say of one market's API version."""

    ends_on: date | None
    document: str | None


@asynccontextmanager
async def open_markets(settings: Settings) -> AsyncIterator[dict[str, Adapter]]:
    """The adapters by name; closed with their HTTP client, which follows no redirect and no proxy."""
    hooks = {"request": [send_request_id]}
    async with httpx.AsyncClient(follow_redirects=False, trust_env=False, event_hooks=hooks) as http:
        built = (_carbonmark(settings, http), _cnaught(settings, http), _isometric(settings, http))
        adapters: dict[str, Adapter] = {one.name: one for one in built if one is not None}
        try:
            yield adapters
        finally:
            for adapter in adapters.values():
                await adapter.aclose()


def webhook_secrets(settings: Settings) -> dict[str, SecretStr]:
    """Secrets that calls of a market have to be signed with, where one is agreed."""
    secret = settings.cnaught_webhook_secret
    return {CNaught.name: secret} if secret is not None else {}


def _carbonmark(settings: Settings, http: httpx.AsyncClient) -> Carbonmark | None:
    if settings.marketplace_url is None:
        return None
    told = _told(settings, "carbonmark")
    return Carbonmark(
        CarbonmarkHttp(
            http,
            settings.marketplace_url,
            settings.marketplace_key,
            ends_on=told.ends_on,
            document=told.document,
        )
    )


def _cnaught(settings: Settings, http: httpx.AsyncClient) -> CNaught | None:
    if settings.cnaught_url is None:
        return None
    told = _told(settings, "cnaught")
    version = VersionWatch(CNaught.name, CNaught.speaks, settings.cnaught_url, told.ends_on)
    keys = bearer(settings.cnaught_key)
    market_http = MarketHttp(http, settings.cnaught_url, keys, REQUEST_LIMIT_S, version, told.document)
    hook = f"{settings.public_origin}/v1/webhooks/{CNaught.name}" if settings.webhooks else None
    return CNaught(market_http, settings.cnaught_portfolios, hook)


def _isometric(settings: Settings, http: httpx.AsyncClient) -> Isometric | None:
    if settings.isometric_url is None:
        return None
    told = _told(settings, "isometric")
    version = VersionWatch(Isometric.name, Isometric.speaks, settings.isometric_url, told.ends_on)
    keys = bearer(settings.isometric_key)
    if keys is not None and settings.isometric_client_secret is not None:
        keys |= {"x-client-secret": settings.isometric_client_secret}
    market_http = MarketHttp(http, settings.isometric_url, keys, REQUEST_LIMIT_S, version, told.document)
    return Isometric(market_http, settings.isometric_account)


def _told(settings: Settings, market: MarketName) -> _Told:
    return _Told(settings.market_ends.get(market), settings.market_documents.get(market))
