"""Names as they were given, safe to draw: what is not seen, or moves its surroundings, is spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from fpdf.bidi import BidiParagraph

MOST_MARKS = 2  # accents on one letter; no language stacks more, and a stack of fifty covers other lines
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FILLERS = {0x115F, 0x1160, 0x180E, 0x3164, 0xFFA0}  # letters by category that nobody sees
_RIGHT_TO_LEFT = {"R", "AL"}


def visible(text: str, has_glyph: Callable[[int], bool]) -> str:
    """One line of the same text in NFC, every other character as [U+…]; runs of them share the brackets."""
    out: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace() and category not in {"Zl", "Zp"}:
            out.append(" ")
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        plain = category not in _UNSEEN and ord(character) not in _FILLERS and marks <= MOST_MARKS
        out.append(character if plain and has_glyph(ord(character)) else f"[U+{ord(character):04X}]")
    return " ".join("".join(out).replace("][U+", " U+").split())


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of at most `width`, broken at spaces, and within a word only if it is longer than a line."""
    lines: list[str] = []
    line = ""
    for word in re.findall(r"\S+\s*", text):
        if measure(line + word.rstrip()) <= width:
            line += word
            continue
        if line:
            lines.append(line.rstrip())
        line = word
        while measure(line.rstrip()) > width:
            fitting = _fitting(line, width, measure)
            lines.append(line[:fitting])
            line = line[fitting:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def clipped(lines: list[str], most: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """The first `most` lines; the last of them ends by saying how many characters are left out."""
    if len(lines) <= most:
        return lines
    kept, whole = lines[: most - 1], lines[most - 1]
    after = sum(len(line) for line in lines[most:])
    for cut in range(len(whole), -1, -1):
        candidate = f"{whole[:cut].rstrip()} … ({after + len(whole) - cut} more characters)"
        if measure(candidate) <= width:
            return [*kept, candidate]
    return [*kept, "…"]


def in_drawing_order(line: str) -> str:
    """A line with Hebrew or Arabic in it, as a renderer that knows left to right only has to be given it."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line):
        return BidiParagraph(line).get_reordered_string()
    return line


def _fitting(text: str, width: float, measure: Callable[[str], float]) -> int:
    """How many characters of a text fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width else (low, middle - 1)
    return low
