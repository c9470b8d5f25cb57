"""Unsent work on disk: JSON Lines that survive a crash, and that several processes may share.

`pending.jsonl` takes new events, each in one write that is synced before it counts. A sender moves it aside
as `sending-*.jsonl` and deletes that file when all of it was dealt with; whatever a sender that was killed
left is sent by the next one. Sending an event twice is harmless: its id stands for the work.
Appending and moving happen under one lock, sending under another, both of which end with their process.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenledger.footprint.strict_json import InvalidJson, loads_strict

log = logging.getLogger("greenledger")

MOST_BYTES = 16 * 1024 * 1024
PENDING, REFUSED = "pending.jsonl", "refused.jsonl"
_APPENDING, _SENDING = "append.lock", "send.lock"
_MODE = 0o600


class SpoolFull(Exception):
    """One event is larger than the whole spool may be."""


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of work under its event id."""

    event_id: str
    workload: Mapping[str, Any]

    def line(self) -> bytes:
        body = {"event_id": self.event_id, "workload": self.workload}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def spool_folder(state: Path, url: str, account: str | None, api_key: str | None = None) -> Path:
    """The spool of one gateway and one account: nothing is sent as somebody else's. A key stands for its
    account where that is not known.
    """
    whose = account.lower() if account else f"key {api_key}" if api_key else ""
    name = hashlib.sha256(f"{url.rstrip('/')}\n{whose}".encode()).hexdigest()[:16]
    return state / "spool" / name


class Spool:
    """The unsent work in one folder, at most `most_bytes` of it besides what is being sent at the moment.

    Methods raise OSError as the disk does.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self.most_bytes = most_bytes

    def add(self, event: Event) -> None:
        """Returns once the event is safe on disk. Drops the oldest, with a warning, where room is short."""
        line = event.line()
        if len(line) > self.most_bytes:
            raise SpoolFull(f"event {event.event_id} has {len(line)} bytes, expected <= {self.most_bytes}")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked(_APPENDING):
            self._make_room(len(line))
            _append(self.folder / PENDING, line)

    def waiting(self) -> int:
        """How many events are on disk and not sent."""
        return sum(1 for file in self._files() for _ in _events(file))

    @contextmanager
    def sending(self) -> Iterator[Iterator[tuple[Path, list[Event]]] | None]:
        """Files with their events to send, oldest first; None where another process sends at this moment."""
        if not self.folder.is_dir():
            yield iter(())
            return
        with self._locked(_SENDING, wait=False) as has_lock:
            yield self._batches() if has_lock else None

    def _batches(self) -> Iterator[tuple[Path, list[Event]]]:
        with self._locked(_APPENDING):
            pending = self.folder / PENDING
            if pending.exists():
                pending.rename(self.folder / f"sending-{time.time_ns():020d}-{os.getpid()}.jsonl")
                _sync_folder(self.folder)
        for file in sorted(self.folder.glob("sending-*.jsonl")):
            yield file, list(_events(file))

    def forget(self, event: Event) -> None:
        """Takes out an event that was dealt with on its own. A sender that has it already sends it again,
        which does no harm.
        """
        with self._locked(_APPENDING):
            pending = self.folder / PENDING
            self._rewrite(pending, [line for line in _lines(pending) if line != event.line()])

    def keep(self, file: Path, rest: list[Event]) -> None:
        """What of a file is still to be sent; the file goes where nothing is."""
        self._rewrite(file, [event.line() for event in rest])

    def _rewrite(self, file: Path, rest: list[bytes]) -> None:
        if not rest:
            file.unlink(missing_ok=True)
            _sync_folder(self.folder)
            return
        partial = file.with_suffix(".partial")
        with open(partial, "wb", opener=_private) as stream:  # Path.open takes no opener
            stream.writelines(rest)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
        _sync_folder(self.folder)

    def refuse(self, event: Event, reason: str) -> None:
        """Keeps an event that the gateway will never take, with its reason, for a person to read."""
        file = self.folder / REFUSED
        body = {"event_id": event.event_id, "workload": event.workload, "reason": reason}
        line = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        with self._locked(_APPENDING):
            if file.exists() and file.stat().st_size + len(line) > self.most_bytes:
                log.warning("%s is full: the refused event %s is not kept", file.name, event.event_id)
                return
            _append(file, line)

    def _files(self) -> list[Path]:
        found = sorted(self.folder.glob("sending-*.jsonl"))
        pending = self.folder / PENDING
        return [*found, pending] if pending.exists() else found

    def _make_room(self, wanted: int) -> None:
        """Drops whole lines from the beginning of what is oldest. Called under the lock."""
        if self._excess(self._files(), wanted) <= 0:
            return
        with self._locked(_SENDING, wait=False) as nobody_sends:
            # What is being sent at this moment is left alone, and not counted: it is about to go.
            files = self._files() if nobody_sends else [self.folder / PENDING]
            dropped: list[str] = []
            for file in files:
                excess = self._excess(files, wanted)
                if excess <= 0:
                    break
                dropped += self._drop_oldest(file, excess)
        if dropped:
            log.warning(
                "the spool of unsent work is full (%d bytes): %d of the oldest events are lost,"
                " from %s to %s",
                *(self.most_bytes, len(dropped), dropped[0], dropped[-1]),
            )

    def _excess(self, files: list[Path], wanted: int) -> int:
        return sum(_size(file) for file in files) + wanted - self.most_bytes

    def _drop_oldest(self, file: Path, excess: int) -> list[str]:
        """Takes `excess` bytes or a little more out of a file; gives the ids of what is lost."""
        lines = _lines(file)
        dropped: list[bytes] = []
        while len(dropped) < len(lines) and excess > 0:
            excess -= len(lines[len(dropped)])
            dropped.append(lines[len(dropped)])
        self._rewrite(file, lines[len(dropped) :])
        return [event.event_id for event in map(_event, dropped) if event is not None]

    @contextmanager
    def _locked(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        descriptor = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            yield False
            return
        try:
            yield True
        finally:
            os.close(descriptor)  # which gives the lock back


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _MODE)


def _append(file: Path, line: bytes) -> None:
    is_new = not file.exists()
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _MODE)
    try:
        size = os.fstat(descriptor).st_size
        # A line that a crash cut off must not swallow this one.
        text = b"\n" + line if size and _last_byte(file) != b"\n" else line
        try:
            _write(descriptor, text)
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, size)  # a full disk leaves no half of a line
            raise
    finally:
        os.close(descriptor)
    if is_new:
        _sync_folder(file.parent)


def _write(descriptor: int, text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _last_byte(file: Path) -> bytes:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # a sender is through with it
        return 0


def _lines(file: Path) -> list[bytes]:
    try:
        with file.open("rb") as stream:
            return stream.readlines()
    except FileNotFoundError:
        return []


def _events(file: Path) -> Iterator[Event]:
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        event = _event(line)
        if event is None:
            log.warning("%s: line %d was cut off by a crash and is lost", file.name, number)
            continue
        yield event


def _event(line: bytes) -> Event | None:
    try:
        body = loads_strict(line)
    except InvalidJson:
        return None
    if not isinstance(body, dict):
        return None
    event_id, workload = body.get("event_id"), body.get("workload")
    return Event(event_id, workload) if isinstance(event_id, str) and isinstance(workload, dict) else None
