"""The raw body of a market's call: bounded, and not parsed before its signature was checked."""

from __future__ import annotations

from fastapi import Request

from greenledger.api.middleware.body_limit import too_large
from greenledger.api.problems import Problem
from greenledger.footprint.fields import FieldError
from greenledger.offsets.webhooks import MAX_BODY_BYTES, BadSignature, UnknownMarket


async def hint_body(request: Request) -> bytes:
    """Raises Problem 413 above 64 KiB."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise too_large(MAX_BODY_BYTES)
    return bytes(body)


def unknown_market(error: UnknownMarket) -> Problem:
    reason = FieldError("market", "is not one that calls here", f"one of: {error}")
    return Problem(404, "unknown_market", "No calls of this market are taken.", [reason])


def bad_signature(error: BadSignature) -> Problem:
    reason = FieldError("header webhook-signature", "does not prove who calls", str(error))
    return Problem(401, "bad_signature", "The call is not signed as agreed.", [reason])
