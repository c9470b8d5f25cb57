"""Texts of others, where a forge would read more into them than words."""

from __future__ import annotations


def markdown(text: str) -> str:
    """The text as code on one line: there forges see no link, image, tag, mention or number of an issue.

    A backslash would not do: mentions are looked for after it is gone.
    """
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"`{line.replace('`', chr(39))} `" if line.strip() else ""


def log(text: str) -> str:
    """Lines for a job's log that its runner takes for output, never for commands."""
    lines = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text).split("\n")
    return "\n".join(f"| {line}" for line in lines).replace("##[", "# #[")


def annotation(level: str, message: str) -> str:
    """A line that GitHub shows beside the job; `level` is error, warning or notice."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} title=Carbon footprint::{escaped}"
