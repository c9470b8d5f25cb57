"""Who calls is who counts: a contract in between acts for itself, never for whoever sent the transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import TONNE_UG, Footprints, Signed


@pytest.fixture
def between(alice: Any) -> Any:
    """A contract of alice's that passes on what she tells it."""
    return alice.deploy(compile_mock("token_payer"))


def test_set_operator__through_a_contract__speaks_for_the_contract(
    ledger: Any, alice: Any, bob: Any, between: Any
) -> None:
    receipt = between.execute(ledger, ledger.set_operator.encode_input(bob, True), sender=alice)
    assert ledger.is_operator(between, bob)
    assert not ledger.is_operator(alice, bob)
    (event,) = receipt.decode_logs(ledger.OperatorSet)
    assert event.account == between


def test_record__through_a_contract__is_not_the_accounts_consent(
    ledger: Any, footprints: Footprints, alice: Any, between: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    call = ledger.record.encode_input(signed.report, signed.signatures)
    with ape.reverts("ledger: caller is not the account or its operator"):
        between.execute(ledger, call, sender=alice)
    ledger.set_operator(between, True, sender=alice)
    between.execute(ledger, call, sender=alice)
    assert ledger.is_recorded(signed.digest)


@pytest.mark.parametrize("function", ["allocate", "allocate_up_to"])
def test_allocate__through_a_contract__is_not_the_holders_word(
    credits: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    between: Any,
    function: str,
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    arguments = (certificate.token_id, alice, signed.footprint_hash, TONNE_UG)
    call = getattr(credits, function).encode_input(*arguments)
    with ape.reverts("credits: caller does not hold the certificate"):
        between.execute(credits, call, sender=alice)
    getattr(credits, function)(*arguments, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == TONNE_UG


def test_remove__by_a_guardian_that_is_a_contract__names_the_contract(
    council: Any, owner: Any, alice: Any, between: Any, keys: list[Any]
) -> None:
    call = council.remove.encode_input(keys[1].address)
    with ape.reverts("council: caller is not the guardian or owner"):
        between.execute(council, call, sender=alice)
    council.set_guardian(between, sender=owner)
    receipt = between.execute(council, call, sender=alice)
    (removed,) = receipt.decode_logs(council.SignerRemoved)
    assert removed.by == between


def test_remove__guardian_behind_a_contract__has_no_power(
    council: Any, guardian: Any, keys: list[Any]
) -> None:
    between = guardian.deploy(compile_mock("token_payer"))
    with ape.reverts("council: caller is not the guardian or owner"):
        between.execute(council, council.remove.encode_input(keys[1].address), sender=guardian)
