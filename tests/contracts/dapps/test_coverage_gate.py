"""`examples/CoverageGate`: a list that is open to what is covered, the same in Vyper and in Solidity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import TONNE_UG, ZERO, Corrections, Signed

from dapps.conftest import HIGH_UG

NOT_COVERED = "gate: footprint is not covered"
ACCOUNT_NOT_COVERED = "gate: account is not covered"
MODEL = "tern-7b"

Record = Callable[..., Signed]
Allocate = Callable[..., Signed]


def test_list_model__without_coverage__reverts(gate: Any, alice: Any, recorded: Record) -> None:
    footprint = recorded(alice)
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, footprint.footprint_hash, sender=alice)
    assert not gate.is_model_covered(alice, MODEL)


def test_list_model__one_microgram_short__reverts(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    footprint = recorded(alice, low_ug=1, central_ug=2, high_ug=10_000, embodied_ug=0)
    allocated(alice, footprint, 9_999)
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, footprint.footprint_hash, sender=alice)
    allocated(alice, footprint, 1)
    gate.list_model(MODEL, footprint.footprint_hash, sender=alice)


def test_list_model__covered__is_listed(
    gate: Any, ledger: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    footprint = recorded(alice)
    allocated(alice, footprint)
    receipt = gate.list_model(MODEL, footprint.footprint_hash, sender=alice)
    assert receipt.events == [gate.ModelListed(owner=alice, id=footprint.digest, model=MODEL)]
    assert gate.is_model_covered(alice, MODEL)
    assert gate.listings(alice, MODEL) == footprint.digest
    assert gate.LEDGER() == ledger


def test_list_model__footprint_of_somebody_else__reverts(
    gate: Any, alice: Any, bob: Any, recorded: Record, allocated: Allocate
) -> None:
    footprint = recorded(alice)
    allocated(alice, footprint)
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, footprint.footprint_hash, sender=bob)


def test_list_model__covered_by_a_gift__is_listed(
    gate: Any, alice: Any, bob: Any, recorded: Record, allocated: Allocate
) -> None:
    footprint = recorded(alice)
    allocated(bob, footprint)
    gate.list_model(MODEL, footprint.footprint_hash, sender=alice)
    assert gate.is_model_covered(alice, MODEL)


def test_is_model_covered__never_listed__is_false(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    allocated(alice, recorded(alice))
    assert not gate.is_model_covered(alice, MODEL)


def test_is_model_covered__a_correction_raises_the_bound__closes_until_the_rest_is_covered(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    first = recorded(alice)
    allocated(alice, first)
    gate.list_model(MODEL, first.footprint_hash, sender=alice)
    second = recorded(alice, high_ug=HIGH_UG + TONNE_UG, supersedes=first.footprint_hash)
    assert not gate.is_model_covered(alice, MODEL)  # the listed id is superseded and reads 0
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, second.footprint_hash, sender=alice)
    allocated(alice, second, TONNE_UG)
    gate.list_model(MODEL, second.footprint_hash, sender=alice)
    assert gate.is_model_covered(alice, MODEL)


def test_list_model__a_correction_lowers_the_bound__over_coverage_is_enough(
    gate: Any, ledger: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    first = recorded(alice)
    allocated(alice, first)
    second = recorded(alice, high_ug=25 * TONNE_UG, supersedes=first.footprint_hash)
    assert ledger.coverage_bps(second.digest) == 12_400
    gate.list_model(MODEL, second.footprint_hash, sender=alice)
    assert gate.is_model_covered(alice, MODEL)


def test_is_model_covered__the_certificate_is_voided_and_undone__closes(
    gate: Any,
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    alice: Any,
    bob: Any,
    now: int,
    recorded: Record,
    allocated: Allocate,
) -> None:
    footprint = recorded(alice)
    certificate = allocated(alice, footprint)
    gate.list_model(MODEL, footprint.footprint_hash, sender=alice)
    gate.join(sender=alice)
    void = correcting.void(certificate.token_id, now)
    corrections.void(void.report, void.signatures, sender=bob)
    assert gate.is_model_covered(alice, MODEL)  # the mark alone takes no coverage back
    credits.undo(certificate.token_id, ZERO, [(footprint.digest, alice, HIGH_UG)], sender=bob)
    assert not gate.is_model_covered(alice, MODEL)
    assert not gate.is_member(alice)
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, footprint.footprint_hash, sender=alice)


def test_join__nothing_recorded__reverts(gate: Any, alice: Any) -> None:
    with ape.reverts(ACCOUNT_NOT_COVERED):
        gate.join(sender=alice)
    assert not gate.is_member(alice)


def test_join__all_covered__is_a_member_until_something_new_is_recorded(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    footprint = recorded(alice)
    with ape.reverts(ACCOUNT_NOT_COVERED):
        gate.join(sender=alice)
    allocated(alice, footprint)
    receipt = gate.join(sender=alice)
    assert receipt.events == [gate.AccountJoined(owner=alice)]
    assert gate.is_member(alice)
    recorded(alice)
    assert not gate.is_member(alice)


def test_join__through_a_contract__looks_at_the_contract_and_not_at_its_user(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    allocated(alice, recorded(alice))
    between = alice.deploy(compile_mock("token_payer"))
    with ape.reverts(ACCOUNT_NOT_COVERED):
        between.execute(gate, gate.join.encode_input(), sender=alice)
    gate.join(sender=alice)
    assert gate.is_member(alice)
    assert not gate.is_member(between)


def test_is_member__covered_and_never_joined__is_false(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    allocated(alice, recorded(alice))
    assert not gate.is_member(alice)


def test_join__over_coverage_of_one_hides_another__passes_where_the_gate_by_id_does_not(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate
) -> None:
    """The trap of account totals that `IGreenLedger` warns of."""
    first = recorded(alice)
    allocated(alice, first)
    recorded(alice, embodied_ug=0, low_ug=0, central_ug=0, high_ug=TONNE_UG, supersedes=first.footprint_hash)
    bare = recorded(alice, embodied_ug=0, low_ug=0, central_ug=0, high_ug=30 * TONNE_UG)
    gate.join(sender=alice)
    assert gate.is_member(alice)
    with ape.reverts(NOT_COVERED):
        gate.list_model(MODEL, bare.footprint_hash, sender=alice)


def test_constructor__not_a_contract__reverts(
    gates: dict[str, Any], owner: Any, alice: Any, ledger: Any
) -> None:
    for container in gates.values():
        with ape.reverts("gate: ledger is not a contract"):
            owner.deploy(container, alice)
        assert owner.deploy(container, ledger).LEDGER() == ledger


def test_abi__of_both_languages__has_the_same_signatures(gates: dict[str, Any]) -> None:
    def signatures(container: Any) -> set[str]:
        kind = container.contract_type
        return {entry.selector for entry in [*kind.view_methods, *kind.mutable_methods, *kind.events]}

    vyper, solidity = (signatures(container) for container in gates.values())
    assert vyper == solidity
    assert "list_model(string,bytes32)" in vyper


@pytest.mark.parametrize("model", ["", "m" * 64])
def test_list_model__shortest_and_longest_name__is_listed(
    gate: Any, alice: Any, recorded: Record, allocated: Allocate, model: str
) -> None:
    footprint = recorded(alice)
    allocated(alice, footprint)
    gate.list_model(model, footprint.footprint_hash, sender=alice)
    assert gate.is_model_covered(alice, model)
