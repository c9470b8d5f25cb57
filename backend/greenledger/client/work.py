"""Stating work at the gateway: estimates, single workloads, files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from greenledger.client.connection import Auth, Call, Connection, ask, document, exchange, get
from greenledger.client.effects import MAX_REPLY_BYTES, Flow
from greenledger.client.errors import Invalid, UnexpectedAnswer
from greenledger.client.reading import answer
from greenledger.client.shapes import Estimate, Stated, Uploaded
from greenledger.footprint.fields import FieldError
from greenledger.footprint.strict_json import InvalidJson, loads_strict
from greenledger.intake import HEAD_BYTES, CodeCarbonOptions, Format, UnknownFormat, format_of

LONGEST_EVENT_ID = 128
UPLOAD_TIMEOUT_S = 900.0
UPLOADS = "/v1/workloads/upload"
_MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.JSONL: "application/x-ndjson",
    Format.YAML: "application/yaml",
    Format.CSV: "text/csv",
    Format.CODECARBON: "text/csv",
}

Workload = Mapping[str, Any]
OnRows = Callable[[int], None]


def event_id_of(workload: Workload) -> str:
    """An event id made from what the workload says: the same work has the same id on every machine."""
    text = json.dumps(workload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return f"work-{hashlib.sha256(text.encode()).hexdigest()}"


def estimate(connection: Connection, workload: Workload) -> Flow[Estimate]:
    """The footprint of a workload; nothing is stored."""
    call = Call("POST", "/v1/footprints/estimate", dict(workload), auth=Auth.ANYONE, harmless=True)
    _, body = yield from ask(connection, call)
    found = answer(body)
    return Estimate.of(found.text("methodology"), found.inner("estimate"))


def submit(connection: Connection, workload: Workload, event_id: str | None) -> Flow[Stated]:
    """States one workload under its event id, so that a repetition stores nothing twice."""
    event = event_id_of(workload) if event_id is None else event_id
    _check_event_id(event)
    body = {"workload": dict(workload), "event_id": event}
    status, stated = yield from ask(connection, Call("POST", "/v1/workloads", body, harmless=True))
    return Stated.of(answer(stated), is_new=status == 201)


def _check_event_id(event_id: str) -> None:
    visible = event_id.isascii() and all("!" <= letter <= "~" for letter in event_id)
    if visible and 1 <= len(event_id) <= LONGEST_EVENT_ID:
        return
    expected = f"1 to {LONGEST_EVENT_ID} visible ASCII characters without spaces"
    reason = FieldError(
        "event_id", f"has {len(event_id)} characters" if visible else "is not plain", expected
    )
    raise Invalid(422, "invalid_request", "The event id cannot be used.", [reason])


def submit_file(
    connection: Connection,
    file: Path,
    form: Format | None = None,
    options: CodeCarbonOptions | None = None,
    on_rows: OnRows | None = None,
) -> Flow[Uploaded]:
    """States every good workload of a file. Raises UnexpectedAnswer if the answer is cut off: what was
    counted until then is stored, and the same file once more stores the rest; Invalid for options that the
    gateway cannot be told.
    """
    lines: list[bytes] = []

    def on_line(line: bytes) -> None:
        lines[:] = [line]  # the last one is the summary
        if on_rows is not None and (rows := _rows_of(line)) is not None:
            on_rows(rows)

    call = Call(
        "POST",
        UPLOADS,
        params=_options(options),
        harmless=True,
        file=file,
        media_type=_MEDIA_TYPES[form or _format_of(file)],
        timeout_s=UPLOAD_TIMEOUT_S,
        on_line=on_line,
    )
    yield from exchange(connection, call)
    last = document(connection, lines[-1]) if lines else None
    if not isinstance(last, dict) or "ids" not in last:
        raise UnexpectedAnswer("the answer to the file was cut off: send it again, nothing is stored twice")
    return Uploaded.of(answer(last))


def _format_of(file: Path) -> Format:
    try:
        with file.open("rb") as stream:
            return format_of(file.name, stream.read(HEAD_BYTES))
    except UnknownFormat as error:
        raise Invalid(415, "unsupported_media_type", str(error)) from error


def _options(options: CodeCarbonOptions | None) -> dict[str, str]:
    if options is None:
        return {}
    usual = CodeCarbonOptions()
    expected = "none: read the file with greenledger.intake.read_entries, or use `greenledger submit`"
    unsaid = [
        FieldError(f"options.{name}", "is no part of an upload", expected)
        for name in ("scope", "place")
        if getattr(options, name) != getattr(usual, name)
    ]
    if unsaid:
        raise Invalid(422, "invalid_request", "The gateway cannot be told all of the options.", unsaid)
    return {
        "codecarbon_kind": str(options.kind),
        "codecarbon_utc_offset_s": str(options.utc_offset_s),
    }


def _rows_of(line: bytes) -> int | None:
    try:
        found = loads_strict(line, MAX_REPLY_BYTES)
    except InvalidJson:
        return None
    rows = found.get("rows") if isinstance(found, dict) else None
    return rows if isinstance(rows, int) else None


def workloads(connection: Connection, limit: int, before: str | None) -> Flow[list[Stated]]:
    """The account's newest workloads, at most 500; `before` is the last id of the page before."""
    params = {"limit": str(limit)} | ({"before": before} if before else {})
    _, body = yield from ask(connection, get("/v1/workloads", params=params))
    return [Stated.of(item, is_new=False) for item in answer(body).items("items")]
