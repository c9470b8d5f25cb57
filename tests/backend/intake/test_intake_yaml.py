"""YAML: text stays what was written, and nothing clever is run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from intake_rows import accepted, rejected, results

from greenledger.intake import MAX_ENTRY_BYTES, Accepted, Format, Rejected

GOOD = "kind: inference\nstart: 1700000000\nend: 2023-11-15T00:00:00Z\nrequests: 10\nname: {name}\n"


def entry(name: str) -> str:
    """A good entry of a list."""
    return "- " + GOOD.replace("{name}", name).strip().replace("\n", "\n  ") + "\n"


def test_yaml__one_workload__is_read() -> None:
    (row,) = results("# a run\n" + GOOD.replace("{name}", "run"), Format.YAML)
    assert isinstance(row, Accepted)
    assert (row.line, row.workload.end, row.workload.requests) == (2, 1_700_006_400, 10)


BAD = {
    "alias": "- *x",
    "anchor": "- &x {kind: inference}",
    "anchor inside": "- {kind: inference, name: &x run}",
    "tag": "- !!python/object/apply:os.system {a: 1}",
    "harmless tag": "- {kind: !!str inference}",
    "key twice": "- kind: inference\n  kind: inference",
    "key that is a mapping": "- ? {a: 1}\n  : 2",
    "too deep": "- " + "[" * 40 + "]" * 40,
    "too many digits": "- requests: 1" + "0" * 60,
    "no mapping": "- [1, 2]",
    "empty": "-",
    "merge key": "- {<<: {kind: inference}}",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_yaml__bad_entry__is_named_and_the_others_are_kept(bad: str) -> None:
    found = results(f"{entry('a')}{bad}\n{entry('b')}", Format.YAML)
    last = 7 + bad.count("\n")
    assert accepted(found) == [(1, "a"), (last, "b")]
    assert {line for line, _field in rejected(found)} == {6}


@pytest.mark.parametrize(
    "value", ["017", "0x1f", "0o17", "1_000", "1e3", "1.0", "yes", "true", "1:30", "~", ".nan"]
)
def test_yaml__number_in_another_spelling__is_refused_not_converted(value: str) -> None:
    content = GOOD.replace("requests: 10", f"requests: {value}").replace("{name}", "run")
    assert rejected(results(content, Format.YAML)) == [(1, "requests")]


@pytest.mark.parametrize("country", ["NO", "no", "'NO'"])
def test_yaml__norway__is_no_boolean(country: str) -> None:
    (row,) = results(GOOD.replace("{name}", "run") + f"place: {{country: {country}}}\n", Format.YAML)
    assert isinstance(row, Accepted) and row.workload.place is not None and row.workload.place.country == "NO"


def test_yaml__a_billion_laughs__is_refused_at_its_first_anchor() -> None:
    lines = ["- &a [lol]"] + [
        f"- &{b} [*{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert len(rejected(results("\n".join(lines), Format.YAML))) == 9


@pytest.mark.parametrize(
    "content", ["", "# nothing\n", "- a: [\n", "a: 'b\n", "a: 1\n---\na: 2\n", "\tkind: x\n", "- a\nb: c\n"]
)
def test_yaml__file_that_cannot_be_read_to_its_end__says_so(content: str) -> None:
    last = results(content, Format.YAML)[-1]
    assert isinstance(last, Rejected) and last.entry == 0 and last.reason and last.expected


def test_yaml__syntax_error_behind_good_entries__keeps_them() -> None:
    found = results(f"{entry('a')}{entry('b')}- kind: [\n", Format.YAML)
    assert accepted(found) == [(1, "a"), (6, "b")]
    assert [row.entry for row in found] == [1, 2, 0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_yaml__another_encoding__is_refused(encoding: str) -> None:
    found = results(GOOD.replace("{name}", "café").encode(encoding), Format.YAML)
    assert accepted(found) == [] and len(rejected(found)) == 1


def test_yaml__entry_longer_than_an_entry_may_be__ends_the_file() -> None:
    found = results(f"{entry('a')}- name: {'x' * (2 * MAX_ENTRY_BYTES)}\n", Format.YAML)
    assert accepted(found) == [(1, "a")] and found[-1].entry == 0


def test_yaml__more_than_an_entry_in_all__is_read_to_its_end() -> None:
    count = MAX_ENTRY_BYTES // 50
    found = results("".join(entry(f"run {number}") for number in range(count)), Format.YAML)
    assert len(accepted(found)) == count


DEEP = {"[": "[" * 3000, "{": "{" * 3000, "- ": "- " * 3000, "? ": "? " * 3000, "lines": "[\n" * 3000}


@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP.keys())
def test_yaml__nested_without_end__is_given_up_long_before_its_end(
    deep: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser's time grows with the square of the depth, so it must not be asked for all of it."""
    events, parse = [], yaml.parse

    def counted(*arguments: object, **named: object) -> Iterator[yaml.Event]:
        for event in parse(*arguments, **named):
            events.append(event)
            yield event

    monkeypatch.setattr(yaml, "parse", counted)
    found = results(f"{entry('a')}- {deep}", Format.YAML)
    assert accepted(found) == [(1, "a")]
    (row,) = found[1:]
    assert isinstance(row, Rejected) and (row.entry, "nothing from here on was read" in row.reason) == (
        0,
        True,
    )
    assert len(events) < 500


@pytest.mark.parametrize("before", ["", entry("a")])
def test_yaml__thousands_of_tag_lines__are_not_given_to_the_parser(before: str) -> None:
    directives = "".join(f"%TAG !a{number}! b\n" for number in range(3000))
    found = results(f"{before}{directives}---\n{entry('b')}", Format.YAML)
    (row,) = found
    assert isinstance(row, Rejected) and (row.line, row.entry, "%TAG" in row.reason) == (1, 0, True)


def test_yaml__percent_and_brackets_in_names__are_text() -> None:
    names = [f"'%TAG [[[ {number}'" for number in range(90)]
    assert len(accepted(results("".join(entry(name) for name in names), Format.YAML))) == len(names)
