"""Documents from files and standard input, never more of them in memory than the limit."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

STANDARD_INPUT = "-"


class CannotOpen(Exception):
    """A document could not be read or written. The message names it and says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stream to read from; `size_bytes` is None where it has no end that is known."""

    stream: BinaryIO
    size_bytes: int | None


def _why(file: str | Path, act: str, error: OSError) -> CannotOpen:
    return CannotOpen(f"{file}: cannot be {act}: {error.strerror}")


@contextmanager
def opened(file: str) -> Iterator[Source]:
    """A file, or standard input for "-". Raises CannotOpen."""
    if file == STANDARD_INPUT:
        yield Source(sys.stdin.buffer, None)
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115  # closed below, where errors are not those of opening
    except OSError as error:
        raise _why(file, "read", error) from error
    with stream:
        yield Source(stream, Path(file).stat().st_size or None)


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    """What was at `path` stays until all is written."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A text file to write, line ends as given; after an error it is as before. Raises CannotOpen."""
    target = path.resolve()
    is_device = target.exists() and not target.is_file()
    try:
        with target.open("w", encoding="utf-8") if is_device else _replaced(target) as stream:
            yield stream
    except OSError as error:
        raise _why(path, "written", error) from error


def read_bytes(file: str, max_bytes: int) -> bytes:
    """Bytes of a file, or of standard input for "-": at most one more than `max_bytes`. Raises CannotOpen."""
    with opened(file) as source:
        try:
            return source.stream.read(max_bytes + 1)
        except OSError as error:
            raise _why(file, "read", error) from error


class _Joined(io.RawIOBase):
    """First bytes that were read already, then the rest of their stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed leaves it open
        piece = bytes(self._head[: len(buffer)]) or self._rest.read(len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def with_head(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first `size` bytes of a stream that cannot go back, and a stream that still begins with them."""
    head = stream.read(size)
    return head, io.BufferedReader(_Joined(head, stream))
