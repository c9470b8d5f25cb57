"""The numbers of a receipt are exact, and its words claim nothing about a product."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from receipt_examples import RECEIPT, TONNE, receipt

from greenledger.offsets.claims import claims_in
from greenledger.receipts.receipt import CoveredPart, Payment, ReceiptInvalid
from greenledger.receipts.wording import (
    NOTE,
    STATEMENT,
    TITLE,
    decimal_text,
    exact_mass,
    mass,
    moment,
    sections,
)


def facts_of(found: Any) -> dict[str, list[str]]:
    """Values by label, in reading order."""
    values: dict[str, list[str]] = {}
    for section in sections(found):
        for fact in section.facts:
            values.setdefault(fact.label, []).append(fact.value)
    return values


@settings(deadline=None)
@given(st.integers(1, 2**72 - 1))
def test_exact_mass__of_any_amount__is_the_same_amount_three_times(amount_ug: int) -> None:
    tonnes, kilograms, grams = (
        part.split()[0].replace(",", "") for part in exact_mass(amount_ug).split(" = ")
    )
    assert Decimal(tonnes) * 10**12 == Decimal(kilograms) * 10**9 == Decimal(grams) * 10**6 == amount_ug


@pytest.mark.parametrize(
    ("amount_ug", "text"),
    [
        (1, "0.000001 g"),
        (10**6, "1 g"),
        (999_999_999, "999.999999 g"),
        (10**9, "1 kg"),
        (1_500_000_000, "1.5 kg"),
        (10**12, "1 t"),
        (30_200_000_000_000, "30.2 t"),
        (1_234_567 * 10**12, "1,234,567 t"),
    ],
)
def test_mass__of_an_amount__is_in_the_largest_fitting_unit_with_all_digits(
    amount_ug: int, text: str
) -> None:
    assert mass(amount_ug) == text


@settings(deadline=None)
@given(st.integers(0, 10**30), st.integers(0, 24))
def test_decimal_text__of_any_token_amount__is_exact(units: int, decimals: int) -> None:
    text = decimal_text(units, decimals)
    assert Fraction(text.replace(",", "")) * 10**decimals == units
    assert not text.endswith((".", ","))


def test_moment__of_unix_seconds__is_utc() -> None:
    assert moment(1_780_000_000) == "2026-05-28 20:26:40 UTC"


def test_facts__of_a_receipt__state_everything_it_holds() -> None:
    values = facts_of(RECEIPT)
    assert values["Quantity of CO₂e"] == ["1.234567890123 t = 1,234.567890123 kg = 1,234,567.890123 g"]
    assert values["Project"] == ["VCS-738 · Ecomapuá Amazon REDD Project"]
    assert values["Beneficiary"] == [RECEIPT.beneficiary]
    assert values["Price"] == ["12.50 USD per tonne"]
    assert values["Amount"] == ["15.87 USDC, of which fees 0.44 USDC"]
    assert values["Transaction"] == ["0x" + "cafe0000" * 8, RECEIPT.transaction]
    assert values["Chain"] == ["Local chain (31337), block 1,234,567"]
    assert values["Council (2)"] == [", ".join(RECEIPT.signers)]
    assert values["SHA-256"] == [RECEIPT.evidence_sha256]
    assert values["Origin"] == [RECEIPT.origin]


def test_coverage__of_two_attestations__is_in_numbers_rounded_down() -> None:
    values = facts_of(RECEIPT)
    assert values["This certificate"] == ["1.2 t of 1.234567890123 t allocated, 34.567890123 kg not"]
    assert values["Attestation"] == [
        "0x11111111…11111111: 1 t of 30.2 t (high bound), 3.31 % of it from this certificate",
        "0x22222222…22222222: 200 kg of 200 kg (high bound), 100.00 % of it from this certificate",
    ]


@settings(deadline=None)
@given(st.integers(1, 2**72 - 1), st.integers(1, 2**72 - 1))
def test_coverage__of_any_numbers__is_100_percent_only_if_all_is_covered(part_ug: int, high_ug: int) -> None:
    found = receipt(amount_ug=part_ug, coverage=(CoveredPart("0x" + "1" * 64, part_ug, high_ug),))
    text = facts_of(found)["Attestation"][0].split(", ")[-1]
    percent = Decimal(
        facts_of(found)["Attestation"][0].split("(high bound), ")[1].split(" %")[0].replace(",", "")
    )
    assert text.endswith("of it from this certificate")
    assert 0 <= Decimal(part_ug) * 100 / high_ug - percent < Decimal("0.01")


def test_coverage__of_many_attestations__names_some_and_sums_up_the_rest() -> None:
    parts = tuple(CoveredPart(f"0x{index:064x}", 10**9, 10**12) for index in range(12))
    values = facts_of(receipt(coverage=parts))
    assert len(values["Attestation"]) == 4
    assert values[""] == ["8 more attestations, 8 kg together"]


def test_coverage__of_a_footprint_of_zero__gives_no_share() -> None:
    found = receipt(coverage=(CoveredPart("0x" + "1" * 64, 5, 0),))
    assert facts_of(found)["Attestation"] == ["0x11111111…11111111: 0.000005 g, high bound 0 g"]


def test_facts__where_there_was_no_payment_and_no_council__say_so() -> None:
    values = facts_of(receipt(payment=None, signers=(), evidence_sha256="", evidence_url="", labels=()))
    assert "Price" not in values
    assert values["Council"] == ["not asked: the credits were retired in the minting transaction itself"]
    assert values["SHA-256"] == ["none: the chain is the evidence"]
    assert values["Labels"] == ["none known"]


def test_facts__read_from_the_chain_alone__say_what_is_not_there() -> None:
    values = facts_of(receipt(signers=None, reason="", explorer_url=""))
    assert values["Council"] == ["signed, as the contract checked; the transaction does not show by whom"]
    assert values["Reason as given"] == ["not on the chain: the order has it"]


def test_words__of_a_receipt__claim_nothing_about_a_product() -> None:
    words = " ".join(
        f"{section.title} {fact.label} {fact.value}"
        for section in sections(RECEIPT)
        for fact in section.facts
    )
    assert claims_in(f"{TITLE} {STATEMENT} {NOTE} {words}") == ()
    assert STATEMENT == "Evidence of a retirement. Conveys no unit."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"certificate": "0x12"}, "certificate"),
        ({"certificate": "0x" + "AB" * 32}, "certificate"),
        ({"transaction": ""}, "transaction"),
        ({"contract": "0x0"}, "contract"),
        ({"holder": "me"}, "holder"),
        ({"verify_url": "javascript:alert(1)"}, "verify_url"),
        ({"verify_url": "ftp://ledger.example/"}, "verify_url"),
        ({"verify_url": "https://ledger.example@evil.example/"}, "verify_url"),
        ({"verify_url": "https:///certificate"}, "verify_url"),
        ({"verify_url": "https://l\u0435dger.example/"}, "verify_url"),  # a Cyrillic letter
        ({"explorer_url": "https://explorer.example/\n"}, "explorer_url"),
        ({"explorer_url": "https://explorer.example/" + "x" * 500}, "explorer_url"),
        ({"beneficiary": " "}, "beneficiary"),
        ({"amount_ug": 0, "coverage": ()}, "amount_ug"),
        ({"amount_ug": 2**72}, "amount_ug"),
        ({"amount_ug": TONNE}, "amount_ug"),  # less than what is allocated of it
        ({"payment": Payment("1", "USDC", 6, 5, 6, "")}, "payment.fee_units"),
    ],
)
def test_receipt__that_states_something_impossible__is_refused_by_field(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ReceiptInvalid) as caught:
        receipt(**changes)
    assert caught.value.field == field
