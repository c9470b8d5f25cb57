"""The report of rejected entries: written while the others are estimated, kept only if it holds any."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from greenledger.cli.documents import STANDARD_INPUT, written
from greenledger.intake import Rejected, write_report


def report_path(file: str, stated: Path | None) -> Path | None:
    """Where the report goes: where it was said to, or beside the input; None for standard input."""
    if stated is not None or file == STANDARD_INPUT:
        return stated
    return Path(f"{file}.rejected.csv")


def _copy(report: TextIO, path: Path | None) -> None:
    if path is None:
        shutil.copyfileobj(report, sys.stderr)
        return
    with written(path) as file:
        shutil.copyfileobj(report, file)


def report_rejected(rejected: Iterable[Rejected], path: Path | None) -> int:
    """Writes the rejections to `path` (None: standard error) and gives their number; writes nothing for none.

    Reads `rejected` as it goes, so that nothing of a large file piles up. Raises CannotOpen.
    """
    with tempfile.TemporaryFile() as raw, io.TextIOWrapper(raw, "utf-8", newline="") as report:
        count = write_report(rejected, report)
        if count:
            report.seek(0)
            _copy(report, path)
    return count
