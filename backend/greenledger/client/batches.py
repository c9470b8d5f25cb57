"""Batches: what was stated in a period, under one report, and the proof of each workload in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from greenledger.client.connection import Call, Connection, ask, get
from greenledger.client.effects import Flow
from greenledger.client.errors import NotFinished
from greenledger.client.polling import polled
from greenledger.client.reading import Answer, answer
from greenledger.client.reports import report_of
from greenledger.client.shapes import Config, Report
from greenledger.client.wallet import config

SIGNED = frozenset({"signed", "recorded"})
OVER = frozenset({"empty", "refused", "dissolved", "expired"})


@dataclass(frozen=True, slots=True)
class Batch:
    """`done` of `workloads` by the step that runs now; `report` once the council has signed."""

    id: str
    state: str
    ended_from: int
    ended_before: int
    workloads: int
    done: int
    report: Report | None
    recorded_at: int | None
    error: str | None


OnBatch = Callable[[Batch], None]


def _batch(found: Answer, read: Config) -> Batch:
    code, signed = found.text_or_none("error_code"), found.inner_or_none("report")
    return Batch(
        id=found.text("id"),
        state=found.text("state"),
        ended_from=found.whole("ended_from"),
        ended_before=found.whole("ended_before"),
        workloads=found.whole("workloads"),
        done=found.whole("done"),
        report=None if signed is None else report_of(signed, read, ()),
        recorded_at=None if signed is None else signed.whole_or_none("recorded_at"),
        error=None if code is None else f"{code}: {found.text_or_none('error_detail') or ''}",
    )


def close(connection: Connection, ended_from: int, ended_before: int, most: int | None) -> Flow[Batch]:
    """Closes what ended in [ended_from, ended_before), Unix seconds, and is in no report yet. The same
    request gives the same batch while it is under way.
    """
    read = yield from config(connection)
    body: dict[str, object] = {"ended_from": ended_from, "ended_before": ended_before}
    body |= {"most": most} if most is not None else {}
    _, made = yield from ask(connection, Call("POST", "/v1/batches", body, harmless=True))
    return _batch(answer(made), read)


def batch(connection: Connection, batch_id: str) -> Flow[Batch]:
    read = yield from config(connection)
    _, body = yield from ask(connection, get(f"/v1/batches/{batch_id}"))
    return _batch(answer(body), read)


def batches(connection: Connection, limit: int) -> Flow[list[Batch]]:
    """The account's newest batches, at most 100."""
    read = yield from config(connection)
    _, body = yield from ask(connection, get("/v1/batches", params={"limit": str(limit)}))
    return [_batch(item, read) for item in answer(body).items("items")]


def sign_again(connection: Connection, batch_id: str) -> Flow[Batch]:
    read = yield from config(connection)
    _, body = yield from ask(connection, Call("POST", f"/v1/batches/{batch_id}/sign", harmless=True))
    return _batch(answer(body), read)


def wait(
    connection: Connection, batch_id: str, within_s: float, on_batch: OnBatch | None = None
) -> Flow[Batch]:
    """The batch once it is signed or recorded. Raises NotFinished if it ended otherwise or takes longer."""

    def is_done(found: Batch) -> bool:
        if on_batch is not None:
            on_batch(found)
        if found.state in OVER:
            raise NotFinished(f"batch {batch_id} is {found.state}{f': {found.error}' if found.error else ''}")
        return found.state in SIGNED

    def unfinished(found: Batch) -> str:
        return f"batch {batch_id} is still {found.state}"

    def read() -> Flow[Batch]:
        return batch(connection, batch_id)

    return (yield from polled(connection, read, is_done, unfinished, within_s))


def proof(connection: Connection, workload_id: str) -> Flow[dict[str, Any]]:
    """What an auditor needs of one workload: it, its salt, and the proof under its report's root."""
    _, body = yield from ask(connection, get(f"/v1/workloads/{workload_id}/evidence"))
    return dict(answer(body).value)
