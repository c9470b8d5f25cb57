"""Where an auditor's documents come from."""

from __future__ import annotations

from greenledger.cli.documents import CannotOpen, read_bytes
from greenledger.cli.download import download, is_url
from greenledger.footprint.strict_json import MAX_BYTES, InvalidJson, loads_strict

MAX_DISCLOSED_BYTES = 64 * MAX_BYTES


def read_document(source: str) -> object:
    """JSON of a file, a URL, or standard input for "-". Raises CannotOpen."""
    get = download if is_url(source) else read_bytes
    try:
        return loads_strict(get(source, MAX_DISCLOSED_BYTES), MAX_DISCLOSED_BYTES)
    except InvalidJson as error:
        # A URL can hold an access key, so it is not repeated.
        raise CannotOpen(f"{'the URL' if is_url(source) else source}: {error}") from error
