"""Canonical bytes and Keccak."""

from __future__ import annotations

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from greenledger.evidence.canonical import NotCanonical, canonical_bytes
from greenledger.evidence.hashing import keccak256


def test_canonical_bytes__of_an_object__are_sorted_and_without_spaces() -> None:
    assert canonical_bytes({"b": ["2", 1], "a": "é", "B": True}) == '{"B":true,"a":"é","b":["2",1]}'.encode()


def test_canonical_bytes__of_keys_beyond_the_basic_plane__sort_by_utf_16() -> None:
    # RFC 8785 sorts by UTF-16 code units, where a surrogate pair comes before U+FF5E.
    assert canonical_bytes({"\uff5e": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\uff5e":1}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.5, None, {"a": None}, {"a": [0.0]}, {1: "a"}, "e\u0301", {"e\u0301": 1}, 2**53, b"x", {"a": "\ud800"}],
)
def test_canonical_bytes__of_what_languages_read_differently__are_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_keccak__of_nothing__is_the_known_digest() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


@given(st.binary(max_size=400))
def test_keccak__of_any_bytes__equals_the_other_implementation(data: bytes) -> None:
    assert keccak256(data) == keccak(data)
