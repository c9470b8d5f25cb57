"""The texts of a certificate: whatever bytes a registry sends, what is shown is harmless, else the same."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from eth_abi import decode, encode
from eth_utils import keccak
from hypothesis import example, given, settings
from hypothesis import strategies as st
from in_process import call_raw, load

CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F}
CONTROLS |= {*range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFFFE, 0xFFFF}
UNSEEN = {0xAD, 0x34F, 0x115F, 0x1160, 0x180E, 0x200B, 0x3164, 0xFEFF, 0xFFA0, *range(0xE0000, 0xE1000)}
CONTROLS |= UNSEEN
# First, last and both neighbours of each range above, and no surrogates, which no text holds.
EDGES = {at for at in range(0x20, 0x110000) if (at in CONTROLS) != (at - 1 in CONTROLS)}
EDGES = {at + step for at in EDGES for step in (-1, 0)} - set(range(0xD800, 0xE000)) - {0x1F}
TEXTS = st.text(max_size=96).filter(lambda text: len(text.encode()) <= 96)
BYTES = st.binary(max_size=96)
QUICK = settings(max_examples=150, deadline=None)


@pytest.fixture(scope="module")
def harness() -> Any:
    return load("tests/contracts/mocks/plain_text_harness.vy")


def escape(harness: Any, function: str, content: bytes) -> bytes:
    """Calls with any bytes, valid UTF-8 or not: strings and bytes are the same to the ABI."""
    selector = keccak(text=f"{function}(string)")[:4]
    (result,) = decode(["bytes"], call_raw(harness, selector + encode(["bytes"], [content])))
    return bytes(result)


def visible(text: str) -> str:
    """`text` with a question mark for each byte of a character that must not be shown."""
    return "".join("?" * len(char.encode()) if ord(char) in CONTROLS else char for char in text)


@QUICK
@given(TEXTS)
@example("\"\\<>&'")
@example("Müller & Söhne, 株式会社, 😀")
@example("evil\u202egnp.exe")
@example("line\nbreak\x00and\x7fdelete\x9b")
@example("Acme\u200b Labs\u00ad\ufeff\u3164\U000e0041")
@example("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")  # a Persian word with its joiner
def test_escape__any_text__reads_back_the_same_but_for_what_must_not_show(harness: Any, text: str) -> None:
    as_json = escape(harness, "escape_json", text.encode()).decode()
    assert json.loads(f'"{as_json}"') == visible(text)
    as_xml = escape(harness, "escape_xml", text.encode()).decode()
    assert ElementTree.fromstring(f"<a b='{as_xml}'>{as_xml}</a>").attrib["b"] == visible(text)


@pytest.mark.parametrize("point", sorted(EDGES))
def test_escape__edges_of_what_must_not_show__are_where_they_should_be(harness: Any, point: int) -> None:
    as_xml = escape(harness, "escape_xml", f"a{chr(point)}b".encode()).decode()
    expected = "?" * len(chr(point).encode()) if point in CONTROLS else chr(point)
    assert (ElementTree.fromstring(f"<a>{as_xml}</a>").text or "") == f"a{expected}b"


@QUICK
@given(BYTES)
@example(b"\xff" * 96)
@example(b'"' * 96)
@example(b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf")  # longer than need be
@example(b"\xed\xa0\x80\xed\xbf\xbf")  # surrogates
@example(b"\xf4\x90\x80\x80\xf5\x80\x80\x80")  # above the last code point
@example(b"ab\xe6\xa0")  # cut off
@example(b"\xe6\xa0ab")
@example(b"x" * 95 + b"\xf0")
def test_escape__any_bytes__are_valid_json_and_xml(harness: Any, content: bytes) -> None:
    as_json = escape(harness, "escape_json", content).decode()
    assert not set(as_json) & set("\"<>&'")
    json.loads(f'"{as_json}"')
    as_xml = escape(harness, "escape_xml", content).decode()
    assert not set(as_xml) & set("\"<>'\\")
    text = ElementTree.fromstring(f"<a>{as_xml}</a>").text or ""
    assert not CONTROLS & {ord(char) for char in text}


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"\xc0\xaf", "??"),
        (b"\xed\xa0\x80", "???"),
        (b"\xf4\x90\x80\x80", "????"),
        (b"\xf0\x9f\x98a", "???a"),
        (b"ab\xe6\xa0", "ab??"),
        (b"\xe6\xa0ab", "??ab"),
        ("é€😀".encode(), "é€😀"),
        ("\u07ff\u0800\uffff\U00010000\U0010ffff".encode(), "\u07ff\u0800???\U00010000\U0010ffff"),
    ],
)
def test_escape__utf_8_good_and_bad__shows_each_bad_byte_as_a_question_mark(
    harness: Any, content: bytes, shown: str
) -> None:
    assert escape(harness, "escape_xml", content).decode() == shown


@QUICK
@given(st.binary(max_size=400))
@example(b"")
@example(b"f")
@example(b"fo")
@example(b"foo")
@example(bytes(range(256)))
def test_base64__any_bytes__is_what_the_standard_library_writes(harness: Any, data: bytes) -> None:
    assert harness.encode(data) == b64encode(data).decode()


def test_base64__longest_input__is_what_the_standard_library_writes(harness: Any) -> None:
    data = keccak(b"any") * 360
    assert len(data) == 11_520
    assert harness.encode(data) == b64encode(data).decode()


@QUICK
@given(st.integers(0, 2**40 - 1).filter(lambda unix: unix < 253_402_300_800))
@example(0)
@example(951_782_399)  # 2000-02-28 23:59:59
@example(951_782_400)  # 2000-02-29
@example(4_107_542_399)  # 2100-02-28: no leap year
@example(4_107_542_400)  # 2100-03-01
@example(253_402_300_799)  # 9999-12-31
def test_date__any_second__is_the_calendars(harness: Any, unix: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=unix)
    assert harness.date(unix) == moment.strftime("%Y-%m-%d")


@pytest.mark.parametrize(
    ("amount_ug", "shown"),
    [
        (0, "0 ug"),
        (999_999, "999999 ug"),
        (10**6, "1 g"),
        (1_999_999_999, "1.999 kg"),
        (999_999_999, "999.999 g"),
        (1_500_000, "1.5 g"),
        (1_050_000, "1.05 g"),
        (1_005_000, "1.005 g"),
        (1_000_999, "1 g"),
        (10**12, "1 t"),
        (10**12 - 1, "999.999 kg"),
        (24_683_123_456_789, "24.683 t"),
        (2**72 - 1, "4722366482.869 t"),
    ],
)
def test_amount__any_size__is_in_its_unit_with_three_decimals(
    harness: Any, amount_ug: int, shown: str
) -> None:
    assert harness.amount(amount_ug) == shown


@QUICK
@given(st.integers(0, 2**72 - 1))
def test_amount__any__never_states_more_than_there_is(harness: Any, amount_ug: int) -> None:
    number, unit = harness.amount(amount_ug).split(" ")
    scale_ug = {"t": 10**12, "kg": 10**9, "g": 10**6, "ug": 1}[unit]
    assert 0 <= amount_ug - Decimal(number) * scale_ug < max(1, scale_ug // 1000)


@pytest.mark.parametrize("key", [b"", b"icr", b"x" * 32, b"ab\0cd"])
def test_ascii__registry_key__ends_at_its_first_zero(harness: Any, key: bytes) -> None:
    assert harness.ascii(key.ljust(32, b"\0")) == key.split(b"\0")[0].decode()
