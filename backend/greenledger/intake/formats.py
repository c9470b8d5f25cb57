"""Which format a file has: by its name, and where that says nothing by its first bytes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType

from greenledger.footprint.fields import shown

HEAD_BYTES = 65_536
"""How many first bytes `format_of` wants to see; fewer if the file is shorter."""

BOM = b"\xef\xbb\xbf"
# Together these columns are in every emissions.csv of CodeCarbon since 2.0, and in nothing of ours.
CODECARBON_MARKS = frozenset({"run_id", "duration", "emissions", "energy_consumed", "country_iso_code"})


class Format(StrEnum):
    """`codecarbon` is the emissions.csv that CodeCarbon 2.x and 3.x write; `csv` has our field paths."""

    JSON = "json"
    JSONL = "jsonl"
    YAML = "yaml"
    CSV = "csv"
    CODECARBON = "codecarbon"


class UnknownFormat(ValueError):
    """Neither name nor content tells the format. The message says what would."""


_SUFFIXES = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".csv": Format.CSV,
}
_SUFFIXES_SHOWN = ", ".join(_SUFFIXES)

MEDIA_TYPES: Mapping[str, Format] = MappingProxyType(
    {
        "application/json": Format.JSON,
        "application/x-ndjson": Format.JSONL,
        "application/jsonl": Format.JSONL,
        "application/yaml": Format.YAML,
        "text/csv": Format.CSV,
    }
)
"""What `format_of_media_type` knows. CodeCarbon's files are text/csv as well."""


def _lines(first_bytes: bytes) -> list[str]:
    text = first_bytes.removeprefix(BOM).decode("utf-8", errors="replace")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _cells(line: str) -> frozenset[str]:
    return frozenset(cell.strip() for cell in next(csv.reader([line]), ()))


def _refined(found: Format, lines: list[str]) -> Format:
    """Tells CodeCarbon's CSV from ours by its header."""
    is_codecarbon = found == Format.CSV and bool(lines) and _cells(lines[0]) >= CODECARBON_MARKS
    return Format.CODECARBON if is_codecarbon else found


def _by_content(lines: list[str]) -> Format | None:
    if not lines:
        return None
    first = lines[0]
    if first.startswith("["):
        return Format.JSON
    if first.startswith("{"):
        whole_on_each_line = first.endswith("}") and len(lines) > 1 and lines[1].startswith("{")
        return Format.JSONL if whole_on_each_line else Format.JSON
    if {"kind", "start", "end"} & _cells(first) or _cells(first) >= CODECARBON_MARKS:
        return Format.CSV
    return Format.YAML if ":" in first or first.startswith(("-", "#", "%")) else None


def format_of(name: str, first_bytes: bytes) -> Format:
    """The format of a file called `name` (a path, or anything such as "-") that begins with `first_bytes`.

    Raises UnknownFormat.
    """
    lines = _lines(first_bytes)
    suffix = PurePath(name).suffix.lower()
    found = _SUFFIXES.get(suffix) or _by_content(lines)
    if found is None:
        problem = "is empty" if not lines else f"begins with {shown(lines[0])}"
        raise UnknownFormat(f"{shown(name)} {problem}: expected a name that ends in one of {_SUFFIXES_SHOWN}")
    return _refined(found, lines)


def format_of_media_type(media_type: str, first_bytes: bytes) -> Format:
    """The format of content that is declared by its media type, parameters left out. Raises UnknownFormat."""
    found = MEDIA_TYPES.get(media_type.lower())
    if found is None:
        raise UnknownFormat(f"{shown(media_type)} is not known: expected one of {', '.join(MEDIA_TYPES)}")
    return _refined(found, _lines(first_bytes))
