"""The picture of a card."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from greenledger.badges.picture import HEIGHT, LEFT, RIGHT, WIDTH, picture
from greenledger.badges.wording import Card

LONG = "W" * 400


def pixels(drawn: bytes) -> Image.Image:
    return Image.open(BytesIO(drawn)).convert("RGB")


def test_picture__same_card_twice__same_bytes() -> None:
    card = Card("AI footprint: 52.98 t CO2e", "Recorded on chain.")

    assert picture(card) == picture(card)


def test_picture__of_another_amount__differs() -> None:
    assert picture(Card("AI footprint: 1 t CO2e", "x")) != picture(Card("AI footprint: 2 t CO2e", "x"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LONG, id="one long word"),
        pytest.param("word " * 300, id="many words"),
        pytest.param("", id="nothing"),
        pytest.param("שלום " * 60, id="right to left"),
        pytest.param("\U0010ffff" * 200, id="no letters of the font"),
    ],
)
def test_picture__texts_of_any_length__stay_inside_its_margins(text: str) -> None:
    image = pixels(picture(Card(text, text)))

    assert image.size == (WIDTH, HEIGHT)
    for box in ((0, 30, LEFT - 10, HEIGHT), (RIGHT + 10, 30, WIDTH, HEIGHT), (0, 500, WIDTH, 535)):
        (margin,) = image.crop(box).getcolors()
        assert margin[1] == image.getpixel((WIDTH - 1, HEIGHT - 1))
