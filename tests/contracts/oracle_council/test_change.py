"""`propose`, `activate` and `cancel`: a new epoch is announced two days before it starts."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from conftest import as_members
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from signing import make_keys, sign

from oracle_council.conftest import Mixed

DIGEST = keccak(text="a report")
NEW_KEYS = make_keys(4, "next council")
NEW = as_members(NEW_KEYS)


def test_propose__by_the_owner__announces_members_and_time(council: Any, owner: Any) -> None:
    receipt = council.propose(NEW, 3, sender=owner)
    proposal = council.proposal_id(NEW, 3)
    (event,) = receipt.decode_logs(council.EpochProposed)
    effective_at = receipt.timestamp + 48 * 3600
    assert (event.proposal, event.effective_at, event.threshold) == (proposal, effective_at, 3)
    assert [int(member[0], 16) for member in event.members] == [int(member[0], 16) for member in NEW]
    assert [tuple(member)[1:] for member in event.members] == [member[1:] for member in NEW]
    assert council.effective_at(proposal) == effective_at
    assert tuple(council.council()) == (1, 2, 3)


def test_propose__by_anyone_else__reverts(council: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        council.propose(NEW, 3, sender=alice)


@pytest.mark.parametrize(
    ("order", "threshold", "reason"),
    [
        ([0, 1], 0, "council: threshold must be at least 1"),
        ([0, 1], 3, "council: threshold is above the number of members"),
        ([1, 0], 2, "council: members must ascend by signer"),
        ([1, 1], 2, "council: members must ascend by signer"),
    ],
)
def test_propose__members_that_make_no_council__reverts(
    council: Any, owner: Any, order: list[int], threshold: int, reason: str
) -> None:
    with ape.reverts(reason):
        council.propose([NEW[at] for at in order], threshold, sender=owner)


def test_propose__contract_signer_without_code__reverts(council: Any, owner: Any) -> None:
    (address, _, name, url), *others = NEW
    with ape.reverts("council: contract signer has no code"):
        council.propose([(address, True, name, url), *others], 3, sender=owner)


def test_activate__signer_of_another_kind_than_before__signs_only_as_the_new_one(
    mixed: Mixed, owner: Any, alice: Any, chain: Any
) -> None:
    members = [mixed.members[0], (*mixed.members[1][:1], False, *mixed.members[1][2:]), mixed.members[2]]
    assert mixed.council.proposal_id(members, 2) != mixed.council.proposal_id(mixed.members, 2)
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    mixed.council.propose(members, 2, sender=owner)
    chain.pending_timestamp += 48 * 3600
    mixed.council.activate(members, 2, sender=owner)
    assert [member.is_contract for member in mixed.council.members()] == [False, False, False]
    with ape.reverts("council: not a contract signer of this epoch"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    with ape.reverts("council: not a contract signer of this epoch"):
        mixed.council.verify(DIGEST, [*sign(DIGEST, [mixed.lower]), mixed.entry])


def test_activate__after_the_delay__starts_the_epoch_and_ends_the_old_one(
    council: Any, owner: Any, chain: Any, keys: Any
) -> None:
    receipt = council.propose(NEW, 3, sender=owner)
    proposal = council.proposal_id(NEW, 3)
    chain.pending_timestamp = receipt.timestamp + 48 * 3600
    council.activate(NEW, 3, sender=owner)
    assert council.effective_at(proposal) == 0
    assert tuple(council.council()) == (2, 3, 4)
    assert [tuple(member) for member in council.members()] == NEW
    assert council.verify(DIGEST, sign(DIGEST, NEW_KEYS[1:])) == 2
    with ape.reverts("council: not a signer of this epoch"):
        council.verify(DIGEST, sign(DIGEST, keys))


def test_activate__lower_threshold__counts_only_from_then_on(
    council: Any, owner: Any, members: Any, chain: Any, keys: list[LocalAccount]
) -> None:
    council.propose(members, 1, sender=owner)
    with ape.reverts("council: too few signatures"):
        council.verify(DIGEST, sign(DIGEST, keys[:1]))
    chain.pending_timestamp += 48 * 3600
    council.activate(members, 1, sender=owner)
    assert council.verify(DIGEST, sign(DIGEST, keys[:1])) == 2


def test_activate__a_second_before__reverts(council: Any, owner: Any, chain: Any) -> None:
    receipt = council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp = receipt.timestamp + 48 * 3600 - 1
    with ape.reverts("council: too early"):
        council.activate(NEW, 3, sender=owner, gas=2_000_000)


def test_activate__last_moment_of_its_window__starts_the_epoch(council: Any, owner: Any, chain: Any) -> None:
    receipt = council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp = receipt.timestamp + (48 + 7 * 24) * 3600
    council.activate(NEW, 3, sender=owner)
    assert tuple(council.council()) == (2, 3, 4)


def test_activate__a_forgotten_proposal__reverts(council: Any, owner: Any, chain: Any) -> None:
    receipt = council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp = receipt.timestamp + (48 + 7 * 24) * 3600 + 1
    with ape.reverts("council: too late, propose again"):
        council.activate(NEW, 3, sender=owner, gas=2_000_000)


def test_activate__other_than_proposed__reverts(council: Any, owner: Any, chain: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp += 48 * 3600
    for members, threshold in ((NEW, 2), (NEW[1:], 3), ([(*NEW[0][:2], "Other", ""), *NEW[1:]], 3)):
        with ape.reverts("council: not proposed in this epoch"):
            council.activate(members, threshold, sender=owner)


def test_activate__twice__reverts(council: Any, owner: Any, chain: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp += 48 * 3600
    council.activate(NEW, 3, sender=owner)
    with ape.reverts("council: not proposed in this epoch"):
        council.activate(NEW, 3, sender=owner)


def test_activate__by_anyone_else__reverts(council: Any, owner: Any, alice: Any, chain: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp += 48 * 3600
    with ape.reverts("ownable: caller is not the owner"):
        council.activate(NEW, 3, sender=alice)


def test_activate__announced_again__waits_out_the_delay_again(council: Any, owner: Any, chain: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    chain.pending_timestamp += 48 * 3600
    council.propose(NEW, 3, sender=owner)
    with ape.reverts("council: too early"):
        council.activate(NEW, 3, sender=owner)


def test_cancel__announced__cannot_be_activated(council: Any, owner: Any, chain: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    proposal = council.proposal_id(NEW, 3)
    receipt = council.cancel(proposal, sender=owner)
    (event,) = receipt.decode_logs(council.EpochProposalCancelled)
    assert event.proposal == proposal
    chain.pending_timestamp += 48 * 3600
    with ape.reverts("council: not proposed in this epoch"):
        council.activate(NEW, 3, sender=owner)


def test_cancel__never_announced__reverts(council: Any, owner: Any) -> None:
    with ape.reverts("council: no such proposal"):
        council.cancel(b"\x01" * 32, sender=owner)


def test_cancel__by_anyone_else__reverts(council: Any, owner: Any, alice: Any) -> None:
    council.propose(NEW, 3, sender=owner)
    with ape.reverts("ownable: caller is not the owner"):
        council.cancel(council.proposal_id(NEW, 3), sender=alice)
