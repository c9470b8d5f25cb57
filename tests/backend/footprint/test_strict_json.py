"""JSON that two readers could understand differently is refused."""

from __future__ import annotations

import time

import pytest

from greenledger.footprint.strict_json import InvalidJson, loads_strict


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": 1, "a": 2}', "duplicate key 'a'"),
        ('{"x": {"a": 1, "a": 1}}', "duplicate key 'a'"),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "Infinity"),
        ("[" + "9" * 41 + "]", "41 digits"),
        ("[" * 40 + "]" * 40, "deeper"),
        ("[" * 100_000, "deeper"),
        ('["\\ud800"]', "surrogate"),
        ('{"\\udfff": 1}', "surrogate"),
        ("{", "line 1"),
        ("", "line 1"),
    ],
)
def test_text__that_is_ambiguous_or_hostile__is_refused(text: str, problem: str) -> None:
    with pytest.raises(InvalidJson, match=problem):
        loads_strict(text)


def test_bytes__that_are_not_utf_8__are_refused() -> None:
    with pytest.raises(InvalidJson, match="UTF-8"):
        loads_strict(b'{"a": "\xff\xfe"}')


def test_text__beyond_the_limit__is_refused_unread() -> None:
    with pytest.raises(InvalidJson, match="at most 10"):
        loads_strict("[" + "1," * 10 + "1]", max_bytes=10)


def test_text__that_is_plain__is_read() -> None:
    assert loads_strict('{"a": ["1", 2, true, null]}') == {"a": ["1", 2, True, None]}


@pytest.mark.parametrize("text", ['["' + '\\"' * 400_000, '"' * 800_001, "{" * 800_000, '["\\'])
def test_text__made_to_be_slow_to_scan__is_refused_quickly(text: str) -> None:
    started = time.perf_counter()

    with pytest.raises(InvalidJson):
        loads_strict(text)

    assert time.perf_counter() - started < 2


def test_brackets__inside_text__are_not_nesting() -> None:
    assert loads_strict('["' + "[" * 100 + '\\"{{"]') == ["[" * 100 + '"{{']
