"""Reads members of answers: what is missing or of another type is an UnexpectedAnswer, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenledger.client.errors import UnexpectedAnswer


@dataclass(frozen=True, slots=True)
class Answer:
    """One JSON object of an answer, and where in it it stands."""

    value: Mapping[str, Any]
    at: str = "the answer"

    def _wrong(self, name: str, expected: str) -> UnexpectedAnswer:
        return UnexpectedAnswer(f"{self.at} has no {name} that is {expected}: do client and gateway fit?")

    def text(self, name: str) -> str:
        found = self.value.get(name)
        if not isinstance(found, str):
            raise self._wrong(name, "text")
        return found

    def text_or_none(self, name: str) -> str | None:
        return None if self.value.get(name) is None else self.text(name)

    def whole(self, name: str) -> int:
        """A whole number from 0 on, as a JSON integer or a decimal string."""
        found = self.value.get(name)
        if isinstance(found, int) and not isinstance(found, bool) and found >= 0:
            return found
        if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= 80:
            return int(found)
        raise self._wrong(name, "a whole number")

    def whole_or_none(self, name: str) -> int | None:
        return None if self.value.get(name) is None else self.whole(name)

    def inner(self, name: str) -> Answer:
        found = self.value.get(name)
        if not isinstance(found, dict):
            raise self._wrong(name, "an object")
        return Answer(found, f"{self.at}.{name}")

    def inner_or_none(self, name: str) -> Answer | None:
        return None if self.value.get(name) is None else self.inner(name)

    def items(self, name: str) -> list[Answer]:
        found = self.value.get(name)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise self._wrong(name, "a list of objects")
        return [Answer(item, f"{self.at}.{name}[{index}]") for index, item in enumerate(found)]

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.value.get(name)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self._wrong(name, "a list of texts")
        return tuple(found)


def answer(value: Any) -> Answer:
    """The object that an answer is. Raises UnexpectedAnswer."""
    if not isinstance(value, dict):
        raise UnexpectedAnswer("the answer is no JSON object: do client and gateway fit?")
    return Answer(value)
