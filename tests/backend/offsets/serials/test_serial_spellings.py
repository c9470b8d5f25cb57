"""One serial number has one book, however it is spelled; what is not understood is refused by name."""

from __future__ import annotations

import pytest

from greenledger.offsets.serials.reading import LONGEST_TEXT, SerialsNotUnderstood, read_serials

ACR = "ACR-US-934-2024-2891-58384 to 58673"
VERRA = "9009-245067116-245067119-VCS-VCU-259-VER-BR-14-738-01012017-31122017-0"
ISSUANCE = "055a3fbe-eabc-4535-b9cf-1028e7d18f89"


@pytest.mark.parametrize(
    "text",
    [
        "acr-us-934-2024-2891-58384 TO 58673",
        "  ACR - US - 934 - 2024 - 2891 - 58384   to   58673 \n",
        "ACR\u2013US\u2013934\u20132024\u20132891\u201358384 \u2013 58673",  # en dashes
        "ACR\u2011US\u2011934\u20112024\u20112891\u201158384\u00a0to\u00a058673",  # no breaks
        "ACR-US-934-2024-2891-58384..58673",
        "ACR-US-934-2024-2891-58384\u202658673",
        "ACR-US-934-2024-2891-58384-58673",
        "ACR-US-0934-2024-02891-058384 to 058673",
    ],
)
def test_spelling__unusual__is_the_same_range(text: str) -> None:
    assert read_serials(text) == read_serials(ACR)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (VERRA, VERRA[:-1] + "1"),  # certified further after the issuance
        (VERRA, VERRA.replace("VCS-VCU", "VCU")),
        (VERRA, VERRA.replace("BR-14-738", "BR-738")),  # without the sectoral scope
        (VERRA, VERRA.replace("VCU-259", "VCU-0259")),
        (
            f"PURO_PR_CORC_FI_577166_2020_{ISSUANCE}_1-100",
            f"PURO_PR_CORC100+_FI_577166_2020_{ISSUANCE}_1-100",
        ),
        (f"PURO_PR_CORC_FI_577166_2020_{ISSUANCE}_1-100", f"{ISSUANCE.upper()}_1-100"),
        (
            f"PURO_PR_CORC_FI_577166_2020_{ISSUANCE}_643002406555908610000000000001",
            "643002406555908610000000000001",
        ),
    ],
)
def test_spelling__of_the_same_serials__has_the_same_book(text: str, other: str) -> None:
    (one,), (two,) = read_serials(text), read_serials(other)
    assert one.book == two.book
    assert one.overlaps(two)


def test_country__that_reads_like_the_word_to__is_a_country() -> None:
    (found,) = read_serials("ACR-TO-934-2024-2891-1 to 5")
    assert (found.book, found.last) == ("ACR-TO-934-2024-2891", 5)


@pytest.mark.parametrize("between", ["\n", "; ", ", ", " | ", "\r\n\r\n"])
def test_text__with_several_ranges__gives_all_in_order(between: str) -> None:
    texts = [ACR, "GS1-1-KE-GS7495-16-2025-30645-608-30350", VERRA]
    assert read_serials(between.join(texts)) == tuple(read_serials(text)[0] for text in texts)


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("", "serials", "1 to 200"),
        ("58384 to 58673", "serials", "one of:"),
        ("Serials: " + ACR, "serials", "one of:"),
        (VERRA[:-1] + "O", "serials", "DDMMYYYY-0 or 1"),  # the letter, as a page once printed it
        (VERRA.replace("01012017", "32012017"), "serials", "DDMMYYYY"),
        (VERRA.replace("01012017", "31022017"), "serials", "DDMMYYYY"),  # February has no 31st
        (VERRA.replace("31122017", "29022017"), "serials", "DDMMYYYY"),  # nor a 29th in that year
        (VERRA.replace("01012017", "01010000"), "serials", "DDMMYYYY"),
        (VERRA.replace("01012017", "01011817"), "serials", "years from 1990"),
        (VERRA.replace("01012017", "01012018"), "serials", "in order"),
        ("ACR-US-934-2024-58384 to 58673", "serials", "ACR-country-project-year-batch"),  # no batch
        ("ACR-US-934-2024-2891-58384", "serials", "ACR-country"),  # one number could be either
        ("ACR-US-934-2024-2891-58673 to 58384", "serials", "first <= last"),
        ("ACR-US-934-2024-2891-0 to 5", "serials", "1 <= first"),
        ("ACR-US-934-2024-2891-1 to " + "9" * 39, "serials", "2^128"),
        ("ACR-US-934-2024-2891-1 to " + "9" * 40, "serials", "ACR-country"),
        ("ACR-US-934-2024-2891-1 to " + "9" * 5000, "serials", "ACR-country"),
        ("ACR-US-934-2024-2891-" + "9" * 5000 + " to 2", "serials", "ACR-country"),
        (VERRA.replace("245067119", "9" * 5000), "serials", "DDMMYYYY"),
        ("GS1-1-KE-GS7495-16-2025-30645-608-" + "9" * 5000, "serials", "GS1-1-country"),
        ("ISO-1-BSTORE-GBR-F5X7-2024-1-" + "9" * 5000, "serials", "ISO-1-kind"),
        ("CAR-1-US-1480-46-1156-FL-2026-10272-1 to " + "9" * 5000, "serials", "CAR-1-country"),
        (f"{ISSUANCE}_1-" + "9" * 5000, "serials", "PURO_PR_type"),
        ("ACR-US-934-2024-2891-1 to 1,000", "serials[1]", "one of:"),  # a comma ends a range
        ("GS1-1-IN-GS1234-16-2018-101-600", "serials", "GS1-1-country"),  # no issuance
        ("CAR-2-US-1480-46-1156-FL-2026-10272-1 to 2", "serials", "CAR-1-country"),
        ("ISO-1-BSTORE-GBR-F5X7-78177-81177", "serials", "ISO-1-kind"),
        ("PURO_PR_CORC_FI_577166_2020_5-7", "serials", "PURO_PR_type"),
        (
            "643002406555908610000000140219-643002406555908611000000140220",
            *("serials", "30-digit numbers"),  # two facilities
        ),
        (ACR + "; nonsense", "serials[1]", "one of:"),
        (ACR + "; " + ACR, "serials", "each serial once"),
        ("ACR-US-934-2024-2891-1 to 9; ACR-US-934-2024-2891-9 to 12", "serials", "each serial once"),
        ("\u200b" + ACR, "serials", "ASCII"),  # not seen
        ("\u0410CR-US-934-2024-2891-58384 to 58673", "serials", "ASCII"),  # a Cyrillic letter
        (ACR.replace("58384", "\u0665\u0668"), "serials", "ASCII"),  # digits of another script
        ("\u0131so-1-BSTORE-GBR-F5X7-2024-1-2", "serials", "ASCII"),  # becomes I as a capital
        ("A" * (LONGEST_TEXT + 1), "serials", "at most"),
        (";".join(["x"] * 201), "serials", "1 to 200"),
    ],
)
def test_text__not_understood__is_refused_with_field_and_format(text: str, field: str, expected: str) -> None:
    with pytest.raises(SerialsNotUnderstood) as caught:
        read_serials(text)
    assert caught.value.field == field
    assert expected in caught.value.expected
    assert len(str(caught.value)) < 700
