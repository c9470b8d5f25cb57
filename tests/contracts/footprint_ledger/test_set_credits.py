"""`set_credits`: the certificates contract is named once and for good."""

from __future__ import annotations

from typing import Any

import ape
from conftest import compile_mock


def test_set_credits__by_the_owner__is_kept(unconnected_ledger: Any, owner: Any) -> None:
    credits = owner.deploy(compile_mock("coverage_caller"), unconnected_ledger)
    unconnected_ledger.set_credits(credits, sender=owner)
    assert unconnected_ledger.credits() == credits


def test_set_credits__of_another_ledger__reverts(
    unconnected_ledger: Any, ledger: Any, credits: Any, owner: Any
) -> None:
    assert credits.LEDGER() == ledger
    with ape.reverts("ledger: credits are for another ledger"):
        unconnected_ledger.set_credits(credits, sender=owner)
    assert int(unconnected_ledger.credits(), 16) == 0


def test_set_credits__a_second_time__reverts(ledger: Any, owner: Any, council: Any, credits: Any) -> None:
    with ape.reverts("ledger: credits are already set"):
        ledger.set_credits(council, sender=owner)
    assert ledger.credits() == credits


def test_set_credits__by_anyone_else__reverts(unconnected_ledger: Any, alice: Any, council: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        unconnected_ledger.set_credits(council, sender=alice)


def test_set_credits__address_without_code__reverts(unconnected_ledger: Any, owner: Any, bob: Any) -> None:
    with ape.reverts("ledger: credits are not a contract"):
        unconnected_ledger.set_credits(bob, sender=owner)
