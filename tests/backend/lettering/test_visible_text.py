"""Names are drawn as they are, and whatever would hide or move something is spelled out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenledger.lettering.visible_text import clipped, in_drawing_order, visible, wrapped

ANY_WIDTH = st.integers(30, 200)


def every_glyph(_: int) -> bool:
    return True


def latin_only(code: int) -> bool:
    return code < 0x250


@pytest.mark.parametrize(
    "name", ["Müller & Söhne", "Ελληνικά", "Жизнь", "AT&T <b>{nb}</b>", "שלום", "100 %s"]
)
def test_visible__of_a_name_in_the_font__is_the_name(name: str) -> None:
    assert visible(name, every_glyph) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u202eevil", "[U+202E]evil"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\x00b", "a[U+0000]b"),
        ("line\nline\tend", "line line end"),
        ("  a \u00a0 b ", "a b"),
        ("a\u2028b", "a[U+2028]b"),
        ("\u3164", "[U+3164]"),
        ("e\u0301", "é"),
        ("a" + "\u0316" * 4, "a\u0316\u0316[U+0316 U+0316]"),
        ("\U0001f600", "\U0001f600"),
    ],
)
def test_visible__of_what_is_not_seen__is_its_number(name: str, shown: str) -> None:
    assert visible(name, every_glyph) == shown


def test_visible__of_characters_without_glyph__shares_brackets() -> None:
    assert visible("GmbH 株式会社 x", latin_only) == "GmbH [U+682A U+5F0F U+4F1A U+793E] x"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_visible__of_any_text__is_one_line_of_visible_characters(text: str) -> None:
    shown = visible(text, latin_only)
    assert shown.isprintable()
    assert all(latin_only(ord(character)) for character in shown)
    assert shown == shown.strip() and "  " not in shown


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=120), ANY_WIDTH)
def test_wrapped__any_text__keeps_every_character_and_the_width(text: str, width: int) -> None:
    shown = visible(text, every_glyph)
    lines = wrapped(shown, width, lambda line: 7 * len(line))
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
    assert all(7 * len(line) <= width for line in lines)


def test_wrapped__words__are_broken_at_spaces_only() -> None:
    assert wrapped("aaa bbb ccccc", 7, len) == ["aaa bbb", "ccccc"]
    assert wrapped("aaaaaaaaaa", 4, len) == ["aaaa", "aaaa", "aa"]
    assert wrapped("", 4, len) == [""]


@settings(deadline=None)
@given(st.lists(st.text("abc ", min_size=1, max_size=40), min_size=1, max_size=9), st.integers(1, 9))
def test_clipped__any_lines__says_how_much_is_left_out(lines: list[str], most: int) -> None:
    kept = clipped(lines, most, 40, len)
    assert len(kept) == min(len(lines), most)
    assert all(len(line) <= 40 for line in kept)
    if len(lines) > most:
        left_out = int(kept[-1].rsplit("(", 1)[1].split()[0])
        assert left_out + len(kept[-1].split(" … (")[0]) >= sum(map(len, lines[most - 1 :])) - 40
        assert left_out >= sum(map(len, lines[most:]))
    else:
        assert kept == lines


def test_drawing_order__of_hebrew__is_right_to_left_and_of_latin_as_it_is() -> None:
    assert in_drawing_order("Müller (Жизнь)") == "Müller (Жизнь)"
    hebrew = "שלום"
    assert in_drawing_order(hebrew) == hebrew[::-1]
    assert unicodedata.bidirectional(hebrew[0]) == "R"
