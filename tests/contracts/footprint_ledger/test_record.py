"""`record`: by the account or its operator, signed by the council, within its time, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import TONNE_UG, ZERO, Footprints, Signed
from signing import compact, make_keys, sign


def test_record__by_the_account__is_an_attestation_with_its_digest_as_id(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    assert ledger.record.call(signed.report, signed.signatures, sender=alice) == signed.digest
    receipt = ledger.record(signed.report, signed.signatures, sender=alice)
    attestation = ledger.attestation(signed.digest)
    assert attestation.low_ug == 20 * TONNE_UG
    assert attestation.central_ug == 24 * TONNE_UG
    assert attestation.high_ug == 31 * TONNE_UG
    assert attestation.covered_ug == 0
    assert attestation.recorded_at == receipt.timestamp
    assert attestation.tier == 3
    assert not attestation.superseded


def test_record__by_the_account__logs_every_field(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    receipt = ledger.record(signed.report, signed.signatures, sender=alice)
    (event,) = receipt.decode_logs(ledger.FootprintRecorded)
    assert (event.id, event.account, event.methodology) == (
        signed.digest,
        alice,
        signed.report["footprint"]["methodology"],
    )
    assert list(event.footprint) == list(signed.report["footprint"].values())


def test_record__by_the_account__adds_to_its_totals(
    ledger: Any, recorded: Callable[..., Signed], alice: Any, bob: Any
) -> None:
    recorded(alice)
    recorded(alice, low_ug=1, central_ug=2, high_ug=3, embodied_ug=0)
    totals = ledger.account(alice)
    assert (totals.low_ug, totals.central_ug, totals.high_ug) == (
        20 * TONNE_UG + 1,
        24 * TONNE_UG + 2,
        31 * TONNE_UG + 3,
    )
    assert (totals.count, totals.covered_ug) == (2, 0)
    assert ledger.account(bob).count == 0


def test_record__by_an_approved_operator__is_recorded_for_the_account(
    ledger: Any, footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    ledger.set_operator(bob, True, sender=alice)
    signed = footprints.make(alice, now)
    ledger.record(signed.report, signed.signatures, sender=bob)
    assert ledger.account(alice).count == 1
    assert ledger.account(bob).count == 0


def test_record__by_a_stranger__reverts(
    ledger: Any, footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    with ape.reverts("ledger: caller is not the account or its operator"):
        ledger.record(signed.report, signed.signatures, sender=bob)


def test_record__twice__reverts(ledger: Any, recorded: Callable[..., Signed], alice: Any) -> None:
    signed = recorded(alice)
    with ape.reverts("ledger: report is already recorded"):
        ledger.record(signed.report, signed.signatures, sender=alice)


def test_record__compact_signatures__is_recorded(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    ledger.record(signed.report, [compact(item) for item in signed.signatures], sender=alice)
    assert ledger.is_recorded(signed.digest)


def test_record__one_signature_of_two__reverts(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    with ape.reverts("council: too few signatures"):
        ledger.record(signed.report, signed.signatures[:1], sender=alice)


def test_record__signed_by_strangers__reverts(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    forged = sign(signed.digest, make_keys(2, "stranger"))
    with ape.reverts("council: not a signer of this epoch"):
        ledger.record(signed.report, forged, sender=alice)


def test_record__changed_after_signing__reverts(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    smaller = signed.report | {"footprint": signed.report["footprint"] | {"low_ug": 1}}
    with ape.reverts("council: not a signer of this epoch"):
        ledger.record(smaller, signed.signatures, sender=alice)


def test_record__signed_for_another_ledger__reverts(
    unconnected_ledger: Any, owner: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    methodology = signed.report["footprint"]["methodology"]
    unconnected_ledger.approve_methodology(methodology, "", sender=owner)
    with ape.reverts("council: not a signer of this epoch"):
        unconnected_ledger.record(signed.report, signed.signatures, sender=alice)


def test_record__signed_by_a_removed_signer__reverts(
    ledger: Any,
    council: Any,
    guardian: Any,
    footprints: Footprints,
    alice: Any,
    now: int,
    keys: list[LocalAccount],
) -> None:
    signed = footprints.make(alice, now)
    council.remove(keys[0].address, sender=guardian)
    with ape.reverts("council: not a signer of this epoch"):
        ledger.record(signed.report, signed.signatures, sender=alice)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"root": ZERO}, "ledger: root is empty"),
        ({"count": 0}, "ledger: count must be at least 1"),
        ({"methodology": b"\x12" * 32}, "ledger: methodology is not approved"),
        ({"tier": 0}, "ledger: tier must be 1 to 7"),
        ({"tier": 8}, "ledger: tier must be 1 to 7"),
        ({"low_ug": 25 * TONNE_UG}, "ledger: bounds must be low <= central <= high"),
        ({"high_ug": 23 * TONNE_UG}, "ledger: bounds must be low <= central <= high"),
        ({"embodied_ug": 24 * TONNE_UG + 1}, "ledger: embodied part is above the central total"),
    ],
)
def test_record__value_that_no_model_gives__reverts(
    ledger: Any, footprints: Footprints, alice: Any, now: int, changes: dict[str, Any], reason: str
) -> None:
    signed = footprints.make(alice, now, **changes)
    with ape.reverts(reason):
        ledger.record(signed.report, signed.signatures, sender=alice)


@pytest.mark.parametrize("tier", [1, 7])
def test_record__best_and_worst_tier__are_kept(
    ledger: Any, recorded: Callable[..., Signed], alice: Any, tier: int
) -> None:
    assert ledger.attestation(recorded(alice, tier=tier).digest).tier == tier


def test_record__footprint_of_zero__is_an_attestation(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    signed = recorded(alice, low_ug=0, central_ug=0, high_ug=0, embodied_ug=0)
    assert ledger.is_recorded(signed.digest)


def test_record__total_beyond_72_bits__reverts(
    ledger: Any, recorded: Callable[..., Signed], footprints: Footprints, alice: Any, now: int
) -> None:
    largest = 2**72 - 1
    recorded(alice, low_ug=0, central_ug=0, embodied_ug=0, high_ug=largest)
    signed = footprints.make(alice, now, low_ug=0, central_ug=0, embodied_ug=0, high_ug=1)
    with ape.reverts("ledger: account total is too large"):
        ledger.record(signed.report, signed.signatures, sender=alice)
    assert ledger.account(alice).high_ug == largest


def test_record__paused__reverts_and_reads_go_on(
    ledger: Any, owner: Any, recorded: Callable[..., Signed], footprints: Footprints, alice: Any, now: int
) -> None:
    earlier = recorded(alice)
    ledger.pause(sender=owner)
    signed = footprints.make(alice, now)
    with ape.reverts("ledger: new records are paused"):
        ledger.record(signed.report, signed.signatures, sender=alice)
    assert ledger.is_recorded(earlier.digest)
    assert ledger.account(alice).count == 1
