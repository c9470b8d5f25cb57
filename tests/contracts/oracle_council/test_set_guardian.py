"""`set_guardian`: the owner names who may remove a signer at once."""

from __future__ import annotations

from typing import Any

import ape
from eth_account.signers.local import LocalAccount


def test_set_guardian__by_the_owner__replaces_the_old_one(
    council: Any, owner: Any, guardian: Any, alice: Any, keys: list[LocalAccount]
) -> None:
    receipt = council.set_guardian(alice, sender=owner)
    (event,) = receipt.decode_logs(council.GuardianChanged)
    assert event.guardian == alice
    with ape.reverts("council: caller is not the guardian or owner"):
        council.remove(keys[0].address, sender=guardian)
    council.remove(keys[0].address, sender=alice)
    assert not council.is_signer(keys[0].address)


def test_set_guardian__zero_address__leaves_removal_to_the_owner(
    council: Any, owner: Any, guardian: Any, keys: list[LocalAccount]
) -> None:
    council.set_guardian("0x" + "00" * 20, sender=owner)
    with ape.reverts("council: caller is not the guardian or owner"):
        council.remove(keys[0].address, sender=guardian)
    council.remove(keys[0].address, sender=owner)
    assert not council.is_signer(keys[0].address)


def test_set_guardian__by_anyone_else__reverts(council: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        council.set_guardian(alice, sender=alice)
