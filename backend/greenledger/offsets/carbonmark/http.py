"""Requests to the Carbonmark API: bounded in time and size, repeated only where that is safe."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from pydantic import SecretStr

from greenledger.offsets.errors import MarketRefused, MarketUnavailable

REQUEST_LIMIT_S = 15.0
MAX_REPLY_BYTES = 8 * 1024 * 1024
MAX_ATTEMPTS = 3
MAX_WAIT_S = 3.0  # a caller is waiting: a longer Retry-After is handed on instead of slept
MAX_DEPTH = 32
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
REPEATABLE = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Reply:
    """A reply's raw bytes and what they say, numbers as int or Decimal."""

    raw: bytes
    value: Any


class CarbonmarkHttp:
    """One base URL and key. Raises MarketUnavailable for no usable answer and MarketRefused for a 4xx."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        base_url: str,
        key: SecretStr | None,
        limit_s: float = REQUEST_LIMIT_S,
    ) -> None:
        self._client = client
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._limit_s = limit_s

    async def get(self, path: str, params: dict[str, str] | None = None, with_key: bool = False) -> Reply:
        """Read; repeated up to three times, because reading changes nothing."""
        return await self._repeated("GET", path, params, None, with_key)

    async def post_repeatable(self, path: str, body: str) -> Reply:
        """Post something that may happen twice without harm, such as asking for a quote."""
        return await self._repeated("POST", path, None, body, True)

    async def post_once(self, path: str, body: str) -> Reply:
        """Post something that must not be repeated blindly: one attempt, whatever comes of it."""
        return await self._attempt("POST", path, None, body, True)

    async def _repeated(
        self, method: str, path: str, params: dict[str, str] | None, body: str | None, with_key: bool
    ) -> Reply:
        for attempt in range(1, MAX_ATTEMPTS):
            try:
                return await self._attempt(method, path, params, body, with_key)
            except MarketUnavailable as error:
                wait_s = error.retry_after_s if error.retry_after_s is not None else 0.2 * 2**attempt
                if not isinstance(error, _Repeatable) or wait_s > MAX_WAIT_S:
                    raise
                await asyncio.sleep(wait_s)
        return await self._attempt(method, path, params, body, with_key)

    async def _attempt(
        self, method: str, path: str, params: dict[str, str] | None, body: str | None, with_key: bool
    ) -> Reply:
        headers = {"accept": "application/json"}
        if with_key:
            if self._key is None:
                raise MarketUnavailable("no marketplace key is set")
            headers["authorization"] = f"Bearer {self._key.get_secret_value()}"
        if body is not None:
            headers["content-type"] = "application/json"
        try:
            async with (
                asyncio.timeout(self._limit_s),
                self._client.stream(
                    method, self._base_url + path, params=params, content=body, headers=headers
                ) as response,
            ):
                raw = await _read(response)
        except (httpx.HTTPError, TimeoutError) as error:
            raise _Repeatable(f"{method} {path}: {type(error).__name__}") from error
        return _judge(f"{method} {path}", response, raw)


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
        raise MarketRefused(_message(value, status), status)
    return Reply(raw, value)


def _json(request: str, raw: bytes, status: int) -> Any:
    try:
        _check_depth(raw)
        return json.loads(raw, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError):
        if status >= 400:
            return None
        raise MarketUnavailable(f"{request}: the reply is not JSON") from None


def _check_depth(raw: bytes) -> None:
    """Counts brackets before parsing: the parser recurses in C, where depth can end the whole process."""
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")


def _refuse(name: str) -> None:
    raise ValueError(name)


def _message(value: Any, status: int) -> str:
    """The reason in an error body; its shape is not documented, so any of the usual fields will do."""
    if isinstance(value, dict):
        for field in ("message", "error", "detail"):
            if isinstance(value.get(field), str) and value[field]:
                return f"{value[field][:300]} (HTTP {status})"
    return f"HTTP {status}"


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
