"""Whether a file is of one workload or of many: that decides the form of the answer, so it is told early."""

from __future__ import annotations

from greenledger.intake import Format
from greenledger.intake.formats import BOM


def _significant(lines: list[bytes]) -> list[bytes]:
    """Lines of YAML that are neither empty nor a comment or directive."""
    return [line for line in lines if line.strip() and not line.startswith((b"#", b"%"))]


def holds_many(kind: Format, head: bytes) -> bool:
    """True for a list, several YAML documents, and every format of rows, however few are in it.

    `head` is the first part of the file.
    """
    text = head.removeprefix(BOM)
    if kind is Format.JSON:
        return text.lstrip().startswith(b"[")
    if kind is Format.YAML:
        lines = _significant(text.splitlines())
        body = lines[1:] if lines and lines[0].startswith(b"---") else lines
        return bool(body) and (
            body[0].lstrip().startswith((b"-", b"[")) or any(line.startswith(b"---") for line in body)
        )
    return True
