"""Cutting a JSON list into its entries without reading it whole.

Only brackets, commas and strings are looked at, so that an entry that is not JSON is still cut out at its own
commas and refused alone. ASCII bytes never occur inside other characters in UTF-8, so bytes are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from greenledger.intake.entries import MAX_ENTRY_BYTES
from greenledger.intake.formats import BOM

CHUNK_BYTES = 65_536
_MARKS = re.compile(rb'["\\\[\]{},]')
_BLANK = b" \t\r\n"
_MOST_OPEN = 4_096  # brackets that are remembered, far more than any entry that is accepted may have


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one entry, None if it is too long; `line` is where it begins."""

    line: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Broken:
    """Why the list could not be read to its end."""

    line: int
    reason: str
    expected: str


@dataclass(slots=True)
class _Cutter:
    """Where in the list the reader stands. Offsets count from the start of the present chunk."""

    line: int
    data: bytearray = field(default_factory=bytearray)
    size: int = 0
    lines: int = 0  # line ends in the present entry, kept or not
    blank_lines: int = 0  # of these, the ones before its first character
    open: bytearray = field(default_factory=lambda: bytearray(b"["))
    in_string: bool = False
    skip: int = -1  # offset of a character that a backslash escapes
    entries: int = 0

    def keep(self, part: bytes) -> None:
        if not self.size:
            text = part.lstrip(_BLANK)
            self.blank_lines += part[: len(part) - len(text)].count(b"\n")
            self.lines += part[: len(part) - len(text)].count(b"\n")
            part = text
        self.size += len(part)
        self.lines += part.count(b"\n")
        if self.size <= MAX_ENTRY_BYTES:
            self.data += part

    def cut(self) -> Piece:
        data = bytes(self.data.rstrip(_BLANK)) if self.size <= MAX_ENTRY_BYTES else None
        piece = Piece(self.line + self.blank_lines, data)
        self.line += self.lines
        self.data.clear()
        self.size = self.lines = self.blank_lines = 0
        self.entries += 1
        return piece

    def ends_at(self, mark: bytes, at: int) -> bool:
        """Whether the mark at this offset ends an entry: a comma of the list, or the list's own end."""
        if self.in_string:
            if at == self.skip:
                return False
            if mark == b"\\":
                self.skip = at + 1
            self.in_string = mark != b'"'
            return False
        if mark == b'"':
            self.in_string = True
        elif mark in b"[{":
            self.open += mark[: _MOST_OPEN - len(self.open)]
        elif mark in b"]}":
            self.close(b"[" if mark == b"]" else b"{")
        return (mark == b"," and len(self.open) == 1) or not self.open

    def close(self, opening: bytes) -> None:
        """Closes the innermost bracket of this kind and all within it: one that somebody forgot to close must
        not spoil the entries behind it. Its own entry is no JSON, whatever is done here.
        """
        at = self.open.rfind(opening)
        if at >= 0:
            del self.open[at:]


def _chunks(stream: BinaryIO, first: bytes) -> Iterator[bytes]:
    yield first
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _opening(stream: BinaryIO) -> tuple[int, bytes]:
    """The line of the first character that is not blank, and what was read from there on."""
    line, chunk = 1, stream.read(CHUNK_BYTES).removeprefix(BOM)
    while chunk:
        text = chunk.lstrip(_BLANK)
        line += chunk[: len(chunk) - len(text)].count(b"\n")
        if text:
            return line, text
        chunk = stream.read(CHUNK_BYTES)
    return line, b""


def _alone(stream: BinaryIO, line: int, first: bytes) -> Piece:
    """A file that is no list holds one workload."""
    data = bytearray(first)
    while len(data) <= MAX_ENTRY_BYTES and (chunk := stream.read(CHUNK_BYTES)):
        data += chunk
    text = bytes(data.rstrip(_BLANK))
    return Piece(line, text if len(text) <= MAX_ENTRY_BYTES else None)


def _after(cutter: _Cutter, rest: bytes, stream: BinaryIO) -> Iterator[Broken]:
    """What is wrong behind the end of the list."""
    line = cutter.line
    for chunk in _chunks(stream, rest):
        text = chunk.lstrip(_BLANK)
        line += chunk[: len(chunk) - len(text)].count(b"\n")
        if text:
            reason = "goes on after the list was closed; nothing from here on was read"
            yield Broken(line, reason, "one list of workloads, or JSON Lines with one workload on each line")
            return


def split_list(stream: BinaryIO) -> Iterator[Piece | Broken]:
    """The entries of the list in the stream, or the one value that is there instead. Memory stays bounded."""
    line, first = _opening(stream)
    if not first:
        yield Broken(line, "is empty", "one workload, or a list of workloads")
        return
    if not first.startswith(b"["):
        yield _alone(stream, line, first)
        return
    cutter = _Cutter(line)
    for chunk in _chunks(stream, first[1:]):
        start = 0
        for match in _MARKS.finditer(chunk):
            at = match.start()
            if not cutter.ends_at(match[0], at):
                continue
            cutter.keep(chunk[start:at])
            start = at + 1
            if match[0] == b"," or cutter.size or cutter.entries:
                yield cutter.cut()
            if match[0] != b",":
                cutter.line += cutter.lines
                yield from _after(cutter, chunk[start:], stream)
                return
        cutter.keep(chunk[start:])
        cutter.skip -= len(chunk)
    begun = cutter.line + cutter.blank_lines
    reason = "ends before the list is closed; nothing from here on was read"
    yield Broken(begun, reason, "one ] after the last workload")
