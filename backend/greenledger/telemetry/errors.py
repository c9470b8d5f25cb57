"""Why a whole export is refused. What is wrong with one span or data point refuses only that one."""

from __future__ import annotations


class BadExport(Exception):
    """The body is not what its headers say, so nothing of it is stored and sending it again changes nothing.

    The text names the place and what would be right. It never repeats content of the body.
    """

    def __init__(self, place: str, problem: str, expected: str) -> None:
        super().__init__(f"{place}: {problem}, expected {expected}")
        self.place = place
        self.problem = problem
        self.expected = expected


class TooLarge(BadExport):
    """More than one export may hold; a smaller one would be taken."""


class UnknownEncoding(BadExport):
    """A media type or a content coding that is not read here."""
