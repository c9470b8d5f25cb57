"""One way into every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from greenledger.footprint.factors import FactorSet
from greenledger.intake.codecarbon import CodeCarbonOptions, read_codecarbon
from greenledger.intake.csv_entries import read_csv
from greenledger.intake.entries import Rejected, Stated, rejections
from greenledger.intake.formats import Format
from greenledger.intake.json_entries import read_json, read_jsonl
from greenledger.intake.times import InvalidTime, with_seconds
from greenledger.intake.yaml_entries import read_yaml

_READERS = {Format.JSON: read_json, Format.JSONL: read_jsonl, Format.YAML: read_yaml, Format.CSV: read_csv}


def _in_seconds(entries: Iterable[Stated | Rejected]) -> Iterator[Stated | Rejected]:
    for entry in entries:
        if isinstance(entry, Rejected):
            yield entry
            continue
        try:
            yield Stated(entry.line, with_seconds(entry.workload), entry.entry)
        except InvalidTime as invalid:
            yield from rejections(entry.line, entry.entry, invalid.errors)


def read_entries(
    stream: BinaryIO,
    format: Format,
    factors: FactorSet | None = None,
    codecarbon: CodeCarbonOptions | None = None,
) -> Iterator[Stated | Rejected]:
    """The entries of a file in order, read as they are asked for. The stream need not be seekable.

    Every format is read strictly: UTF-8, no key twice, no number beyond 40 digits, at most 32 levels and
    MAX_ENTRY_BYTES for each entry. `start` and `end` may be UTC times such as 2026-01-31T00:00:00Z; they come
    out as Unix seconds. `factors` (default: the newest set) and `codecarbon` are for CodeCarbon's files.
    Bad content is never raised, always yielded; only the stream's own errors come through.
    """
    if format == Format.CODECARBON:
        return read_codecarbon(stream, codecarbon or CodeCarbonOptions(), factors)
    return _in_seconds(_READERS[format](stream))
