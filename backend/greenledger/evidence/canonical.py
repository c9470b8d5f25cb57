"""Canonical JSON: RFC 8785, narrowed so that every language reads and writes the same bytes."""

from __future__ import annotations

import unicodedata

import rfc8785


class NotCanonical(ValueError):
    """The value has no canonical form here. The message names the path."""


def _check(value: object, path: str) -> None:
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise NotCanonical(f"{path}: text is not in Unicode normal form C")
    elif isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{path}: a key is {type(key).__name__}, expected text")
            _check(key, path)
            _check(member, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, member in enumerate(value):
            _check(member, f"{path}[{index}]")
    elif not isinstance(value, (bool, int)):
        raise NotCanonical(f"{path}: {type(value).__name__}, expected no floats, nulls or other types")


def canonical_bytes(obj: object) -> bytes:
    """RFC 8785 bytes of `obj`. Raises NotCanonical for floats, nulls, text outside NFC, and integers beyond
    2^53 (amounts are decimal strings).
    """
    _check(obj, "$")
    try:
        return rfc8785.dumps(obj)  # type: ignore[arg-type]  # checked above
    except rfc8785.CanonicalizationError as error:
        raise NotCanonical(f"$: {error}") from error
