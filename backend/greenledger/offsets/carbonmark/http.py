"""Requests to the Carbonmark API, version 20: a bearer key, and public reads without it."""

from __future__ import annotations

from datetime import date

import httpx
from pydantic import SecretStr

from greenledger.offsets.http import REQUEST_LIMIT_S, MarketHttp, bearer
from greenledger.offsets.versions import VersionWatch

SPEAKS = "20"  # the vendor ends a version three months after the next one ships


class CarbonmarkHttp(MarketHttp):
    """One base URL and key."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        base_url: str,
        key: SecretStr | None,
        limit_s: float = REQUEST_LIMIT_S,
        *,
        ends_on: date | None = None,
        document: str | None = None,
    ) -> None:
        """`ends_on`: the version's last day, if told; `document`: path of the vendor's OpenAPI, if known."""
        version = VersionWatch("carbonmark", SPEAKS, base_url, ends_on)
        super().__init__(client, base_url, bearer(key), limit_s, version, document)
