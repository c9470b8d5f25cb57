"""Reading untrusted values field by field, collecting every error instead of stopping at the first."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MOST_ERRORS = 20  # more help nobody, and each costs the reader time and the answer space

_LONGEST_WORD = 100  # characters that are compared with known words
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,39})", re.ASCII)
_HASH = re.compile(r"0x[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, where it is, and what would be right."""

    field: str
    problem: str
    expected: str


class InvalidWorkload(ValueError):
    """A workload that cannot be read. `errors` holds the first problems found, in reading order."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{e.field}: {e.problem}, expected {e.expected}" for e in errors))


def shown(value: object) -> str:
    """A short, harmless rendering of an untrusted value."""
    text = repr(value) if isinstance(value, (str, int, float, bool)) else type(value).__name__
    return text if len(text) <= 48 else text[:45] + "..."


def nearest(word: str, known: Iterable[str]) -> str:
    """Text that names up to three known words close to `word`, or where to find the list."""
    return _nearest(word[:_LONGEST_WORD].lower(), tuple(known))


@lru_cache(maxsize=512)  # since thousands of rows of a file often have the same wrong name
def _nearest(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    return "one of the catalogue" + (f"; did you mean {', '.join(close)}?" if close else "")


@dataclass(slots=True)
class Reader:
    """One object of the input at `path`, and the first `MOST_ERRORS` errors (shared with its children)."""

    value: Mapping[str, object]
    path: str = ""
    errors: list[FieldError] = field(default_factory=list)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def fail(self, name: str, problem: str, expected: str) -> None:
        if not self.is_full:
            self.errors.append(FieldError(self.at(name), problem, expected))

    @property
    def is_full(self) -> bool:
        """Whether further errors are dropped."""
        return len(self.errors) >= MOST_ERRORS

    def has(self, name: str) -> bool:
        return name in self.value

    def only(self, known: tuple[str, ...]) -> None:
        """Refuses members that are not known, with the nearest known name."""
        for name in self.value:
            if name not in known:
                if self.is_full:
                    return
                shortened = str(name)[:60]
                close = difflib.get_close_matches(shortened, known, n=1)
                hint = f"; did you mean {close[0]}?" if close else ""
                self.fail(shortened, "unknown field", f"one of {', '.join(known)}{hint}")

    def whole(self, name: str, low: int, high: int, *, required: bool = False) -> int | None:
        """An integer in [low, high], given as a JSON integer or a decimal string."""
        if name not in self.value:
            if required:
                self.fail(name, "missing", f"a whole number from {low} to {high}")
            return None
        value = self.value[name]
        expected = f"a whole number from {low} to {high}, as an integer or a decimal string"
        if isinstance(value, str) and _DECIMAL.fullmatch(value):
            number = int(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            number = value
        else:
            self.fail(name, f"{shown(value)} is not a whole number", expected)
            return None
        if not low <= number <= high:
            self.fail(name, f"{shown(number)} is out of range", expected)
            return None
        return number

    def text(self, name: str, longest: int, *, required: bool = False) -> str | None:
        """Printable text of 1 to `longest` characters, in Unicode normal form C."""
        if name not in self.value:
            if required:
                self.fail(name, "missing", f"text of 1 to {longest} characters")
            return None
        value = self.value[name]
        expected = f"text of 1 to {longest} printable characters"
        if not isinstance(value, str):
            self.fail(name, f"{shown(value)} is not text", expected)
            return None
        if len(value) > 4 * longest:
            self.fail(name, f"{len(value)} characters", expected)
            return None
        normal = unicodedata.normalize("NFC", value)
        if not 1 <= len(normal) <= longest:
            self.fail(name, f"{len(normal)} characters", expected)
            return None
        if not normal.isprintable() or not normal.strip():
            self.fail(name, "holds characters that cannot be printed", expected)
            return None
        return normal

    def code(self, name: str, longest: int, *, required: bool = False) -> str | None:
        """A name of the catalogue in any case: ASCII text of 1 to `longest` characters.

        Checked as given: normal form and case folding turn some other characters into ASCII (U+212A into K).
        """
        value = self.value.get(name)
        if isinstance(value, str) and not value.isascii():
            expected = f"1 to {longest} ASCII characters, as in the catalogue"
            self.fail(name, "holds characters beyond ASCII", expected)
            return None
        return self.text(name, longest, required=required)

    def choice(self, name: str, choices: tuple[str, ...], *, required: bool = False) -> str | None:
        """One word of `choices`."""
        if name not in self.value:
            if required:
                self.fail(name, "missing", f"one of {', '.join(choices)}")
            return None
        value = self.value[name]
        if not isinstance(value, str) or value not in choices:
            self.fail(name, f"{shown(value)} is not known", f"one of {', '.join(choices)}")
            return None
        return value

    def hash(self, name: str, *, required: bool = False) -> str | None:
        """0x and 64 hex digits, in lower case afterwards."""
        stated = self.text(name, 66, required=required)
        if stated is None:
            return None
        if not _HASH.fullmatch(stated.lower()):
            self.fail(name, "not a hash", "0x and 64 hex digits: the hash of the contract's document")
            return None
        return stated.lower()

    def child(self, name: str) -> Reader | None:
        """The object at `name`, or None if absent or not an object."""
        if name not in self.value:
            return None
        value = self.value[name]
        if not isinstance(value, Mapping):
            self.fail(name, f"{shown(value)} is not an object", "a JSON object")
            return None
        return Reader(value, self.at(name), self.errors)

    def children(self, name: str, most: int) -> tuple[Reader, ...]:
        """The objects of the list at `name`: 1 to `most` of them; none if absent."""
        if name not in self.value:
            return ()
        value = self.value[name]
        expected = f"a list of 1 to {most} objects"
        if not isinstance(value, list):
            self.fail(name, f"{shown(value)} is not a list", expected)
            return ()
        if not 1 <= len(value) <= most:
            self.fail(name, f"{len(value)} entries", expected)
            return ()
        readers = []
        for index, entry in enumerate(value):
            if isinstance(entry, Mapping):
                readers.append(Reader(entry, f"{self.at(name)}[{index}]", self.errors))
            else:
                self.fail(f"{name}[{index}]", f"{shown(entry)} is not an object", "a JSON object")
        return tuple(readers)
