"""Digests against eth-account's own EIP-712, and reading reports strictly."""

from __future__ import annotations

from typing import Any

import pytest
from eth_account.messages import SignableMessage, encode_typed_data
from hypothesis import given
from hypothesis import strategies as st

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.structs import LONGEST_BYTES, TYPES, Struct
from greenledger.evidence.typed_data import (
    NO_ACCOUNT,
    ZERO,
    Domain,
    Footprint,
    FootprintReport,
    InvalidReport,
    Retirement,
    RetirementReport,
    Source,
    consent_digest,
    footprint_domain,
    footprint_hash,
    footprint_report_from_json,
    footprint_report_id,
    footprint_typed_data,
    report_as_json,
    retirement_domain,
    retirement_report_from_json,
    retirement_report_id,
    retirement_typed_data,
)

ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
MINTER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
words = st.binary(min_size=32, max_size=32)


def fields_of(struct: type[Struct]) -> dict[str, st.SearchStrategy[Any]]:
    made: dict[str, st.SearchStrategy[Any]] = {}
    for name, kind in TYPES[struct].items():
        if kind == "bytes32":
            made[name] = words
        elif kind == "string":
            made[name] = st.text(st.characters(codec="ascii"), max_size=LONGEST_BYTES[name])
        elif kind.startswith("uint"):
            made[name] = st.integers(0, 2 ** int(kind[4:]) - 1)
    return made


footprint_reports = st.builds(FootprintReport, st.just(ADDRESS), st.builds(Footprint, **fields_of(Footprint)))
retirement_reports = st.builds(
    RetirementReport,
    st.just(ADDRESS),
    st.just(MINTER),
    words,
    st.builds(Retirement, **fields_of(Retirement)),
    st.builds(Source, **fields_of(Source)),
)


def unrestricted(retirement: Retirement, source: Source) -> RetirementReport:
    """A report that anyone may mint."""
    return RetirementReport(ADDRESS, NO_ACCOUNT, ZERO, retirement, source)


def digest_of(message: SignableMessage) -> bytes:
    return keccak256(b"\x19" + message.version + message.header + message.body)


@given(footprint_reports, st.integers(1, 2**64))
def test_footprint_report__any__has_the_id_that_eth_account_gives(
    report: FootprintReport, chain: int
) -> None:
    domain = footprint_domain(chain, ADDRESS)
    theirs = encode_typed_data(full_message=footprint_typed_data(report, domain))

    assert footprint_report_id(report, domain) == digest_of(theirs)


@given(retirement_reports)
def test_retirement_report__any__has_the_id_that_eth_account_gives(report: RetirementReport) -> None:
    domain = retirement_domain(31337, ADDRESS)
    theirs = encode_typed_data(full_message=retirement_typed_data(report, domain))

    assert retirement_report_id(report, domain) == digest_of(theirs)


@given(footprint_reports)
def test_consent__to_a_report__is_typed_data_around_it(report: FootprintReport) -> None:
    domain = footprint_domain(1, ADDRESS)
    document = footprint_typed_data(report, domain)
    document["types"]["RecordConsent"] = [{"name": "report", "type": "FootprintReport"}]
    document["primaryType"] = "RecordConsent"
    document["message"] = {"report": document["message"]}

    assert consent_digest(report, domain) == digest_of(encode_typed_data(full_message=document))


def test_id__of_a_report__follows_from_account_and_footprint_hash(
    report: FootprintReport, domain: Domain
) -> None:
    type_hash = keccak256(
        b"FootprintReport(address account,Footprint footprint)"
        b"Footprint(bytes32 root,uint32 count,bytes32 methodology,uint64 period_start,uint64 period_end,"
        b"uint128 energy_uwh,uint72 low_ug,uint72 central_ug,uint72 high_ug,uint72 market_ug,"
        b"uint72 embodied_ug,uint128 water_ul,uint8 tier,bytes32 supersedes,uint64 valid_until)"
    )
    account = bytes(12) + bytes.fromhex(report.account[2:])
    hashed = keccak256(type_hash + account + footprint_hash(report.footprint))
    separator = keccak256(
        keccak256(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
        + keccak256(b"GPTX Green AI Ledger: Footprints")
        + keccak256(b"1")
        + domain.chain_id.to_bytes(32)
        + bytes(12)
        + bytes.fromhex(domain.contract[2:])
    )

    assert footprint_report_id(report, domain) == keccak256(b"\x19\x01" + separator + hashed)


def test_id__on_another_chain_or_contract__is_another(report: FootprintReport, domain: Domain) -> None:
    ids = {
        footprint_report_id(report, domain),
        footprint_report_id(report, footprint_domain(1, domain.contract)),
        footprint_report_id(report, footprint_domain(31337, ADDRESS)),
    }

    assert len(ids) == 3


@given(footprint_reports)
def test_footprint_report__through_json__is_equal(report: FootprintReport) -> None:
    assert footprint_report_from_json(report_as_json(report)) == report


@given(retirement_reports)
def test_retirement_report__through_json__is_equal(report: RetirementReport) -> None:
    assert retirement_report_from_json(report_as_json(report)) == report


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"account": None}, "account"),
        ({"account": ADDRESS.swapcase().replace("0X", "0x")}, "account"),
        ({"account": "0x1234"}, "account"),
        ({"colour": "green"}, "colour"),
        ({"footprint": []}, "footprint"),
        ({"footprint.root": "0x00"}, "footprint.root"),
        ({"footprint.root": "00" * 32}, "footprint.root"),
        ({"footprint.count": True}, "footprint.count"),
        ({"footprint.count": 1.0}, "footprint.count"),
        ({"footprint.count": "-1"}, "footprint.count"),
        ({"footprint.count": "4294967296"}, "footprint.count"),
        ({"footprint.low_ug": str(2**72)}, "footprint.low_ug"),
        ({"footprint.tier": "256"}, "footprint.tier"),
        ({"footprint.extra": "1"}, "footprint.extra"),
    ],
)
def test_report__with_one_thing_wrong__names_the_field(
    report: FootprintReport, change: dict[str, Any], field: str
) -> None:
    document = report_as_json(report)
    for path, value in change.items():
        head, _, tail = path.partition(".")
        if tail:
            document[head][tail] = value
        else:
            document[head] = value

    with pytest.raises(InvalidReport) as caught:
        footprint_report_from_json(document)
    assert caught.value.field == field


def test_report__without_a_field__names_it(report: FootprintReport) -> None:
    document = report_as_json(report)
    del document["footprint"]["tier"]

    with pytest.raises(InvalidReport, match=r"footprint\.tier: missing"):
        footprint_report_from_json(document)


def test_retirement__with_text_beyond_its_bytes__is_refused() -> None:
    retirement = Retirement(bytes(32), "P", 2020, 1, "é" * 32, "s", 0, bytes(32), 0)
    document = report_as_json(unrestricted(retirement, Source(2, bytes(32), 1, 0)))
    assert retirement_report_from_json(document).retirement.beneficiary == "é" * 32

    document["retirement"]["beneficiary"] += "é"

    with pytest.raises(InvalidReport, match="66 bytes"):
        retirement_report_from_json(document)


def test_struct__with_a_value_outside_its_type__is_not_hashed() -> None:
    with pytest.raises(ValueError, match="uint8"):
        retirement_report_id(
            unrestricted(
                Retirement(bytes(32), "", 0, 0, "", "", 0, bytes(32), 0),
                Source(256, bytes(32), 0, 0),
            ),
            retirement_domain(1, ADDRESS),
        )
