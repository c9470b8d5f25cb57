"""What a badge says, digit by digit, and that it claims nothing about a product."""

from __future__ import annotations

import pytest

from greenledger.badges.drawing import endpoint, svg
from greenledger.badges.figures import Figures, Footprint, Retirement
from greenledger.badges.subject import UnknownSubject, certificate_number, subject_of
from greenledger.badges.wording import (
    GOLD,
    GREEN,
    GREY,
    RED,
    badge_of,
    certificate_card,
    mass,
    mass_at_most,
    plain,
    share,
)
from greenledger.chain.records import Certificate
from greenledger.offsets.claims import claims_in

TONNE = 10**12


@pytest.mark.parametrize(
    ("amount_ug", "text"),
    [
        (0, "0 kg"),
        (1, "1 µg"),
        (999, "999 µg"),
        (1_000, "1 mg"),
        (1_234_567, "1.234 g"),
        (92_179_999_999_999, "92.17 t"),
        (999_999_999_999, "999.9 kg"),
        (1_234_567 * TONNE, "1,234,567 t"),
    ],
)
def test_mass__any_amount__is_cut_off_and_never_rounded_up(amount_ug: int, text: str) -> None:
    assert mass(amount_ug) == text


@pytest.mark.parametrize(
    ("amount_ug", "text"),
    [
        (0, "0 kg"),
        (1, "1 µg"),
        (1_234_000, "1.234 g"),
        (1_234_001, "1.235 g"),
        (92_170_000_000_001, "92.18 t"),
        (999_950_000_001, "1 t"),
        (1_234_567 * TONNE + 1, "1,234,568 t"),
    ],
)
def test_mass_at_most__any_amount__is_rounded_up(amount_ug: int, text: str) -> None:
    assert mass_at_most(amount_ug) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 7, "0 %"), (1, 3, "33.3 %"), (9_999, 10_000, "99.9 %"), (7, 7, "100 %"), (15, 10, "150 %")],
)
def test_share__almost_all__is_not_all(part: int, whole: int, text: str) -> None:
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("figures", "message", "colour"),
    [
        (
            Footprint(53 * TONNE, 90 * TONNE, 9 * TONNE),
            "53 t CO2e, 10 % covered by evidence of retirement",
            GREEN,
        ),
        (Footprint(0, 0, 0), "0 kg CO2e, nothing to cover", GREEN),
        (Footprint(TONNE, TONNE, 0, True), "1 t CO2e, replaced by a later report", GOLD),
        (Retirement(TONNE, False), "1 t CO2e, evidence on chain", GREEN),
        (Retirement(TONNE, True), "1 t CO2e, certificate void", RED),
        (None, "nothing recorded on this ledger", GREY),
    ],
)
def test_badge__each_state__has_its_own_words_and_claims_nothing(
    figures: Figures, message: str, colour: str
) -> None:
    badge = badge_of(figures)
    assert (badge.message, badge.colour) == (message, colour)
    assert claims_in(f"{badge.label} {badge.message}") == ()
    assert badge.known is (figures is not None)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [GREEN, GOLD, RED, GREY])
def test_badge__white_on_each_colour__has_the_contrast_of_wcag_aa(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_svg__badge__says_its_text_to_those_who_listen_and_loads_nothing() -> None:
    image = svg(badge_of(Footprint(53 * TONNE, 90 * TONNE, 9 * TONNE)))
    assert "<title" in image
    assert "AI footprint: 53 t CO2e, 10 % covered by evidence of retirement" in image
    assert not any(word in image for word in ("href", "url(", "<script", "style="))


def test_endpoint__badge__has_the_fields_of_shields_schema() -> None:
    assert endpoint(badge_of(None)) == {
        "schemaVersion": 1,
        "label": "AI footprint",
        "message": "nothing recorded on this ledger",
        "color": GREY[1:],
        "isError": True,
        "cacheSeconds": 300,
    }


@pytest.mark.parametrize("text", ["", "0x", "0x12", "0x" + "g" * 40, "0x" + "1" * 65, "../secret", "1" * 64])
def test_subject__anything_else_than_an_address_or_a_word__is_refused(text: str) -> None:
    with pytest.raises(UnknownSubject, match="expected an account"):
        subject_of(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0x" + "0" * 63 + "f", 15), ("15", 15), (str(2**256), None), ("0x15", None), ("-1", None), ("", None)],
)
def test_certificate_number__hexadecimal_or_decimal__is_one_number(text: str, number: int | None) -> None:
    assert certificate_number(text) == number


def test_plain__text_of_a_stranger__has_nothing_unseen_in_it() -> None:
    assert plain("Ac\u202eme\x00 \n Ltd\u200b") == "Ac me Ltd"


def test_certificate_card__void_certificate__says_so_first() -> None:
    certificate = Certificate(
        holder="0x" + "1" * 40,
        amount_ug=10 * TONNE,
        allocated_ug=0,
        minted_at=1,
        voided=True,
        vintage=2021,
        registry="icr",
        project="ICR-9002",
        beneficiary="Équipe BLOOM",
        serials="1-10",
        retired_at=1,
    )
    card = certificate_card(certificate)
    assert card.title == "Certificate: 10 t CO2e from ICR-9002, vintage 2021"
    assert card.description.startswith("VOID. Retired for Équipe BLOOM, registry icr.")
