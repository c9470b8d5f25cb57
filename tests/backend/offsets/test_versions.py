"""Versions of vendors' APIs: an alarm before one is switched off, and silence while nothing was told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from market_clients import cnaught_at
from pydantic import SecretStr
from sandbox_server import KEY, SandboxServer
from scripted_server import ScriptedServer, as_json

from greenledger.api.version_alarms import VersionAlarms
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.errors import MarketUnavailable
from greenledger.offsets.versions import ALARM_DAYS, DAY_S, VersionWatch

SUNSET = datetime(2026, 12, 1, tzinfo=UTC)
AT = SUNSET.timestamp()


def watch(url: str = "https://market.example", ends_on: date | None = None) -> VersionWatch:
    return VersionWatch("carbonmark", "20", url, ends_on)


def test_alarm__nothing_told__is_none() -> None:
    quiet = watch()
    quiet.hear({"content-type": "application/json"})
    assert quiet.alarm(AT) is None


@pytest.mark.parametrize(
    ("days_before", "says"),
    [
        (ALARM_DAYS + 1, None),
        (ALARM_DAYS, "will switch"),
        (1, "will switch"),
        (0, "has switched"),
        (-30, "has switched"),
    ],
)
def test_alarm__sunset_header__comes_sixty_days_before_and_stays(days_before: int, says: str | None) -> None:
    told = watch()
    told.hear({"sunset": format_datetime(SUNSET, usegmt=True), "deprecation": "@1688169599"})
    alarm = told.alarm(AT - days_before * DAY_S)
    expected = f"carbonmark: this adapter speaks version 20, and the vendor {says} it off on 2026-12-01"
    assert alarm == (expected if says else None)


def test_alarm__day_from_the_settings__counts_like_a_header_and_the_earlier_one_wins() -> None:
    told = watch(ends_on=date(2026, 11, 1))
    told.hear({"sunset": format_datetime(SUNSET, usegmt=True)})
    alarm = told.alarm(AT - 40 * DAY_S)
    assert alarm is not None and "2026-11-01" in alarm


@pytest.mark.parametrize(
    "headers", [{"deprecation": "true"}, {"deprecation": "@1688169599"}, {"sunset": "soon"}], ids=str
)
def test_alarm__deprecated_without_a_readable_date__says_so_at_once(headers: dict[str, str]) -> None:
    told = watch()
    told.hear(headers)
    alarm = told.alarm(AT)
    assert alarm is not None and "no readable date" in alarm


@pytest.mark.parametrize(
    ("url", "alarms"),
    [
        ("https://v20.api.carbonmark.com", False),
        ("https://v21.api.carbonmark.com", True),
        ("https://market.example/v20", False),
        ("https://market.example/registry/v0", True),
        ("http://127.0.0.1:8090", False),
        ("https://vendor2.example", False),
    ],
)
def test_alarm__url_of_another_version__is_said(url: str, alarms: bool) -> None:
    assert (watch(url).alarm(AT) is not None) == alarms


@pytest.mark.parametrize(
    ("document", "alarms"),
    [
        ({"info": {"version": "20"}}, False),
        ({"info": {"version": "v20.3.1"}}, False),
        ({"info": {"version": "21"}}, True),
        ({"info": {"version": "2026-08-17"}}, True),
        ({"info": {"version": "next"}}, False),
        ({"info": {"version": 21}}, False),
        ({"info": None}, False),
        ([], False),
    ],
    ids=str,
)
def test_alarm__document_of_another_major_version__is_said(document: Any, alarms: bool) -> None:
    told = watch()
    told.read_document(document)
    assert (told.alarm(AT) is not None) == alarms


async def test_check_version__headers_of_any_reply__are_heard_even_of_an_error(
    client: httpx.AsyncClient, scripted: ScriptedServer
) -> None:
    market = Carbonmark(CarbonmarkHttp(client, scripted.url, SecretStr(KEY)))
    sunset = format_datetime(SUNSET, usegmt=True)
    scripted.will("GET /prices", as_json({}, 501, sunset=sunset))
    with pytest.raises(MarketUnavailable):
        await market.projects()
    assert "2026-12-01" in str(await market.check_version(AT))


async def test_check_version__vendors_document__is_asked_for_where_it_is_known(
    client: httpx.AsyncClient, scripted: ScriptedServer
) -> None:
    http = CarbonmarkHttp(client, scripted.url, SecretStr(KEY), document="/docs/json")
    scripted.will("GET /docs/json", as_json({"info": {"version": "21"}}))
    assert "document is of version 21" in str(await Carbonmark(http).check_version(AT))


async def test_check_version__market_away__is_no_alarm(client: httpx.AsyncClient) -> None:
    http = CarbonmarkHttp(client, "http://127.0.0.1:1", None, document="/docs/json")
    assert await Carbonmark(http).check_version(AT) is None


async def test_alarms__of_all_markets__are_kept_for_health(
    sandbox: SandboxServer, client: httpx.AsyncClient
) -> None:
    quiet = Carbonmark(CarbonmarkHttp(client, sandbox.url, SecretStr(KEY)))
    ending = cnaught_at(client, sandbox.url)
    now = sandbox._app.state.store.now()
    alarms = VersionAlarms((quiet, ending), lambda: now)
    assert await alarms.look() == () and await alarms.health() is None
    sandbox.switch_faults({"kind": "sunset", "on": "* /cnaught/*", "seconds": 30 * DAY_S})
    await ending.projects()
    (alarm,) = await alarms.look()
    assert alarm.startswith("cnaught: this adapter speaks version 1, and the vendor will switch it off on ")
    assert await alarms.health() == alarm
