"""Physical lines of a file, each of bounded length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from greenledger.intake.entries import MAX_ENTRY_BYTES
from greenledger.intake.formats import BOM

TOO_LONG = f"is longer than {MAX_ENTRY_BYTES} bytes"
TOO_LONG_EXPECTED = f"at most {MAX_ENTRY_BYTES} bytes for one workload"


def _skip_line(stream: BinaryIO) -> None:
    """Reads to the end of the line in pieces, and keeps none."""
    while piece := stream.readline(MAX_ENTRY_BYTES):
        if piece.endswith(b"\n"):
            return


def physical_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Number (from 1) and bytes of each line that is not blank, without its end; None if it is too long.

    Lines end with LF or CR LF. A byte order mark at the start of the file is taken off.
    """
    number = 0
    while line := stream.readline(MAX_ENTRY_BYTES + 1):
        number += 1
        if not line.endswith(b"\n") and len(line) > MAX_ENTRY_BYTES:
            _skip_line(stream)
            yield number, None
            continue
        text = line.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            text = text.removeprefix(BOM)
        if text.strip():
            yield number, text
