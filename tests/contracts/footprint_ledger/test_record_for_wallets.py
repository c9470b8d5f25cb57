"""`record_for` an account that is a contract: it consents through ERC-1271, and that is all it can do."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from conftest import compile_mock
from eth_account.signers.local import LocalAccount
from reports import METHODOLOGY, Footprints
from signing import Domain

MAGIC_WORD = bytes.fromhex("1626ba7e") + bytes(28)


@pytest.mark.parametrize("size", [1, 64, 65, 66, 1024])
def test_record_for__wallet_that_accepts_a_signature_of_any_length__is_recorded(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int, size: int
) -> None:
    consent = b"\x07" * size
    wallet = owner.deploy(compile_mock("contract_wallet"), consent)
    signed = footprints.make(wallet.address, now)
    for other in (consent[:-1], b"\x08" * size):
        with ape.reverts("ledger: account did not consent"):
            ledger.record_for(signed.report, signed.signatures, other, sender=bob)
    ledger.record_for(signed.report, signed.signatures, consent, sender=bob)
    assert ledger.account(wallet).count == 1


def test_record_for__consent_beyond_1024_bytes__reverts(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("answering_wallet"), MAGIC_WORD, False)
    signed = footprints.make(wallet.address, now)
    with ape.reverts():
        ledger.record_for(signed.report, signed.signatures, bytes(1025), sender=bob)
    ledger.record_for(signed.report, signed.signatures, bytes(1024), sender=bob)
    assert ledger.is_recorded(signed.digest)


def test_record_for__wallet_that_approved_the_consent_on_chain__needs_no_signature(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("contract_wallet"), b"agreed")
    signed = footprints.make(wallet.address, now)
    wallet.approve(signed.digest, True, sender=owner)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"", sender=bob)
    consent_digest = footprints.domain.digest("RecordConsent", {"report": signed.report})
    wallet.approve(consent_digest, True, sender=owner)
    ledger.record_for(signed.report, signed.signatures, b"", sender=bob)
    assert ledger.is_recorded(signed.digest)


def test_record_for__wallet_that_withdrew_its_approval__reverts(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("contract_wallet"), b"agreed")
    signed = footprints.make(wallet.address, now)
    consent_digest = footprints.domain.digest("RecordConsent", {"report": signed.report})
    wallet.approve(consent_digest, True, sender=owner)
    wallet.approve(consent_digest, False, sender=owner)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"", sender=bob)


@pytest.mark.parametrize(
    ("answer", "reverts"),
    [(b"", False), (MAGIC_WORD[:31], False), (b"\xff" * 96, False), (MAGIC_WORD, True)],
    ids=["nothing", "too short", "garbage", "revert with the magic word"],
)
def test_record_for__wallet_that_answers_anything_else__reverts(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int, answer: bytes, reverts: bool
) -> None:
    wallet = owner.deploy(compile_mock("answering_wallet"), answer, reverts)
    signed = footprints.make(wallet.address, now)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"agreed", sender=bob)


def test_record_for__wallet_that_burns_all_gas__reverts_with_the_reason(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("slow_wallet"), 2**256 - 1)
    signed = footprints.make(wallet.address, now)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"", sender=bob, gas=400_000)


def test_record_for__contract_that_is_no_wallet__reverts(
    ledger: Any, council: Any, footprints: Footprints, bob: Any, now: int
) -> None:
    signed = footprints.make(council.address, now)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"agreed", sender=bob)


def test_record_for__wallet_that_names_an_operator_meanwhile__cannot(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("calling_wallet"))
    wallet.prepare(ledger, ledger.set_operator.encode_input(bob, True), sender=owner)
    signed = footprints.make(wallet.address, now)
    ledger.record_for(signed.report, signed.signatures, b"", sender=bob)
    assert ledger.is_recorded(signed.digest)
    assert not ledger.is_operator(wallet, bob)
    wallet.call(sender=owner)
    assert ledger.is_operator(wallet, bob)


def test_record_for__wallet_that_records_the_same_report_meanwhile__is_recorded_once(
    ledger: Any, footprints: Footprints, owner: Any, bob: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("calling_wallet"))
    signed = footprints.make(wallet.address, now)
    wallet.prepare(ledger, ledger.record.encode_input(signed.report, signed.signatures), sender=owner)
    receipt = ledger.record_for(signed.report, signed.signatures, b"", sender=bob)
    assert len(list(receipt.decode_logs(ledger.FootprintRecorded))) == 1
    assert ledger.account(wallet).count == 1


def test_record_for__wallet_that_could_record_it_by_itself__shows_the_call_was_a_good_one(
    ledger: Any, footprints: Footprints, owner: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("calling_wallet"))
    signed = footprints.make(wallet.address, now)
    wallet.prepare(ledger, ledger.record.encode_input(signed.report, signed.signatures), sender=owner)
    wallet.call(sender=owner)
    assert ledger.account(wallet).count == 1


def test_record__contract_on_the_council__counts_once_it_endorsed_the_report(
    project: Any, owner: Any, guardian: Any, keys: list[LocalAccount], chain: Any, alice: Any, now: int
) -> None:
    wallet = owner.deploy(compile_mock("contract_wallet"), b"agreed")
    members = [(keys[0].address, False, "", ""), (wallet.address, True, "", "")]
    members.sort(key=lambda member: int(member[0], 16))
    council = owner.deploy(project.OracleCouncil, owner, guardian, members, 2)
    ledger = owner.deploy(project.FootprintLedger, owner, council)
    ledger.approve_methodology(METHODOLOGY, "", sender=owner)
    domain = Domain("GPTX Green AI Ledger: Footprints", chain.chain_id, ledger.address)
    signed = Footprints(domain, keys[:1]).make(alice, now)
    entries = {keys[0].address: signed.signatures[0], wallet.address: bytes.fromhex(wallet.address[2:])}
    signatures = [entries[member[0]] for member in members]
    with ape.reverts("council: contract has not endorsed the report"):
        ledger.record(signed.report, signatures, sender=alice)
    council.endorse(signed.digest, wallet, b"agreed", sender=alice)
    ledger.record(signed.report, signatures, sender=alice)
    assert ledger.is_recorded(signed.digest)
