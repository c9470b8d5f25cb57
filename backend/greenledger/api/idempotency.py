"""The header Idempotency-Key: a request that is repeated under it gets the same answer."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header, Request

from greenledger.api.media_types import declared_type
from greenledger.api.problems import Problem
from greenledger.footprint.fields import FieldError
from greenledger.usage.idempotency import RequestKey

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,255}")


def stated_key(value: str | None) -> str | None:
    """The key of a request, if it has one. Raises Problem 422."""
    if value is not None and KEY.fullmatch(value) is None:
        expected = "1 to 255 visible ASCII characters without spaces"
        reason = FieldError(f"header {HEADER}", f"has {len(value)} characters or others", expected)
        raise Problem(422, "invalid_request", "The request has a key that is not valid.", [reason])
    return value


def request_hash(request: Request, body_hash: bytes) -> str:
    """SHA-256 over what was asked for: method, path, query, media type and the body's own SHA-256."""
    media_type = declared_type(request.headers)
    asked = f"{request.method} {request.url.path}?{request.url.query}\n{media_type}\n".encode()
    return hashlib.sha256(asked + body_hash).hexdigest()


async def request_key(
    request: Request, value: Annotated[str | None, Header(alias=HEADER)] = None
) -> RequestKey | None:
    """For a request whose body is small enough to be in memory."""
    key = stated_key(value)
    if key is None:
        return None
    return RequestKey(key, request_hash(request, hashlib.sha256(await request.body()).digest()))


RequestKeyDep = Annotated[RequestKey | None, Depends(request_key)]
