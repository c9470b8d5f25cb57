"""Many workloads from one file: JSON, JSON Lines, YAML, CSV, and the emissions.csv of CodeCarbon.

    with path.open("rb") as stream:
        kind = format_of(path.name, head)               # head: the first HEAD_BYTES of the file
        entries = read_entries(stream, kind, factors)   # Stated | Rejected, in file order
        for row in check_entries(entries, factors, over_at=now):
            ...                                         # Accepted | Rejected

Good rows are kept and bad ones named: each entry of the file gives either one `Accepted`, or one `Rejected`
for each field that is wrong, never both and never nothing. What concerns the file rather than one of its
entries (no such column, cut off half way) is a `Rejected` with entry 0. `write_report` writes rejections as
CSV.

Nothing here holds the file in memory. An entry has at most MAX_ENTRY_BYTES; only CodeCarbon's rows are kept
until the end, since the last row of a run replaces the earlier ones.
"""

from greenledger.intake.checking import check_entries
from greenledger.intake.codecarbon import CodeCarbonOptions
from greenledger.intake.entries import MAX_ENTRY_BYTES, Accepted, Rejected, Stated
from greenledger.intake.formats import (
    HEAD_BYTES,
    MEDIA_TYPES,
    Format,
    UnknownFormat,
    format_of,
    format_of_media_type,
)
from greenledger.intake.reading import read_entries
from greenledger.intake.rejections import write_report

__all__ = [
    "HEAD_BYTES",
    "MAX_ENTRY_BYTES",
    "MEDIA_TYPES",
    "Accepted",
    "CodeCarbonOptions",
    "Format",
    "Rejected",
    "Stated",
    "UnknownFormat",
    "check_entries",
    "format_of",
    "format_of_media_type",
    "read_entries",
    "write_report",
]
