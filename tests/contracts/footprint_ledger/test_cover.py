"""`cover` and `uncover`: only the certificates contract changes coverage, within the bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ape
import pytest
from conftest import compile_mock
from eth_account.signers.local import LocalAccount
from reports import METHODOLOGY, TONNE_UG, Footprints, Signed
from signing import Domain

HIGH_UG = 31 * TONNE_UG


@dataclass(frozen=True)
class Scene:
    """A ledger whose coverage anyone may change through `caller`."""

    ledger: Any
    caller: Any
    footprints: Footprints
    now: int

    def record(self, account: Any, **changes: Any) -> Signed:
        signed = self.footprints.make(account, self.now, **changes)
        self.ledger.record(signed.report, signed.signatures, sender=account)
        return signed

    def cover(self, account: Any, signed: Signed, amount_ug: int) -> Any:
        return self.caller.cover(self.ledger, account, signed.footprint_hash, amount_ug, sender=account)

    def uncover(self, account: Any, signed: Signed, amount_ug: int) -> Any:
        return self.caller.uncover(self.ledger, signed.digest, account, amount_ug, sender=account)


@pytest.fixture
def scene(unconnected_ledger: Any, owner: Any, chain: Any, keys: list[LocalAccount], now: int) -> Scene:
    caller = owner.deploy(compile_mock("coverage_caller"), unconnected_ledger)
    unconnected_ledger.set_credits(caller, sender=owner)
    unconnected_ledger.approve_methodology(METHODOLOGY, "", sender=owner)
    domain = Domain("GPTX Green AI Ledger: Footprints", chain.chain_id, unconnected_ledger.address)
    return Scene(unconnected_ledger, caller, Footprints(domain, keys[:2]), now)


def test_cover__within_the_high_bound__counts_for_attestation_and_account(scene: Scene, alice: Any) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, TONNE_UG)
    receipt = scene.cover(alice, signed, HIGH_UG - TONNE_UG)
    assert scene.ledger.attestation(signed.digest).covered_ug == HIGH_UG
    assert scene.ledger.account(alice).covered_ug == HIGH_UG
    (event,) = scene.ledger.CoverageChanged.from_receipt(receipt)
    assert (event.id, event.covered_ug) == (signed.digest, HIGH_UG)


def test_cover__past_the_high_bound__reverts(scene: Scene, alice: Any) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, HIGH_UG)
    with ape.reverts("ledger: coverage would pass the high bound"):
        scene.cover(alice, signed, 1)


def test_cover__largest_amount__reverts_without_wrapping(scene: Scene, alice: Any) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, 1)
    with ape.reverts("ledger: coverage would pass the high bound"):
        scene.cover(alice, signed, 2**72 - 1)


def test_cover__never_recorded__reverts(scene: Scene, alice: Any) -> None:
    unknown = scene.footprints.make(alice, scene.now)
    with ape.reverts("ledger: attestation is not recorded"):
        scene.cover(alice, unknown, 1)


def test_cover__another_accounts_footprint_hash__reverts(scene: Scene, alice: Any, bob: Any) -> None:
    signed = scene.record(alice)
    with ape.reverts("ledger: attestation is not recorded"):
        scene.cover(bob, signed, 1)


def test_cover__superseded__reverts(scene: Scene, alice: Any) -> None:
    first = scene.record(alice)
    scene.record(alice, supersedes=first.footprint_hash)
    with ape.reverts("ledger: attestation is superseded"):
        scene.cover(alice, first, 1)


def test_cover__sum_over_corrections_beyond_72_bits__reverts(scene: Scene, alice: Any) -> None:
    zero = {"low_ug": 0, "central_ug": 0, "embodied_ug": 0}
    first = scene.record(alice, **zero, high_ug=2**72 - 1)
    scene.cover(alice, first, 2**72 - 1)
    scene.record(alice, **zero, high_ug=0, supersedes=first.footprint_hash)
    other = scene.record(alice, **zero, high_ug=1)
    with ape.reverts("ledger: account total is too large"):
        scene.cover(alice, other, 1)


def test_cover__by_anyone_but_the_credits_contract__reverts(scene: Scene, alice: Any, owner: Any) -> None:
    signed = scene.record(alice)
    for caller in (alice, owner):
        with ape.reverts("ledger: caller is not the credits contract"):
            scene.ledger.cover(alice, signed.footprint_hash, 1, sender=caller)


def test_cover__paused__reverts(scene: Scene, alice: Any, owner: Any) -> None:
    signed = scene.record(alice)
    scene.ledger.pause(sender=owner)
    with ape.reverts("ledger: new coverage is paused"):
        scene.cover(alice, signed, 1)


def test_uncover__part_of_the_coverage__is_taken_from_attestation_and_account(
    scene: Scene, alice: Any
) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, 5)
    receipt = scene.uncover(alice, signed, 3)
    assert scene.ledger.attestation(signed.digest).covered_ug == 2
    assert scene.ledger.account(alice).covered_ug == 2
    (event,) = scene.ledger.CoverageChanged.from_receipt(receipt)
    assert (event.id, event.covered_ug) == (signed.digest, 2)


def test_uncover__superseded_attestation__is_taken_from_what_superseded_it(scene: Scene, alice: Any) -> None:
    first = scene.record(alice)
    scene.cover(alice, first, 5)
    second = scene.record(alice, supersedes=first.footprint_hash)
    scene.uncover(alice, first, 5)
    assert scene.ledger.attestation(second.digest).covered_ug == 0
    assert scene.ledger.account(alice).covered_ug == 0


def test_uncover__more_than_is_covered__reverts(scene: Scene, alice: Any) -> None:
    signed, other = scene.record(alice), scene.record(alice)
    scene.cover(alice, signed, 5)
    scene.cover(alice, other, 5)
    with ape.reverts("ledger: more than is covered"):
        scene.uncover(alice, signed, 6)


def test_uncover__never_recorded__reverts(scene: Scene, alice: Any) -> None:
    unknown = scene.footprints.make(alice, scene.now)
    with ape.reverts("ledger: attestation is not recorded"):
        scene.uncover(alice, unknown, 0)


def test_uncover__more_than_the_account_has__reverts(scene: Scene, alice: Any, bob: Any) -> None:
    """The contract that calls keeps account and id together; a wrong account can at least not wrap around."""
    signed = scene.record(alice)
    scene.cover(alice, signed, 1)
    with ape.reverts():
        scene.uncover(bob, signed, 1)
    scene.uncover(alice, signed, 1)
    assert scene.ledger.account(alice).covered_ug == 0


def test_uncover__by_anyone_but_the_credits_contract__reverts(scene: Scene, alice: Any, owner: Any) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, 1)
    for caller in (alice, owner):
        with ape.reverts("ledger: caller is not the credits contract"):
            scene.ledger.uncover(signed.digest, alice, 1, sender=caller)
    assert scene.ledger.attestation(signed.digest).covered_ug == 1


def test_uncover__paused__still_works(scene: Scene, alice: Any, owner: Any) -> None:
    signed = scene.record(alice)
    scene.cover(alice, signed, 1)
    scene.ledger.pause(sender=owner)
    scene.uncover(alice, signed, 1)
    assert scene.ledger.attestation(signed.digest).covered_ug == 0
