"""A chain that forks and changes its id, or outlives the 32 bits of `recorded_at`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import boa
import pytest
from in_process import load
from reports import METHODOLOGY, Footprints, Signed
from signing import Domain, make_keys

OTHER_CHAIN = 7_654_321
LAST_SECOND = 2**32 - 1
ACCOUNT = make_keys(1, "account")[0]


@dataclass(frozen=True)
class Scene:
    """A ledger whose coverage anyone may change through `caller`, and the reports it takes at home."""

    ledger: Any
    caller: Any
    at_home: Footprints

    @property
    def elsewhere(self) -> Footprints:
        """Reports for the same ledger once the chain has another id."""
        return replace(self.at_home, domain=replace(self.at_home.domain, chain_id=OTHER_CHAIN))

    def make(self, footprints: Footprints, **changes: Any) -> Signed:
        return footprints.make(ACCOUNT.address, boa.env.timestamp, **changes)

    def record(self, signed: Signed) -> None:
        self.ledger.record(values(signed), signed.signatures, sender=ACCOUNT.address)

    def record_for(self, signed: Signed, consent: bytes) -> None:
        self.ledger.record_for(values(signed), signed.signatures, consent)


def values(signed: Signed) -> tuple[str, tuple[Any, ...]]:
    return signed.report["account"], tuple(signed.report["footprint"].values())


@contextmanager
def changed_chain_id() -> Iterator[None]:
    before = boa.env.evm.patch.chain_id
    boa.env.evm.patch.chain_id = OTHER_CHAIN
    try:
        yield
    finally:
        boa.env.evm.patch.chain_id = before


@pytest.fixture
def scene() -> Iterator[Scene]:
    with boa.env.anchor():
        boa.env.timestamp = 2_000_000_000
        keys = make_keys(2)
        owner = boa.env.eoa
        members = [(key.address, False, "", "") for key in keys]
        council = load("contracts/OracleCouncil.vy", owner, owner, members, 2)
        ledger = load("contracts/FootprintLedger.vy", owner, council.address)
        caller = load("tests/contracts/mocks/coverage_caller.vy", ledger.address)
        ledger.set_credits(caller.address)
        ledger.approve_methodology(METHODOLOGY, "")
        chain_id = boa.env.evm.patch.chain_id
        domain = Domain("GPTX Green AI Ledger: Footprints", chain_id, ledger.address)
        yield Scene(ledger, caller, Footprints(domain, keys))


def test_report_id__changed_chain_id__follows_it(scene: Scene) -> None:
    at_home, elsewhere = scene.make(scene.at_home), scene.make(scene.elsewhere)
    assert scene.ledger.report_id(values(at_home)) == at_home.digest
    with changed_chain_id():
        assert scene.ledger.report_id(values(elsewhere)) == elsewhere.digest
        assert scene.ledger.report_id(values(at_home)) != at_home.digest
        assert scene.ledger.eip712Domain()[3] == OTHER_CHAIN
    assert scene.ledger.report_id(values(at_home)) == at_home.digest


def test_record__signed_for_the_chain_before_the_fork__reverts(scene: Scene) -> None:
    signed = scene.make(scene.at_home)
    with changed_chain_id(), boa.reverts("council: not a signer of this epoch"):
        scene.record(signed)
    scene.record(signed)
    assert scene.ledger.is_recorded(signed.digest)


def test_record__signed_for_the_chain_after_the_fork__is_recorded_there_alone(scene: Scene) -> None:
    signed = scene.make(scene.elsewhere)
    with boa.reverts("council: not a signer of this epoch"):
        scene.record(signed)
    with changed_chain_id():
        scene.record(signed)
        assert scene.ledger.is_recorded(signed.digest)


def test_record_for__consent_for_the_chain_before_the_fork__reverts(scene: Scene) -> None:
    signed = scene.make(scene.elsewhere)
    with changed_chain_id():
        with boa.reverts("ledger: account did not consent"):
            scene.record_for(signed, scene.at_home.consent(signed, ACCOUNT))
        scene.record_for(signed, scene.elsewhere.consent(signed, ACCOUNT))
        assert scene.ledger.is_recorded(signed.digest)


def test_cover__attestation_from_before_the_fork__is_not_found_by_its_footprint(scene: Scene) -> None:
    signed = scene.make(scene.at_home)
    scene.record(signed)
    cover = (scene.ledger.address, ACCOUNT.address, signed.footprint_hash, 1)
    with changed_chain_id(), boa.reverts("ledger: attestation is not recorded"):
        scene.caller.cover(*cover)
    assert scene.caller.cover(*cover) == signed.digest


def test_uncover__covered_before_the_fork__is_taken_back_after_it(scene: Scene) -> None:
    signed = scene.make(scene.at_home)
    scene.record(signed)
    id_ = scene.caller.cover(scene.ledger.address, ACCOUNT.address, signed.footprint_hash, 5)
    with changed_chain_id():
        scene.caller.uncover(scene.ledger.address, id_, ACCOUNT.address, 3)
    assert scene.ledger.attestation(signed.digest).covered_ug == 2
    assert scene.ledger.account(ACCOUNT.address).covered_ug == 2


def test_record__last_second_that_fits_32_bits__is_kept(scene: Scene) -> None:
    boa.env.timestamp = LAST_SECOND
    signed = scene.make(scene.at_home)
    scene.record(signed)
    assert scene.ledger.attestation(signed.digest).recorded_at == LAST_SECOND


def test_record__a_second_later__reverts_and_reads_go_on(scene: Scene) -> None:
    earlier = scene.make(scene.at_home)
    scene.record(earlier)
    boa.env.timestamp = LAST_SECOND + 1
    signed = scene.make(scene.at_home)
    with boa.reverts():
        scene.record(signed)
    assert not scene.ledger.is_recorded(signed.digest)
    assert scene.ledger.attestation(earlier.digest).recorded_at == 2_000_000_000
