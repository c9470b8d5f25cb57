"""Which version of an API an adapter speaks, and an alarm before the vendor switches that version off.

A vendor tells it in three places: the `Sunset` (RFC 8594) and `Deprecation` (RFC 9745) headers of any reply,
the `info.version` of its published OpenAPI document, and a mail to the operator, who writes the day into the
settings. Nothing told is no alarm: silence is not a date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

ALARM_DAYS = 60  # time to write and try an adapter for the next version
DAY_S = 86_400
_IN_URL = re.compile(r"(?:^|[./])v(\d+)(?=[./:]|$)")
_MAJOR = re.compile(r"v?(\d+)")


class VersionWatch:
    """What is known about the version that one adapter speaks. Times in Unix seconds."""

    def __init__(self, market: str, speaks: str, base_url: str, ends_on: date | None = None) -> None:
        """`speaks` is the major version; `ends_on` the day that the operator was told, if any."""
        self.market = market
        self.speaks = speaks
        self._in_url = _version_in(base_url)
        self._stated_ends_at = _midnight(ends_on) if ends_on is not None else None
        self._sunset_at: int | None = None
        self._deprecated = False
        self._published: str | None = None

    def hear(self, headers: Mapping[str, str]) -> None:
        """Takes note of what a reply's headers say about the version's end."""
        sunset, deprecation = headers.get("sunset"), headers.get("deprecation")
        if sunset is not None:
            self._deprecated = True
            self._sunset_at = _http_date(sunset)
        if deprecation is not None:
            self._deprecated = True

    def read_document(self, document: Any) -> None:
        """Takes note of the version that the vendor's OpenAPI document is of."""
        info = document.get("info") if isinstance(document, dict) else None
        version = info.get("version") if isinstance(info, dict) else None
        self._published = version if isinstance(version, str) else None

    def alarm(self, now: float) -> str | None:
        """What has to be done before the version ends, None while nothing is known that calls for it."""
        if self._in_url is not None and self._in_url != self.speaks:
            return self._says(f"the URL names version {self._in_url}")
        ends_at = min((at for at in (self._sunset_at, self._stated_ends_at) if at is not None), default=None)
        if ends_at is not None and now >= ends_at - ALARM_DAYS * DAY_S:
            verb = "has switched" if now >= ends_at else "will switch"
            return self._says(f"the vendor {verb} it off on {_day(ends_at)}")
        if ends_at is None and self._deprecated:
            return self._says("the vendor calls it deprecated and gives no readable date")
        published = _MAJOR.match(self._published or "")
        if published is not None and published.group(1) != self.speaks:
            return self._says(f"the vendor's document is of version {self._published}")
        return None

    def _says(self, reason: str) -> str:
        return f"{self.market}: this adapter speaks version {self.speaks}, and {reason}"


class Versioned(Protocol):
    """A market that knows the version of the API it speaks."""

    @property
    def version(self) -> VersionWatch:
        """What is known about it."""

    async def check_version(self, now: float) -> str | None:
        """An alarm that names market, version and date, or None; asks the vendor where it publishes one.

        Never raises for a market that is away: that is another check's to say.
        """


def _version_in(base_url: str) -> str | None:
    found = _IN_URL.findall(base_url.split("://", 1)[-1])
    return found[-1] if found else None


def _http_date(text: str) -> int | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
