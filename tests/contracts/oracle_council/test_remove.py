"""`remove`: at once, by guardian or owner, and no older announcement brings the signer back."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from signing import sign

from oracle_council.conftest import Mixed

Keys = list[LocalAccount]
DIGEST = keccak(text="a report")


def test_remove__by_the_guardian__starts_an_epoch_without_the_signer(
    council: Any, guardian: Any, keys: Keys
) -> None:
    receipt = council.remove(keys[1].address, sender=guardian)
    assert tuple(council.council()) == (2, 2, 2)
    assert [council.is_signer(key.address) for key in keys] == [True, False, True]
    (removed,) = receipt.decode_logs(council.SignerRemoved)
    assert (removed.signer, removed.by) == (keys[1].address, guardian)
    (started,) = receipt.decode_logs(council.EpochStarted)
    assert (started.epoch, started.threshold) == (2, 2)
    assert list(started.signers) == [keys[0].address, keys[2].address]


def test_remove__by_the_owner__starts_an_epoch_without_the_signer(
    council: Any, owner: Any, keys: Keys
) -> None:
    council.remove(keys[0].address, sender=owner)
    assert not council.is_signer(keys[0].address)


def test_remove__a_key_beside_a_contract__leaves_each_what_it_was(
    mixed: Mixed, guardian: Any, alice: Any
) -> None:
    mixed.council.remove(mixed.upper.address, sender=guardian)
    assert [tuple(member) for member in mixed.council.members()] == mixed.members[:2]
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    assert mixed.council.verify(DIGEST, [*sign(DIGEST, [mixed.lower]), mixed.entry]) == 2


def test_remove__a_contract__leaves_the_keys(mixed: Mixed, guardian: Any) -> None:
    mixed.council.remove(mixed.wallet, sender=guardian)
    assert [tuple(member) for member in mixed.council.members()] == [mixed.members[0], mixed.members[2]]
    assert not mixed.council.is_signer(mixed.wallet)


def test_remove__by_anyone_else__reverts(council: Any, alice: Any, keys: Keys) -> None:
    with ape.reverts("council: caller is not the guardian or owner"):
        council.remove(keys[0].address, sender=alice)


def test_remove__not_a_signer__reverts(council: Any, guardian: Any, alice: Any) -> None:
    with ape.reverts("council: not a signer of this epoch"):
        council.remove(alice, sender=guardian)


def test_remove__below_the_threshold__silences_the_council(council: Any, guardian: Any, keys: Keys) -> None:
    for key in keys[:2]:
        council.remove(key.address, sender=guardian)
    assert tuple(council.council()) == (3, 2, 1)
    with ape.reverts("council: too few signatures"):
        council.verify(DIGEST, sign(DIGEST, keys[2:]))
    with ape.reverts("council: not a signer of this epoch"):
        council.verify(DIGEST, sign(DIGEST, keys[:2]))


def test_remove__everyone__leaves_a_council_the_owner_can_fill_again(
    council: Any, guardian: Any, owner: Any, chain: Any, keys: Keys, members: Any
) -> None:
    for key in keys:
        council.remove(key.address, sender=guardian)
    assert tuple(council.council()) == (4, 2, 0)
    assert list(council.members()) == []
    with ape.reverts("council: too few signatures"):
        council.verify(DIGEST, [])
    council.propose(members, 2, sender=owner)
    chain.pending_timestamp += council.CHANGE_DELAY()
    council.activate(members, 2, sender=owner)
    assert council.verify(DIGEST, sign(DIGEST, keys)) == 5


def test_remove__after_a_proposal_that_names_the_signer__keeps_it_from_being_activated(
    council: Any, guardian: Any, owner: Any, chain: Any, keys: Keys, members: Any
) -> None:
    council.propose(members, 1, sender=owner)
    council.remove(keys[0].address, sender=guardian)
    chain.pending_timestamp += council.CHANGE_DELAY()
    with ape.reverts("council: not proposed in this epoch"):
        council.activate(members, 1, sender=owner)


@pytest.mark.parametrize("action", ["propose", "activate", "cancel", "set_guardian", "transfer_ownership"])
def test_remove__is_all_the_guardian_may_do(council: Any, guardian: Any, members: Any, action: str) -> None:
    arguments = {
        "cancel": [b"\x01" * 32],
        "set_guardian": [guardian],
        "transfer_ownership": [guardian],
    }.get(action, [members, 1])
    with ape.reverts("ownable: caller is not the owner"):
        getattr(council, action)(*arguments, sender=guardian)
