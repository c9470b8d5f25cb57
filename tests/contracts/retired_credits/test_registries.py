"""`set_registry`: off until the owner switches a registry on, with the document that says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import REGISTRY, TONNE_UG, ZERO, Retirements, Signed, serial_range

VERRA = b"verra".ljust(32, b"\0")
POLICY = b"\x44" * 32


def test_set_registry__switched_on__mints_its_retirements(
    credits: Any, owner: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    receipt = credits.set_registry(VERRA, True, 10**9, POLICY, sender=owner)
    (event,) = receipt.decode_logs(credits.RegistrySet)
    assert (event.registry, event.enabled, event.unit_ug, event.policy) == (VERRA, True, 10**9, POLICY)
    assert tuple(credits.registry(VERRA)) == (True, 10**9, POLICY)
    signed = minted(alice, registry=VERRA)
    assert credits.certificate(signed.token_id).registry == VERRA


def test_set_registry__switched_off__keeps_certificates_and_mints_no_more(
    credits: Any,
    owner: Any,
    minted: Callable[..., Signed],
    retirements: Retirements,
    alice: Any,
    now: int,
) -> None:
    earlier = minted(alice)
    credits.set_registry(REGISTRY, False, TONNE_UG, POLICY, sender=owner)
    assert credits.certificate(earlier.token_id).registry == REGISTRY
    signed = retirements.make(alice, now)
    with ape.reverts("credits: registry is not switched on"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


def test_set_registry__another_unit__bounds_the_next_range(
    credits: Any, owner: Any, retirements: Retirements, alice: Any, now: int
) -> None:
    credits.set_registry(REGISTRY, True, 10**9, POLICY, sender=owner)
    signed = retirements.make(alice, now, serial_range(1, 5), amount_ug=5 * 10**9 + 1)
    with ape.reverts("credits: amount is above the serials' worth"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


def test_registry__never_set__is_all_zero(credits: Any) -> None:
    assert tuple(credits.registry(VERRA)) == (False, 0, ZERO)


def test_set_registry__by_anyone_else__reverts(credits: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        credits.set_registry(VERRA, True, TONNE_UG, POLICY, sender=alice)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((ZERO, True, TONNE_UG, POLICY), "credits: registry is empty"),
        ((VERRA, True, 0, POLICY), "credits: unit must be at least 1 ug"),
        ((VERRA, True, TONNE_UG, ZERO), "credits: policy is empty"),
    ],
)
def test_set_registry__incomplete__reverts(
    credits: Any, owner: Any, arguments: tuple[Any, ...], reason: str
) -> None:
    with ape.reverts(reason):
        credits.set_registry(*arguments, sender=owner)
