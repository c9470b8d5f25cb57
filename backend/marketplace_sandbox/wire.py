"""JSON on the wire with exact decimals: amounts are never binary floats."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

MAX_BODY_BYTES = 64 * 1024


class MarketError(Exception):
    """A refusal in the market's own words, sent as {statusCode, error, message}."""

    def __init__(self, status: int, error: str, message: str) -> None:
        """Keep the HTTP status, a short error name and the message for the caller."""
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message


def encode(value: object) -> str:
    """Write `value` as JSON; a Decimal becomes a plain number with all its digits."""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{encode(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(encode(item) for item in value) + "]"
    return json.dumps(value, allow_nan=False)


class ExactJSON(Response):
    """A JSON response that keeps decimals exact."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Encode the body."""
        return encode(content).encode()


def error_response(error: MarketError, headers: Mapping[str, str] | None = None) -> ExactJSON:
    """Build the response of a refusal."""
    body = {"statusCode": error.status, "error": error.error, "message": error.message}
    return ExactJSON(body, status_code=error.status, headers=dict(headers or {}))


def refusal(path: str, error: MarketError, headers: Mapping[str, str] | None = None) -> ExactJSON:
    """A refusal in the shape of the market that `path` belongs to."""
    if path.startswith("/cnaught/"):
        return _problem(error, headers)
    if path.startswith("/isometric/"):
        entry = {"loc": ["body"], "msg": error.message, "type": "value_error"}
        body: dict[str, object] = {"detail": [entry] if error.status == 422 else error.message}
        return ExactJSON(body, status_code=error.status, headers=dict(headers or {}))
    return error_response(error, headers)


def _problem(error: MarketError, headers: Mapping[str, str] | None) -> ExactJSON:
    """RFC 9457 problem details; the type ends in the error's short name."""
    name = error.error.lower().replace(" ", "-")
    body = {
        "type": f"https://api.cnaught.com/v1/errors/{name}",
        "title": error.error,
        "status": error.status,
        "detail": error.message,
    }
    named = {**(headers or {}), "content-type": "application/problem+json"}
    return ExactJSON(body, status_code=error.status, headers=named)


async def json_object(request: Request) -> dict[str, Any]:
    """Read the body as one JSON object of at most 64 KiB, numbers as int or Decimal; raises MarketError."""
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > MAX_BODY_BYTES:
            raise MarketError(413, "Payload Too Large", "body: over 64 KiB")
    try:
        body = json.loads(bytes(chunks), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise MarketError(400, "Bad Request", "body: not JSON") from None
    if not isinstance(body, dict):
        raise MarketError(400, "Bad Request", "body: expected a JSON object")
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
