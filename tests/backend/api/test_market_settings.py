"""Settings of several markets: keys that nothing shows, and misspelt words that are refused."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from greenledger.api.parts.markets import open_markets, webhook_secrets
from greenledger.api.settings import Settings

PORTFOLIO = {"id": "p1", "name": "Wind", "registry": "vcs", "project": "VCS-191", "vintage": 2021}
ACCOUNT = {"organisation": "org_1GB56M1ST1S0GVNA", "usd_per_tonne": "310.5"}
ALL: dict[str, Any] = {
    "marketplace_url": "https://v20.api.market.example",
    "marketplace_key": "one-secret-key",
    "cnaught_url": "https://api.market.example/v1",
    "cnaught_key": "two-secret-key",
    "cnaught_portfolios": (PORTFOLIO,),
    "isometric_url": "https://api.market.example/registry/v0",
    "isometric_key": "three-secret-key",
    "isometric_client_secret": "four-secret-key",
    "isometric_account": ACCOUNT,
}


async def test_markets__as_many_as_have_a_url__are_opened() -> None:
    async with open_markets(Settings(**ALL)) as adapters:
        assert list(adapters) == ["carbonmark", "cnaught", "isometric"]
        assert [adapter.version.alarm(0) for adapter in adapters.values()] == [None, None, None]
    async with open_markets(Settings(cnaught_url="https://api.market.example/v1")) as adapters:
        assert list(adapters) == ["cnaught"]
    async with open_markets(Settings()) as adapters:
        assert adapters == {}


def test_markets__from_the_environment__are_json_where_they_are_more_than_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GREENLEDGER_CNAUGHT_PORTFOLIOS", json.dumps([PORTFOLIO]))
    monkeypatch.setenv("GREENLEDGER_ISOMETRIC_ACCOUNT", json.dumps(ACCOUNT | {"beneficiaries": {"A": "org"}}))
    monkeypatch.setenv("GREENLEDGER_MARKET_ENDS", '{"cnaught": "2027-01-31"}')
    settings = Settings()
    (portfolio,) = settings.cnaught_portfolios
    assert (portfolio.source_id, portfolio.vintage, portfolio.removal) == ("cnaught:p1", 2021, None)
    assert settings.isometric_account is not None
    assert settings.isometric_account.usd_per_tonne == Decimal("310.5")
    assert settings.isometric_account.beneficiaries == {"A": "org"}
    assert settings.market_ends["cnaught"].isoformat() == "2027-01-31"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cnaught_portfolios", (PORTFOLIO | {"vintag": 2020},)),
        ("cnaught_portfolios", (PORTFOLIO | {"id": "two words"},)),
        ("cnaught_portfolios", (PORTFOLIO | {"vintage": 21},)),
        ("cnaught_portfolios", ({"id": "p1"},)),
        ("isometric_account", ACCOUNT | {"usd_per_tonne": "0"}),
        ("isometric_account", ACCOUNT | {"usd_per_tonne": "NaN"}),
        ("isometric_account", ACCOUNT | {"organisation": "../x"}),
        ("isometric_account", ACCOUNT | {"beneficiary": {}}),
        ("market_ends", {"cnaugt": "2027-01-31"}),
        ("market_documents", {"all": "/openapi.json"}),
        ("cnaught_url", "ftp://api.market.example"),
    ],
    ids=str,
)
def test_settings__of_a_market_that_cannot_be__are_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=name):
        Settings(**{name: value})


async def test_keys__are_in_no_text_of_settings_or_adapters() -> None:
    settings = Settings(**ALL | {"cnaught_webhook_secret": "five-secret-key"})
    shown = repr(settings) + str(settings.model_dump()) + settings.model_dump_json()
    shown += repr(webhook_secrets(settings))
    async with open_markets(settings) as adapters:
        shown += "".join(repr(vars(adapter)) + repr(vars(adapter._http)) for adapter in adapters.values())
    assert "secret-key" not in shown
