"""The receipt as people see it: rendered to pixels, read back, and its QR codes decoded."""

from __future__ import annotations

import functools
import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from receipt_examples import RECEIPT, pages_of, receipt, text_in, text_of

from greenledger.receipts.page import render_receipt
from greenledger.receipts.receipt import CoveredPart
from greenledger.receipts.wording import STATEMENT

LEFT_PT, VALUE_LEFT_PT, RIGHT_PT = (millimetres / 25.4 * 72 for millimetres in (18, 50, 192))
A4_PT = (595.28, 841.89)
HOSTILE: dict[str, dict[str, Any]] = {
    "right to left override": {"beneficiary": "\u202eHbmG\u202c Ltd", "reason": "\u2067x\u2069"},
    "emoji": {"beneficiary": "🚀👩\u200d🚀🏳️\u200d🌈" * 4, "project_name": "🌳" * 60},
    "64 ideographs": {"beneficiary": "株式会社気候変動対策" * 7, "reason": "理由" * 250},
    "one endless word": {"beneficiary": "W" * 300, "reason": "i" * 3000, "serials": "9" * 2000},
    "stacked accents": {"beneficiary": "Z" + "\u0335\u0489\u0300" * 40, "project_name": "\u0300" * 200},
    "line ends": {"beneficiary": "a\nb\r\nc\x0b\x0cd\u2028e", "reason": "\n" * 500},
    "markup": {
        "beneficiary": "<b>**x**</b> __y__ {nb} %PDF (a) \\ ) ET Q endstream",
        "reason": "&lt;script&gt;",
    },
    "zeros": {"beneficiary": "a\x00b", "reason": "\ufeff\u200b\u00ad\u3164"},
    "everything at once": {
        "beneficiary": "株" * 64,
        "reason": "理" * 500,
        "project_name": "🌳" * 200,
        "serials": "ACR-US-934-2024-2891-58384 to 58673; " * 40,
        "labels": ("x" * 400,) * 5,
        "signers": RECEIPT.signers * 8,
        "coverage": tuple(CoveredPart(f"0x{index:064x}", 10**9, 2**72 - 1) for index in range(200)),
        "evidence_url": "https://market.example/" + "a" * 1900,
        "amount_ug": 2**72 - 1,
    },
}


@functools.cache
def hostile_page(name: str) -> bytes:
    return render_receipt(receipt(**HOSTILE[name]))


