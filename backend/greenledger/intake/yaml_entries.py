"""YAML: one workload or a list of them, read from the parser's events.

Events hold text as it was written, so nothing is turned into a date, a float, a boolean out of `no`, or 15
out of 017: what is not plainly a decimal integer, true, false or null stays text, which the model judges.
Anchors, aliases and tags are refused: no document grows while it is read, and nobody chooses a type to make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import yaml

from greenledger.footprint.strict_json import MAX_DEPTH, MAX_DIGITS
from greenledger.intake.entries import MAX_ENTRY_BYTES, Rejected, Stated
from greenledger.intake.lines import TOO_LONG, TOO_LONG_EXPECTED

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is not in every build
_READ_AHEAD = 65_536  # the parser reads in pieces, beyond the end of the entry it is at
# The parser looks at every open bracket again for each token, and at every %TAG line for each other one.
_MOST_OPEN = 100  # levels below an entry's deepest one that are still read over
_MOST_TAG_LINES = 100
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NOT_READ = "nothing from here on was read"
_ENTRY_EXPECTED = "a mapping of the fields of one workload"

Problem = tuple[str, str, str]
"""Field path, what is wrong, what would be right."""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _extras(event: yaml.Event) -> tuple[str, str]:
    """Anchor and tag, empty where there is none."""
    return str(getattr(event, "anchor", None) or ""), str(getattr(event, "tag", None) or "")


class _TooLong(Exception):
    pass


class _Utf16(Exception):
    pass


class _TooSlow(Exception):
    """What the parser would need far more time for than its length tells."""

    def __init__(self, problem: str, expected: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected
        self.line = line


@dataclass(slots=True)
class _Bounded:
    """A stream that gives only so much for each entry."""

    stream: BinaryIO
    given: int = 0
    tag_lines: int = 0
    is_new: bool = True

    def read(self, size: int = _READ_AHEAD) -> bytes:
        piece = self.stream.read(min(size, _READ_AHEAD))
        if self.is_new and piece.startswith(_UTF_16):
            raise _Utf16
        self.is_new = False
        self.given += len(piece)
        if self.given > MAX_ENTRY_BYTES + _READ_AHEAD:
            raise _TooLong
        self.tag_lines += piece.count(b"%TAG")
        if self.tag_lines > _MOST_TAG_LINES:
            raise _TooSlow(f"has more than {_MOST_TAG_LINES} times %TAG", "no tags")
        return piece

    def next_entry(self) -> None:
        self.given = self.tag_lines = 0


@dataclass(slots=True)
class _Builder:
    """Builds one entry from events; goes on after a problem, so that the next entry can be read."""

    events: Iterator[yaml.Event]
    problems: list[Problem] = field(default_factory=list)

    def fail(self, path: str, event: yaml.Event, problem: str, expected: str) -> None:
        if not self.problems:  # the first is enough: the others often follow from it
            self.problems.append((path, f"{problem} in line {_line(event)}", expected))

    def value(self, event: yaml.Event, path: str = "", depth: int = 1) -> object:
        anchor, tag = _extras(event)
        if isinstance(event, yaml.AliasEvent):
            self.fail(path, event, f"alias *{anchor[:40]}", "the value itself")
            return None
        if anchor:
            self.fail(path, event, f"anchor &{anchor[:40]}", "no anchors: state each value where it is")
        if tag:
            self.fail(path, event, f"tag {tag[:60]}", "no tags: plain mappings, lists and values")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if depth > MAX_DEPTH:
            self.fail(path, event, f"nested deeper than {MAX_DEPTH} levels", "the fields of a workload")
            self.skip()
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def skip(self) -> None:
        """Reads to the end of the container that has just begun. Raises _TooSlow."""
        depth = 1
        while depth:
            event = next(self.events)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MOST_OPEN:
                    problem = f"is nested {_MOST_OPEN} levels deeper than an entry may be"
                    raise _TooSlow(problem, f"at most {MAX_DEPTH} levels", _line(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def scalar(self, event: yaml.ScalarEvent, path: str) -> object:
        text: str = event.value
        if not event.implicit[0]:
            return text  # quoted
        if text in _WORDS:
            return _WORDS[text]
        if not _WHOLE.fullmatch(text):
            return text
        if len(text) > MAX_DIGITS:
            self.fail(path, event, f"number with {len(text)} digits", f"at most {MAX_DIGITS} digits")
            return None
        return int(text)

    def sequence(self, path: str, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, f"{path}[{len(items)}]", depth + 1))
        return items

    def mapping(self, path: str, depth: int) -> dict[str, object]:
        members: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, path)
            at = f"{path}.{key[:60]}" if path else key[:60]
            if key in members:
                self.fail(at, event, "duplicate key", "every key once")
            members[key] = self.value(next(self.events), at, depth + 1)
        return members

    def key(self, event: yaml.Event, path: str) -> str:
        if isinstance(event, yaml.ScalarEvent) and not any(_extras(event)):
            return str(event.value)
        self.fail(path, event, "a key that is not plain text", "the name of a field")
        self.value(event, path, MAX_DEPTH + 1)
        return ""


def _entry(builder: _Builder, event: yaml.Event, entry: int) -> Iterator[Stated | Rejected]:
    line = _line(event)
    value = builder.value(event)
    if builder.problems:
        yield from (Rejected(line, *problem, entry) for problem in builder.problems)
    elif isinstance(value, dict):
        yield Stated(line, value, entry)
    else:
        yield Rejected(line, "", "is not a mapping", _ENTRY_EXPECTED, entry)


def _document(events: Iterator[yaml.Event], source: _Bounded) -> Iterator[Stated | Rejected]:
    """The entries of the one document of a file."""
    next(events)  # the stream's start
    event = next(events)
    if isinstance(event, yaml.StreamEndEvent):
        yield Rejected(_line(event), "", "is empty", "one workload, or a list of workloads", 0)
        return
    event = next(events)
    is_list = isinstance(event, yaml.SequenceStartEvent) and not any(_extras(event))
    entry = 0
    if is_list:
        event = next(events)
    while not isinstance(event, yaml.SequenceEndEvent):
        entry += 1
        yield from _entry(_Builder(events), event, entry)
        source.next_entry()
        if not is_list:
            break
        event = next(events)
    next(events)  # the document's end
    event = next(events)
    if not isinstance(event, yaml.StreamEndEvent):
        reason = f"holds a second document; {_NOT_READ}"
        yield Rejected(_line(event), "", reason, "one document with a list of workloads", 0)


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return int(mark.line) + 1 if mark is not None else 1


def _syntax(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    return f"not YAML: {str(said)[:120]}; {_NOT_READ}"


def read_yaml(stream: BinaryIO) -> Iterator[Stated | Rejected]:
    """See `read_entries`. After a mistake in the syntax, or nesting without end, nothing more is read, and
    the rejection says so.
    """
    source = _Bounded(stream)
    last = 0
    try:
        # The parser wants the file's start as soon as it is made.
        for row in _document(yaml.parse(source, Loader=_PARSER), source):
            last = row.line
            yield row
    except yaml.YAMLError as error:
        line = max(_line_of(error), last)
        yield Rejected(line, "", _syntax(error), "YAML in UTF-8, without tabs for indentation", 0)
    except _Utf16:
        yield Rejected(1, "", "is UTF-16", "UTF-8", 0)
    except _TooSlow as slow:
        yield Rejected(slow.line or last + 1, "", f"{slow.problem}; {_NOT_READ}", slow.expected, 0)
    except _TooLong:
        yield Rejected(last + 1, "", f"{TOO_LONG}; {_NOT_READ}", TOO_LONG_EXPECTED, 0)
