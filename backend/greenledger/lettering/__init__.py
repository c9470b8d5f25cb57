"""Letters for what the gateway draws: the fonts, and texts of others made safe to draw."""

from __future__ import annotations

from pathlib import Path

_FONTS = Path(__file__).parent / "fonts"
REGULAR = _FONTS / "DejaVuSansCondensed.ttf"
BOLD = _FONTS / "DejaVuSansCondensed-Bold.ttf"
