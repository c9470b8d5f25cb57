"""JSON and JSON Lines: good entries kept, bad ones named by their lines."""

from __future__ import annotations

import pytest
from intake_rows import accepted, good_json, rejected, results

from greenledger.intake import MAX_ENTRY_BYTES, Format, Rejected

END_BEFORE = 1_800_000_000  # as a start

BAD_ENTRIES = {
    "nothing but a word": "nope",
    "a number": "1",
    "a list": "[1]",
    "a key twice": '{"kind": "inference", "kind": "training"}',
    "not a number": '{"requests": NaN}',
    "infinity": '{"requests": -Infinity}',
    "too many digits": '{"requests": 1' + "0" * 60 + "}",
    "too deep": "[" * 40 + "]" * 40,
    "half a surrogate": r'{"name": "\ud800"}',
    "cut off": '{"kind": "inference"',
    "two values": "{} {}",
    "a NUL": '{"name": "\0"}',
}


@pytest.mark.parametrize("bad", BAD_ENTRIES.values(), ids=BAD_ENTRIES.keys())
def test_jsonl__bad_line__is_named_and_the_others_are_kept(bad: str) -> None:
    found = results(f"{good_json('a')}\n{bad}\n{good_json('b')}\n", Format.JSONL)
    assert accepted(found) == [(1, "a"), (3, "b")]
    assert rejected(found) == [(2, "")]


def test_jsonl__byte_order_mark_blank_lines_and_no_last_line_end__are_tolerated() -> None:
    found = results(f"\ufeff{good_json('a')}\r\n\n  \n{good_json('b')}", Format.JSONL)
    assert accepted(found) == [(1, "a"), (4, "b")]
    assert rejected(found) == []


def test_jsonl__bytes_that_are_not_utf_8__are_named_by_line() -> None:
    found = results(b'{"name": "\xff"}\n' + good_json().encode(), Format.JSONL)
    assert (accepted(found), rejected(found)) == ([(2, "run")], [(1, "")])


def test_jsonl__line_longer_than_an_entry_may_be__is_one_rejection() -> None:
    found = results(f"{'x' * (3 * MAX_ENTRY_BYTES)}\n{good_json()}", Format.JSONL)
    assert (accepted(found), rejected(found)) == ([(2, "run")], [(1, "")])


def test_entry__many_wrong_fields__gives_a_rejection_for_each() -> None:
    found = results(good_json(start=END_BEFORE, requests="1" + "0" * 30, pue_ppm=-1, colour=1), Format.JSONL)
    assert {field for _line, field in rejected(found)} >= {"requests", "pue_ppm", "colour"}
    assert {row.entry for row in found if isinstance(row, Rejected)} == {1}


def test_entry__end_before_start__is_refused() -> None:
    assert rejected(results(good_json(start=END_BEFORE), Format.JSON)) == [(1, "end")]


@pytest.mark.parametrize(
    "text", ["2023-11-14T22:13:20Z", "2023-11-14t22:13:20.000z", "2023-11-14T22:13:20+00:00"]
)
def test_time__utc_text__is_read_as_unix_seconds(text: str) -> None:
    (row,) = results(good_json(start=text), Format.JSON)
    assert not isinstance(row, Rejected) and row.workload.start == 1_700_000_000


NO_TIMES = [
    "2023-11-14",
    "2023-11-14 22:13:20Z",
    "2023-11-14T22:13:20",
    "2023-11-14T22:13:20+01:00",
    "2023-13-14T22:13:20Z",
    "2023-11-14T22:13:60Z",
    "2023-11-14T22:13:20.5Z",
    "yesterday",
    "-1",
    "1e9",
    "\uff11700000000",  # a full-width digit
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_time__other_text__is_refused_and_the_right_form_named(text: str) -> None:
    (row,) = results(good_json(start=text), Format.JSON)
    assert isinstance(row, Rejected) and row.field == "start" and "2026-01-31T00:00:00Z" in row.expected


def test_json__one_workload__is_one_entry() -> None:
    assert accepted(results(f"\ufeff\n {good_json()}\n", Format.JSON)) == [(2, "run")]


def test_json__list_on_one_line__counts_entries_apart() -> None:
    found = results(f"[{good_json('a')},{good_json('b')}]", Format.JSON)
    assert accepted(found) == [(1, "a"), (1, "b")]
    assert [row.entry for row in found] == [1, 2]


def test_json__brackets_commas_and_quotes_in_text__do_not_cut_entries() -> None:
    name = 'a],{"b\\"[,'
    assert accepted(results(f"[{good_json(name)}\n,\n{good_json('b')}]", Format.JSON)) == [
        (1, name),
        (3, "b"),
    ]


@pytest.mark.parametrize("bad", [*list(BAD_ENTRIES.values())[:8], '{"a": [1}', '{"phases": [{]}'])
def test_json__bad_entry_of_a_list__is_named_and_the_others_are_kept(bad: str) -> None:
    found = results(f"[\n{good_json('a')},\n{bad},\n{good_json('b')}\n]", Format.JSON)
    assert (accepted(found), rejected(found)) == ([(2, "a"), (4, "b")], [(3, "")])


def test_json__entry_longer_than_an_entry_may_be__is_one_rejection() -> None:
    long = '{"name": "' + "x,\n" * MAX_ENTRY_BYTES + '"}'
    found = results(f"[{long},\n{good_json('b')}]", Format.JSON)
    assert (accepted(found), rejected(found)) == ([(MAX_ENTRY_BYTES + 2, "b")], [(1, "")])


@pytest.mark.parametrize(
    ("content", "line"),
    [("", 1), ("\n\n", 3), ("[\n{good},\n", 3), ("[{good}] {good}", 1), ("[{good}]\n]", 2)],
)
def test_json__list_that_cannot_be_read_to_its_end__says_where(content: str, line: int) -> None:
    found = results(content.replace("{good}", good_json()), Format.JSON)
    problems = [row for row in found if isinstance(row, Rejected)]
    assert [(row.line, row.entry) for row in problems] == [(line, 0)]
    assert len(accepted(found)) == content.count("{good}") - (content.count("] {good}"))


@pytest.mark.parametrize("content", ["[1,]", "[,1]"])
def test_json__comma_too_many__is_an_entry_that_is_missing(content: str) -> None:
    assert len(rejected(results(content, Format.JSON))) == 2


def test_json__empty_list__holds_nothing() -> None:
    assert results(" [ \n ] ", Format.JSON) == []


def test_json__a_million_brackets__are_refused_without_recursion() -> None:
    assert len(rejected(results("[" * 1_000_000, Format.JSON))) == 1
