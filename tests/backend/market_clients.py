"""Adapters of the tests, at whatever server answers: the sandbox, or one that plays a script."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

import httpx
from pydantic import SecretStr
from sandbox_server import KEY

from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.cnaught.portfolio import Portfolio
from greenledger.offsets.http import MarketHttp, bearer
from greenledger.offsets.isometric.account import Account
from greenledger.offsets.isometric.adapter import Isometric
from greenledger.offsets.versions import VersionWatch
from marketplace_sandbox.isometric.fixtures import OWNER

CNAUGHT_PATH, ISOMETRIC_PATH = "/cnaught/v1", "/isometric/registry/v0"
WIND = Portfolio("sbxwind00001", "Plateau wind", "vcs", "VCS-999901", 2022, "Chile", removal=False)
STOVES = Portfolio("sbxstoves001", "Village stoves", "gs", "GS999902", 2023, "Kenya")
BIOCHAR = Portfolio("sbxbiochar01", "Sawmill biochar", "puro", "PURO-999903", 2024, removal=True)
MIXED = Portfolio("sbxmixed0001", "Wind and biochar", "vcs", "VCS-999901", 2022)
PORTFOLIOS = (WIND, STOVES, BIOCHAR, MIXED)
TEAM = "org_SANDBOX0000000002"
ACCOUNT = Account(OWNER, Decimal("310.5"), {"Test team": TEAM, "BLOOM team": "org_SANDBOX0000000003"})

Clock = Callable[[], float]


def cnaught_at(
    client: httpx.AsyncClient,
    url: str,
    clock: Clock = time.time,
    webhook_url: str | None = None,
    limit_s: float = 5.0,
) -> CNaught:
    """CNaught's adapter with the sandbox's portfolios."""
    base = url + CNAUGHT_PATH
    version = VersionWatch(CNaught.name, CNaught.speaks, base)
    http = MarketHttp(client, base, bearer(SecretStr(KEY)), limit_s, version)
    return CNaught(http, PORTFOLIOS, webhook_url, clock)


def isometric_at(
    client: httpx.AsyncClient,
    url: str,
    clock: Clock = time.time,
    account: Account | None = ACCOUNT,
    limit_s: float = 5.0,
) -> Isometric:
    """Isometric's adapter, as an account holder unless `account` is None."""
    base = url + ISOMETRIC_PATH
    version = VersionWatch(Isometric.name, Isometric.speaks, base)
    keys = {"authorization": SecretStr(f"Bearer {KEY}"), "x-client-secret": SecretStr(KEY)}
    return Isometric(MarketHttp(client, base, keys, limit_s, version), account, clock)
