"""Which format a file has."""

from __future__ import annotations

import pytest
from intake_rows import good_json

from greenledger.intake import Format, UnknownFormat, format_of, format_of_media_type

CODECARBON = b"timestamp,project_name,run_id,duration,emissions,energy_consumed,country_iso_code\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", b"", Format.JSON),
        ("a.JSONL", b"", Format.JSONL),
        ("a.ndjson", b"", Format.JSONL),
        ("a.yml", b"{}", Format.YAML),
        ("a.csv", b"kind,start,end\n", Format.CSV),
        ("emissions.csv", CODECARBON, Format.CODECARBON),
        ("emissions.csv", b"\xef\xbb\xbf" + CODECARBON, Format.CODECARBON),
        ("-", good_json().encode(), Format.JSON),
        ("-", b' \n[{"kind":', Format.JSON),
        ("-", f"{good_json()}\n{good_json()}\n".encode(), Format.JSONL),
        ("-", b"kind,start,end\n", Format.CSV),
        ("-", b'"start",kind,end\n', Format.CSV),
        ("-", CODECARBON, Format.CODECARBON),
        ("-", b"# runs\n- kind: inference\n", Format.YAML),
        ("-", b"kind: inference\n", Format.YAML),
    ],
)
def test_format__by_name_then_content__is_found(name: str, content: bytes, expected: Format) -> None:
    assert format_of(name, content) == expected


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"hello"])
def test_format__neither_name_nor_content_tells__is_refused(content: bytes) -> None:
    with pytest.raises(UnknownFormat, match=r"expected a name that ends in one of \.json"):
        format_of("-", content)


def test_media_type__csv_with_the_columns_of_codecarbon__is_codecarbon() -> None:
    assert format_of_media_type("text/csv", CODECARBON) == Format.CODECARBON
    assert format_of_media_type("TEXT/CSV", b"kind\n") == Format.CSV


def test_media_type__not_known__is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match="application/yaml"):
        format_of_media_type("application/zip", b"")
