"""Taking compressed bodies apart without ever holding more than the limit."""

from __future__ import annotations

import zlib

from greenledger.telemetry.errors import BadExport, TooLarge, UnknownEncoding

MOST_WIRE_BYTES = 8 * 1_048_576  # as sent
MOST_BYTES = 16 * 1_048_576  # as read
# zlib's window bits: 31 reads a gzip header and checksum, 15 those of zlib, which HTTP calls deflate.
WINDOW_BITS = {"gzip": 31, "deflate": 15}


def inflated(body: bytes, coding: str) -> bytes:
    """The body without its content coding (`gzip`, `deflate`, `identity` or empty); at most MOST_BYTES.

    Raises UnknownEncoding, TooLarge for what grows beyond the limit, BadExport for what is cut off or broken.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return _bounded(body)
    if name not in WINDOW_BITS:
        raise UnknownEncoding("header Content-Encoding", "is not one that is read here", "gzip, or none")
    reader = zlib.decompressobj(WINDOW_BITS[name])
    try:
        # One byte more than allowed tells a body of exactly the limit from a longer one.
        content = reader.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise BadExport("body", f"is not {name}", f"{name} as the header Content-Encoding says") from error
    _bounded(content)
    if not reader.eof:
        raise BadExport("body", f"ends within its {name} stream", "the whole stream")
    if reader.unused_data:
        raise BadExport("body", f"goes on after its {name} stream", "one stream and nothing after it")
    return content


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise TooLarge(
            "body", f"holds more than {MOST_BYTES} bytes", "smaller exports, as by a smaller batch"
        )
    return content
