"""A badge as an SVG image and in the schema of shields.io's endpoint."""

from __future__ import annotations

from xml.sax.saxutils import escape

from greenledger.badges.wording import GREY, Badge

HEIGHT = 20
PAD = 7
# Widths in pixels at 11 px. Each text is stretched to the width counted on, whatever font draws it.
_NARROW, _WIDE, _USUAL = 3.6, 9.2, 6.5
_CACHE_SECONDS = 300  # the least that shields.io takes


def width(text: str) -> int:
    """Pixels that a text is given."""
    sizes = (_NARROW if letter in " ,.ijlt1" else _WIDE if letter in "mwMW%" else _USUAL for letter in text)
    return round(sum(sizes))


def svg(badge: Badge) -> str:
    """The image: two halves, white on dark, with its text as title for those who listen."""
    left, right = width(badge.label) + 2 * PAD, width(badge.message) + 2 * PAD
    title = escape(f"{badge.label}: {badge.message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" role="img"'
        f' aria-labelledby="t"><title id="t">{title}</title>'
        f'<rect width="{left + right}" height="{HEIGHT}" rx="3" fill="{badge.colour}"/>'
        f'<path fill="{GREY}" d="M3 0h{left - 3}v{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f"{_text(badge.label, PAD)}{_text(badge.message, left + PAD)}</g></svg>"
    )


def _text(text: str, left: int) -> str:
    return (
        f'<text x="{left}" y="14" textLength="{width(text)}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(text)}</text>"
    )


def endpoint(badge: Badge) -> dict[str, object]:
    """The JSON from which shields.io draws the same badge (https://shields.io/badges/endpoint-badge)."""
    return {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.colour.removeprefix("#"),
        "isError": not badge.known,
        "cacheSeconds": _CACHE_SECONDS,
    }
