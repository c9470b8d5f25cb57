"""Requests to a marketplace's API: bounded in time and size, repeated only where that is safe.

Every adapter speaks through this one client, so that a key, a redirect or a flood is treated alike.
Keys go into headers only: no error, log or URL ever holds one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx
from pydantic import SecretStr

from greenledger.offsets.bounded_json import loads_bounded
from greenledger.offsets.errors import MarketError, MarketRefused, MarketUnavailable
from greenledger.offsets.versions import VersionWatch

REQUEST_LIMIT_S = 15.0
MAX_REPLY_BYTES = 8 * 1024 * 1024
MAX_ATTEMPTS = 3
MAX_WAIT_S = 3.0  # a caller is waiting: a longer Retry-After is handed on instead of slept
LONGEST_REASON = 300
REPEATABLE = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Reply:
    """A reply's raw bytes, what they say with numbers as int or Decimal, and its headers in lower case."""

    raw: bytes
    value: Any
    headers: Mapping[str, str] = field(default_factory=dict)


def bearer(key: SecretStr | None) -> dict[str, SecretStr] | None:
    """The headers of a bearer key; None if none is set."""
    if key is None:
        return None
    return {"authorization": SecretStr(f"Bearer {key.get_secret_value()}")}


class MarketHttp:
    """One base URL and its keys. Raises MarketUnavailable for no usable answer, MarketRefused for a 4xx."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        base_url: str,
        keys: Mapping[str, SecretStr] | None,
        limit_s: float,
        version: VersionWatch,
        document: str | None = None,
    ) -> None:
        """`keys` are headers; None: none is set, only public reads work. `version` hears every reply.

        `document` is the path of the vendor's OpenAPI document, if the operator knows one.
        """
        self._client = client
        self._base_url = base_url.rstrip("/")
        self._keys = keys
        self._limit_s = limit_s
        self.version = version
        self._document = document

    async def check_version(self, now: float) -> str | None:
        """An alarm about the API's version at `now` (Unix seconds), None if nothing calls for one."""
        if self._document is not None:
            with suppress(MarketError):  # whether the market answers is another check's to say
                self.version.read_document((await self.get(self._document)).value)
        return self.version.alarm(now)

    async def get(self, path: str, params: dict[str, str] | None = None, with_key: bool = False) -> Reply:
        """Read; repeated up to three times, because reading changes nothing."""
        return await self._repeated(_Request("GET", path, params, with_key=with_key))

    async def post_repeatable(self, path: str, body: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Post what may arrive twice without harm: a request for a price, or one with an idempotency key."""
        return await self._repeated(_Request("POST", path, body=body, headers=headers or {}))

    async def post_once(self, path: str, body: str) -> Reply:
        """Post something that must not be repeated blindly: one attempt, whatever comes of it."""
        return await self._attempt(_Request("POST", path, body=body))

    async def _repeated(self, request: _Request) -> Reply:
        for attempt in range(1, MAX_ATTEMPTS):
            try:
                return await self._attempt(request)
            except MarketUnavailable as error:
                wait_s = error.retry_after_s if error.retry_after_s is not None else 0.2 * 2**attempt
                if not isinstance(error, _Repeatable) or wait_s > MAX_WAIT_S:
                    raise
                await asyncio.sleep(wait_s)
        return await self._attempt(request)

    async def _attempt(self, request: _Request) -> Reply:
        sent = {"accept": "application/json", **request.headers}
        if request.with_key:
            if self._keys is None:
                raise MarketUnavailable("no marketplace key is set")
            sent |= {name: key.get_secret_value() for name, key in self._keys.items()}
        if request.body is not None:
            sent["content-type"] = "application/json"
        try:
            async with (
                asyncio.timeout(self._limit_s),
                self._client.stream(
                    request.method,
                    self._base_url + request.path,
                    params=request.params,
                    content=request.body,
                    headers=sent,
                    follow_redirects=False,
                ) as response,
            ):
                raw = await _read(response)
        except (httpx.HTTPError, TimeoutError) as error:
            raise _Repeatable(f"{request.name}: {type(error).__name__}") from error
        self.version.hear(response.headers)
        return _judge(request.name, response, raw)


class _Request(NamedTuple):
    method: str
    path: str
    params: Mapping[str, str] | None = None
    body: str | None = None
    with_key: bool = True
    headers: Mapping[str, str] = MappingProxyType({})

    @property
    def name(self) -> str:
        """As errors state it."""
        return f"{self.method} {self.path}"


class _Repeatable(MarketUnavailable):
    """Worth another try at once."""


async def _read(response: httpx.Response) -> bytes:
    raw = bytearray()
    async for chunk in response.aiter_bytes():
        raw += chunk
        if len(raw) > MAX_REPLY_BYTES:
            raise MarketUnavailable(f"reply over {MAX_REPLY_BYTES} bytes")
    return bytes(raw)


def _judge(request: str, response: httpx.Response, raw: bytes) -> Reply:
    status = response.status_code
    if status in REPEATABLE:
        raise _Repeatable(f"{request}: HTTP {status}", retry_after(response.headers.get("retry-after")))
    if status >= 500 or status < 200 or 300 <= status < 400 or status in (401, 403):
        # A refused key is the operator's to mend, not the buyer's fault: the order waits.
        raise MarketUnavailable(f"{request}: HTTP {status}")
    value = _json(request, raw, status)
    if status >= 400:
        raise MarketRefused(_message(value, status), status, _code(value))
    return Reply(raw, value, {name.lower(): text for name, text in response.headers.items()})


def _json(request: str, raw: bytes, status: int) -> Any:
    try:
        return loads_bounded(raw)
    except (ValueError, ArithmeticError):
        if status >= 400:
            return None
        raise MarketUnavailable(f"{request}: the reply is not JSON") from None


def _message(value: Any, status: int) -> str:
    """The reason in an error body, whichever of the usual shapes it has."""
    if isinstance(value, dict):
        for name in ("message", "detail", "error", "title"):
            reason = _reason(value.get(name))
            if reason:
                return f"{reason[:LONGEST_REASON]} (HTTP {status})"
    return f"HTTP {status}"


def _reason(value: Any) -> str:
    """A text as it is, or the texts of a list of validation errors."""
    if isinstance(value, str):
        return value
    entries = value if isinstance(value, list) else []
    return "; ".join(str(entry["msg"]) for entry in entries[:5] if isinstance(entry, dict) and "msg" in entry)


def _code(value: Any) -> str:
    """The last part of a problem document's type: ".../errors/not-found" is "not-found"."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind.rsplit("/", 1)[-1][:60] if isinstance(kind, str) else ""


def retry_after(header: str | None) -> float | None:
    """Seconds to wait by a Retry-After header: a number or an HTTP date; None if absent or unreadable."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
