"""A card as a picture of 1200 x 630 pixels, the size that chats and social networks show whole."""

from __future__ import annotations

from functools import cache, partial
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from greenledger.badges.wording import Card
from greenledger.lettering import BOLD, REGULAR
from greenledger.lettering.visible_text import clipped, in_drawing_order, wrapped

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 80, WIDTH - 80
BAND = 18
BRAND_TOP, TITLE_TOP, FOOT_TOP = 70, 140, 540
TITLE_LINES, TEXT_LINES = 3, 3
LEADING = 1.25

PAPER, ACCENT, INK, SOFT = "#f4f3ec", "#0e5a43", "#14211b", "#4a5a51"
BRAND = "GPTX Green AI Ledger"
FOOT = "Read from the chain when this picture was made. Open the link to check it."


@cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(BOLD if bold else REGULAR), size)


def _block(draw: ImageDraw.ImageDraw, top: float, text: str, most: int, *, bold: bool, size: int) -> float:
    """Draws a text in at most `most` lines. Where the next block may begin."""
    font = _font(bold, size)
    measure = partial(draw.textlength, font=font)
    lines = clipped(wrapped(text, RIGHT - LEFT, measure), most, RIGHT - LEFT, measure)
    for line in lines:
        draw.text((LEFT, top), in_drawing_order(line), fill=INK if bold else SOFT, font=font)
        top += size * LEADING
    return top


def picture(card: Card) -> bytes:
    """A PNG that says what the card says. The same card gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, BAND), fill=ACCENT)
    draw.text((LEFT, BRAND_TOP), BRAND, fill=ACCENT, font=_font(True, 30))
    below = _block(draw, TITLE_TOP, card.title, TITLE_LINES, bold=True, size=54)
    _block(draw, below + 16, card.description, TEXT_LINES, bold=False, size=32)
    draw.text((LEFT, FOOT_TOP), FOOT, fill=ACCENT, font=_font(False, 26))
    # Sixteen colours draw letters on paper well enough, at a third of the size.
    out = BytesIO()
    image.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