def boxes_of(document: pypdfium2.PdfDocument) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every visible character, in points."""
    text = document[0].get_textpage()
    found = [text.get_charbox(index) for index in range(text.count_chars())]
    return [box for box in found if box[2] > box[0] and box[3] > box[1]]


def test_page__of_a_receipt__is_one_a4_page_with_every_fact() -> None:
    document = pages_of(render_receipt(RECEIPT))
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx(A4_PT, abs=0.1)
    text = text_of(RECEIPT)
    for fact in (
        *("1.234567890123 t = 1,234.567890123 kg = 1,234,567.890123 g", STATEMENT, RECEIPT.serials),
        *("Ecomapuá Amazon REDD Project", "Müller & Söhne GmbH — Ελληνικά Жизнь", RECEIPT.reason),
        *(RECEIPT.certificate, RECEIPT.contract, RECEIPT.transaction, RECEIPT.holder, RECEIPT.origin),
        *("block 1,234,567", "2026-05-28 20:26:40 UTC", "15.87 USDC, of which fees 0.44 USDC"),
        *(*RECEIPT.signers, RECEIPT.evidence_sha256, RECEIPT.evidence_url, "3.31 %", "CCP (seen 2026-03-01)"),
    ):
        assert fact in text


def test_page__rendered__has_qr_codes_of_explorer_and_verify_page() -> None:
    image = pages_of(render_receipt(RECEIPT))[0].render(scale=3).to_pil()
    codes = zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in sorted(codes, key=lambda code: code.position.top_left.x)] == [
        RECEIPT.explorer_url,
        RECEIPT.verify_url,
    ]


def test_page__with_the_longest_addresses__still_has_codes_that_can_be_read() -> None:
    longest = "https://ledger.example/" + "c" * 477
    found = receipt(explorer_url=longest, verify_url=longest)
    image = pages_of(render_receipt(found))[0].render(scale=6).to_pil()
    codes = zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in codes] == [longest, longest]


def test_page__of_the_same_receipt__has_the_same_bytes_in_another_process() -> None:
    here = render_receipt(RECEIPT)
    assert render_receipt(RECEIPT) == here
    program = (
        "import sys; from receipt_examples import RECEIPT, render_receipt;"
        "sys.stdout.buffer.write(render_receipt(RECEIPT))"
    )
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        )
        assert run.stdout == here


def test_page__of_another_receipt__has_other_bytes() -> None:
    assert render_receipt(RECEIPT) != render_receipt(receipt(reason="another"))


@pytest.mark.parametrize("name", HOSTILE)
def test_page__with_hostile_texts__stays_one_page_within_its_margins(name: str) -> None:
    document = pages_of(hostile_page(name))
    assert len(document) == 1
    boxes = boxes_of(document)
    assert len(boxes) > 1_000
    assert min(box[0] for box in boxes) >= LEFT_PT - 2
    assert max(box[2] for box in boxes) <= RIGHT_PT + 2
    assert min(box[1] for box in boxes) >= 10 / 25.4 * 72
    assert max(box[3] for box in boxes) <= A4_PT[1]


@pytest.mark.parametrize("name", HOSTILE)
def test_page__with_hostile_texts__still_states_what_matters(name: str) -> None:
    found = receipt(**HOSTILE[name])
    text = text_in(hostile_page(name))
    for fact in (STATEMENT, found.certificate, found.transaction, found.contract, found.evidence_sha256):
        assert fact in text
    assert not any(character in text for character in "\u202e\u2067\u200d\u200b\x00")


@pytest.mark.parametrize("name", HOSTILE)
def test_page__with_hostile_texts__draws_no_line_over_another(name: str) -> None:
    """Lines of text at the left edge of the values keep their distance."""
    text = pages_of(hostile_page(name))[0].get_textpage()
    values = [text.get_rect(index) for index in range(text.count_rects())]
    baselines = sorted({round(box[1]) for box in values if abs(box[0] - VALUE_LEFT_PT) < 4})
    assert len(baselines) > 20
    assert all(above - below > 6 for below, above in itertools.pairwise(baselines))


def test_page__with_a_placeholder_in_a_name__shows_it_as_it_is() -> None:
    assert "{nb} of {total}" in text_of(receipt(beneficiary="{nb} of {total}"))


def test_page__with_markup_and_syntax_in_a_name__shows_it_as_it_is() -> None:
    name = "<b>**x**</b> __y__ (a) \\ ) ET Q endstream"
    assert name in text_of(receipt(beneficiary=name))


def test_page__with_an_override_in_a_name__shows_its_number() -> None:
    assert "[U+202E]HbmG[U+202C] Ltd" in text_of(receipt(beneficiary="\u202eHbmG\u202c Ltd"))


def test_page__with_a_long_reason__gives_room_to_the_serials_and_the_council_first() -> None:
    found = receipt(reason="because " * 300, serials="S" * 96, signers=RECEIPT.signers * 3)
    text = text_of(found)
    assert "S" * 96 in text.replace(" ", "")
    assert all(signer in text for signer in found.signers)
    assert "more characters)" in text


def test_file__of_a_receipt__embeds_its_fonts_and_holds_two_links_and_nothing_active() -> None:
    data = render_receipt(receipt(reason="see https://evil.example /JavaScript"))
    assert data.count(b"/FontFile2") == 2
    assert data.count(b"/Subtype /Link") == 2
    for active in (b"/JavaScript", b"/JS", b"/OpenAction /", b"/Launch", b"/EmbeddedFile", b"/AcroForm"):
        assert active not in data
    assert len(data) < 120_000
