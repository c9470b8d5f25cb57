"""Taking in a file with many workloads, and answering line by line."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Header, Query, Request

from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.idempotency import HEADER, request_hash, stated_key
from greenledger.api.media_types import declared_type
from greenledger.api.permissions import SubmitterDep
from greenledger.api.problems import Problem
from greenledger.api.state import Gateway
from greenledger.footprint.fields import FieldError
from greenledger.footprint.workload import Kind
from greenledger.intake import (
    HEAD_BYTES,
    MEDIA_TYPES,
    CodeCarbonOptions,
    Format,
    check_entries,
    format_of_media_type,
    read_entries,
)
from greenledger.reports.uploads import store_results
from greenledger.reports.workloads import CLOCK_SKEW_S, answer_under
from greenledger.usage.idempotency import RequestKey

UPLOAD_PATH = "/v1/workloads/upload"
UPLOAD_SECONDS = 900.0  # what is not stored by then is stored by sending the same file again
NDJSON = "application/x-ndjson"
MOST_OFFSET_S = 14 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was received whole."""

    stream: BinaryIO
    format: Format
    body_hash: bytes  # SHA-256


def _media_type(request: Request) -> str:
    """The declared media type. Raises Problem 415 before the body is read."""
    media_type = declared_type(request.headers)
    if media_type not in MEDIA_TYPES:
        stated = request.headers.get("content-type", "")
        problem = f"is {stated[:100]}" if stated else "is missing"
        reason = FieldError("header Content-Type", problem, f"one of {', '.join(MEDIA_TYPES)}")
        raise Problem(415, "unsupported_media_type", "The file's format is not known.", [reason])
    return media_type


async def upload(request: Request, account: SubmitterDep) -> AsyncIterator[Upload]:
    """Receives the body into a file without a name. Asks for the account, so that strangers send nothing."""
    media_type = _media_type(request)
    with tempfile.TemporaryFile() as file:
        hashed = hashlib.sha256()
        async for chunk in request.stream():
            hashed.update(chunk)
            await asyncio.to_thread(file.write, chunk)
        file.seek(0)
        head = file.read(HEAD_BYTES)
        file.seek(0)
        yield Upload(file, format_of_media_type(media_type, head), hashed.digest())


UploadDep = Annotated[Upload, Depends(upload)]


def codecarbon_options(
    codecarbon_kind: Kind = Kind.TRAINING,
    codecarbon_utc_offset_s: Annotated[int, Query(ge=-MOST_OFFSET_S, le=MOST_OFFSET_S)] = 0,
) -> CodeCarbonOptions:
    """What an emissions.csv does not say: what the work was, and how far its clock was ahead of UTC."""
    return CodeCarbonOptions(codecarbon_kind, codecarbon_utc_offset_s)


CodeCarbonDep = Annotated[CodeCarbonOptions, Depends(codecarbon_options)]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The key that a file came under, if any, and the summary that was given under it before, if it was."""

    request: RequestKey | None = None
    summary: dict[str, Any] | None = None


async def repeated(
    request: Request,
    state: GatewayDep,
    account: SubmitterDep,
    received: UploadDep,
    now: NowDep,
    value: Annotated[str | None, Header(alias=HEADER)] = None,
) -> Repeated:
    """Asked before the answer begins. Raises ReportRefused if the key was used for another request."""
    key = stated_key(value)
    if key is None:
        return Repeated()
    named = RequestKey(key, request_hash(request, received.body_hash))
    async with state.database.transaction() as session:
        return Repeated(named, await answer_under(session, account, named, now))


RepeatedDep = Annotated[Repeated, Depends(repeated)]


async def upload_lines(
    state: Gateway, account: str, received: Upload, options: CodeCarbonOptions, before: Repeated, now: int
) -> AsyncIterator[bytes]:
    """The answer's lines of JSON: how far it got after each transaction, and a summary as the last one.

    Of a request that was answered before, the summary alone.
    """
    if before.summary is not None:
        yield _line(before.summary)
        return
    entries = read_entries(received.stream, received.format, state.factors, options)
    results = check_entries(entries, state.factors, over_at=now + CLOCK_SKEW_S)
    stored = store_results(state.database, account, results, state.factors, now, before.request)
    async for said in stored:
        yield _line(asdict(said))


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
