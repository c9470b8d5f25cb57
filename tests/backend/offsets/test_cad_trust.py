"""Retirements in the Trust's unit fields: every µg and every serial once, and nothing a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenledger.chain.records import Certificate
from greenledger.offsets.amounts import MAX_UG
from greenledger.offsets.cad_trust import (
    Adjustment,
    Model,
    RetirementRecord,
    as_csv,
    as_json,
    record_of,
    unit_rows,
)

TONNE = 10**12
RECORD = RetirementRecord(
    certificate="0x" + "ab" * 32,
    registry="acr",
    project="ACR-934",
    vintage=2024,
    amount_ug=290 * TONNE,
    beneficiary="Müller & Söhne GmbH",
    account="0x" + "12" * 20,
    serials="ACR-US-934-2024-2891-58384 to 58673",
    retired_at=1_780_000_000,
    reason="Training of model 7",
    link="https://registry.example/retirements/1",
    marketplace="sandbox",
    marketplace_id="order-1",
)
V2_COLUMNS = (
    "unitSerialId,unitStartBlock,unitEndBlock,unitCount,unitType,unitVintageYear,unitStatus,unitStatusReason,"
    "unitStatusDate,unitRetirementDetail,unitRetirementBeneficiary,unitRetirementBeneficiaryId,unitLink,"
    "unitMetric,unitCurrentOwner,unitItmosReferenceId,marketplace,marketplaceLink,marketplaceIdentifier"
)
V1_COLUMNS = (
    "unitOwner,countryJurisdictionOfOwner,inCountryJurisdictionOfOwner,unitBlockStart,unitBlockEnd,unitCount,"
    "vintageYear,unitType,marketplace,marketplaceLink,marketplaceIdentifier,unitTags,unitStatus,"
    "unitStatusReason,unitRegistryLink,correspondingAdjustmentDeclaration,correspondingAdjustmentStatus"
)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_row__of_a_range__has_its_numbers_and_says_retired() -> None:
    (row,) = unit_rows([RECORD])
    assert row["unitSerialId"] == "ACR-US-934-2024-2891-58384 to 58673"
    assert (row["unitStartBlock"], row["unitEndBlock"], row["unitCount"]) == ("58384", "58673", "290")
    assert (row["unitStatus"], row["unitStatusDate"]) == ("Retired", "2026-05-28")
    assert row["unitRetirementBeneficiary"] == "Müller & Söhne GmbH"
    assert row["unitStatusReason"] == "Training of model 7"
    assert (row["unitMetric"], row["unitType"]) == ("tCO2e", "Not Determined")


def test_rows__of_several_ranges__are_one_each_with_its_own_count() -> None:
    serials = "ACR-US-934-2024-2891-1 to 3; ACR-US-934-2024-2892-10 to 10"
    rows = unit_rows([replace(RECORD, serials=serials, amount_ug=4 * TONNE)])
    assert [(row["unitStartBlock"], row["unitEndBlock"], row["unitCount"]) for row in rows] == [
        ("1", "3", "3"),
        ("10", "10", "1"),
    ]


def test_row__of_a_part_of_a_shared_block__counts_the_part_only() -> None:
    (row,) = unit_rows([replace(RECORD, amount_ug=10**6)])
    assert (row["unitStartBlock"], row["unitEndBlock"], row["unitCount"]) == ("58384", "58673", "0.000001")


@pytest.mark.parametrize(
    ("serials", "amount_ug"),
    [
        ("8453-0xfeed-0", 5 * TONNE),  # made on a chain
        ("ACR-US-934-2024-2891-1 to 3", 4 * TONNE),  # more than the serials are worth
        ("ACR-US-934-2024-2891-1 to 3; ACR-US-934-2024-2892-1 to 3", TONNE),  # which of them, nobody says
    ],
)
def test_row__without_serials_that_explain_the_amount__keeps_the_reference_as_block(
    serials: str, amount_ug: int
) -> None:
    (row,) = unit_rows([replace(RECORD, serials=serials, amount_ug=amount_ug)])
    assert row["unitSerialId"] == row["unitStartBlock"] == row["unitEndBlock"] == serials
    assert Decimal(row["unitCount"]) * TONNE == amount_ug


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**33), st.integers(1, MAX_UG)), max_size=6))
def test_rows__of_any_retirements__add_up_to_the_microgram_in_order_of_time(
    found: list[tuple[int, int]],
) -> None:
    records = [
        replace(RECORD, retired_at=at, amount_ug=amount, certificate=f"0x{index:064x}")
        for index, (at, amount) in enumerate(found)
    ]
    rows = unit_rows(records)
    assert sum(Decimal(row["unitCount"]) for row in rows) * TONNE == sum(amount for _, amount in found)
    assert [row["unitStatusDate"] for row in rows] == sorted(row["unitStatusDate"] for row in rows)
    assert unit_rows(records[::-1]) == rows


@pytest.mark.parametrize(("model", "columns"), [(Model.V1, V1_COLUMNS), (Model.V2, V2_COLUMNS)])
def test_csv__of_either_model__has_the_trusts_columns_in_order(model: Model, columns: str) -> None:
    head, row = cells(as_csv([RECORD], model))
    assert ",".join(head) == columns
    assert len(row) == len(head)
    assert cells(as_csv([], model)) == [head]


def test_csv__with_names_of_all_scripts__is_utf_8_with_crlf_and_no_mark() -> None:
    data = as_csv([replace(RECORD, beneficiary='Ελληνικά "Ж" 株式会社, Ltd')])
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2 and data.endswith(b"\r\n")
    assert 'Ελληνικά "Ж" 株式会社, Ltd' in cells(data)[1]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\r=1",
        "\uff1dcmd",
        "|calc",
        "%0A",
        "\u00a0=1",
        "\u200b=1",
    ],
)
def test_csv__with_a_formula_as_a_name__is_disarmed_and_json_keeps_it(name: str) -> None:
    record = replace(RECORD, beneficiary=name, reason=name, owner=name, marketplace=name)
    found = [cell for cell in cells(as_csv([record]))[1] if cell.startswith("'")]
    assert len(found) == 4
    assert json.loads(as_json([record]))[0]["unitRetirementBeneficiary"] == name


@settings(deadline=None)
@given(st.text(max_size=60))
def test_csv__with_any_name__stays_one_row_with_the_same_columns(name: str) -> None:
    record = replace(RECORD, beneficiary=name, reason=name, link=name)
    rows = cells(as_csv([record]))
    assert len(rows) == 2 and len(rows[1]) == len(rows[0])
    assert not any(cell.lstrip()[:1] in tuple("=+-@|%") for cell in rows[1])


def test_json__of_a_record__has_the_fields_of_the_csv() -> None:
    (entry,) = json.loads(as_json([RECORD]))
    head, row = cells(as_csv([RECORD]))
    assert entry == dict(zip(head, row, strict=True))


@pytest.mark.parametrize(
    ("adjustment", "declared", "status"),
    [
        (Adjustment.UNKNOWN, "Unknown", "Not Started"),
        (Adjustment.NOT_REQUIRED, "Not Required", "Not Applicable"),
        (Adjustment.COMMITTED, "Committed", "Pending"),
        (Adjustment.COMPLETED, "Committed", "Completed"),
    ],
)
def test_model_1__of_an_adjustment__uses_the_trusts_choices(
    adjustment: Adjustment, declared: str, status: str
) -> None:
    (row,) = unit_rows([replace(RECORD, adjustment=adjustment)], Model.V1)
    assert row["correspondingAdjustmentDeclaration"] == declared
    assert row["correspondingAdjustmentStatus"] == status
    assert row["countryJurisdictionOfOwner"] == "Not Specified"


CERTIFICATE = Certificate(
    holder="0x" + "12" * 20,
    amount_ug=5,
    allocated_ug=0,
    minted_at=1_780_000_100,
    voided=False,
    vintage=2020,
    registry="icr",
    project="ICR-112",
    beneficiary="Example",
    serials="8453-0xfeed-0",
    retired_at=1_780_000_000,
)


def test_record__of_a_certificate_on_chain__is_exported_with_a_reason() -> None:
    (row,) = unit_rows([record_of("0x01", CERTIFICATE)])
    assert row["unitStatusReason"] == "Retired on behalf of Example"
    assert row["unitCount"] == "0.000000000005"
    assert row["unitRetirementDetail"] == "icr ICR-112; certificate 0x01"


def test_record__of_a_void_certificate__is_refused() -> None:
    with pytest.raises(ValueError, match="void"):
        record_of("0x01", replace(CERTIFICATE, voided=True))
