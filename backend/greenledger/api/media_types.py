"""The media type that a request declares."""

from __future__ import annotations

from email.message import Message

from starlette.datastructures import Headers


def declared_type(headers: Headers) -> str:
    """In lower case and without parameters; text/plain where none can be read."""
    declared = Message()
    declared["content-type"] = headers.get("content-type", "")
    return declared.get_content_type()
