"""What a council is deployed with."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from conftest import as_members
from eth_account.signers.local import LocalAccount
from signing import make_keys

NOBODY = "0x" + "00" * 20


def test_constructor__three_members_two_needed__start_epoch_one(
    council: Any, owner: Any, guardian: Any, members: Any
) -> None:
    assert tuple(council.council()) == (1, 2, 3)
    assert (council.owner(), council.guardian()) == (owner, guardian)
    receipt = council.creation_metadata.receipt
    (event,) = receipt.decode_logs(council.EpochStarted)
    assert (event.epoch, event.threshold) == (1, 2)
    assert list(event.signers) == [member[0] for member in members]
    (named,) = receipt.decode_logs(council.GuardianChanged)
    assert named.guardian == guardian


def test_constructor__sixteen_members__are_accepted(project: Any, owner: Any, guardian: Any) -> None:
    members = as_members(make_keys(16))
    deployed = owner.deploy(project.OracleCouncil, owner, guardian, members, 16)
    assert tuple(deployed.council()) == (1, 16, 16)
    assert [tuple(member) for member in deployed.members()] == members


@pytest.mark.parametrize(
    ("order", "threshold", "reason"),
    [
        ([0, 1, 2], 0, "council: threshold must be at least 1"),
        ([0, 1, 2], 4, "council: threshold is above the number of members"),
        ([], 1, "council: threshold is above the number of members"),
        ([1, 0, 2], 2, "council: members must ascend by signer"),
        ([0, 1, 1], 2, "council: members must ascend by signer"),
    ],
)
def test_constructor__members_that_make_no_council__reverts(
    project: Any, owner: Any, guardian: Any, members: Any, order: list[int], threshold: int, reason: str
) -> None:
    with ape.reverts(reason):
        owner.deploy(project.OracleCouncil, owner, guardian, [members[at] for at in order], threshold)


def test_constructor__zero_address_as_signer__reverts(project: Any, owner: Any, guardian: Any) -> None:
    with ape.reverts("council: members must ascend by signer"):
        owner.deploy(project.OracleCouncil, owner, guardian, [(NOBODY, False, "", "")], 1)


def test_constructor__contract_signer_with_code__is_a_member(
    project: Any, owner: Any, guardian: Any, council: Any
) -> None:
    member = (council.address, True, "A contract", "https://contract.example")
    deployed = owner.deploy(project.OracleCouncil, owner, guardian, [member], 1)
    assert [tuple(found) for found in deployed.members()] == [member]


def test_constructor__contract_signer_without_code__reverts(
    project: Any, owner: Any, guardian: Any, keys: list[LocalAccount]
) -> None:
    with ape.reverts("council: contract signer has no code"):
        owner.deploy(project.OracleCouncil, owner, guardian, [(keys[0].address, True, "", "")], 1)


def test_constructor__no_owner__reverts(project: Any, owner: Any, guardian: Any, members: Any) -> None:
    with ape.reverts("council: owner is empty"):
        owner.deploy(project.OracleCouncil, NOBODY, guardian, members, 2)
