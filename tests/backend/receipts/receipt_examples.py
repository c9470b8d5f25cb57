"""A receipt for tests, and the page it becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2

from greenledger.receipts.page import render_receipt
from greenledger.receipts.receipt import CoveredPart, Payment, Receipt

TONNE = 10**12
RECEIPT = Receipt(
    certificate="0x" + "4f5e6d7c" * 8,
    contract="0x5FbDB2315678afecb367f032d93F642f64180aa3",
    holder="0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    chain_id=31337,
    chain_name="Local chain",
    block=1_234_567,
    transaction="0x" + "a1b2c3d4" * 8,
    minted_at=1_780_000_360,
    amount_ug=1_234_567_890_123,
    registry="Verra (vcs)",
    project="VCS-738",
    project_name="Ecomapuá Amazon REDD Project",
    vintage=2017,
    serials="9009-245067116-245067119-VCS-VCU-259-VER-BR-14-738-01012017-31122017-0",
    origin="chain 8453, transaction 0x" + "0badcafe" * 8 + ", index 0",
    labels=("CCP (seen 2026-03-01)", "corresponding adjustment (seen 2026-03-01)"),
    retired_at=1_780_000_000,
    beneficiary="Müller & Söhne GmbH — Ελληνικά Жизнь",
    reason="Training of model 7 in May 2026",
    evidence_sha256="0x" + "13579bdf" * 8,
    evidence_url="https://market.example/retirements/8453-0xfeed-0",
    signers=(
        "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    ),
    coverage=(
        CoveredPart("0x" + "11" * 32, TONNE, 30_200_000_000_000),
        CoveredPart("0x" + "22" * 32, 200_000_000_000, 200_000_000_000),
    ),
    explorer_url="https://explorer.example/tx/0x" + "a1b2c3d4" * 8,
    verify_url="https://ledger.example/certificate/0x" + "4f5e6d7c" * 8,
    payment=Payment("12.50", "USDC", 6, 15_870_000, 440_000, "0x" + "cafe0000" * 8),
)


def receipt(**changes: Any) -> Receipt:
    return replace(RECEIPT, **changes)


def pages_of(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def text_in(data: bytes) -> str:
    """The text of a page as a reader copies it, on one line."""
    document = pages_of(data)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split())


def text_of(found: Receipt) -> str:
    """The text of the page that a receipt becomes."""
    return text_in(render_receipt(found))
