"""Who sits on the council."""

from __future__ import annotations

from typing import Any

from eth_account.signers.local import LocalAccount

from oracle_council.conftest import Mixed


def test_members__current_epoch__come_with_name_and_url(council: Any, members: Any) -> None:
    assert [tuple(member) for member in council.members()] == members


def test_members__after_a_removal__are_those_left(
    council: Any, guardian: Any, members: Any, keys: list[LocalAccount]
) -> None:
    council.remove(keys[1].address, sender=guardian)
    assert [tuple(member) for member in council.members()] == [members[0], members[2]]


def test_members__contract_among_them__is_marked(mixed: Mixed) -> None:
    assert [tuple(member) for member in mixed.council.members()] == mixed.members
    assert [member.is_contract for member in mixed.council.members()] == [False, True, False]


def test_is_signer__contract__is_a_signer_as_keys_are(mixed: Mixed) -> None:
    assert [mixed.council.is_signer(member[0]) for member in mixed.members] == [True, True, True]


def test_is_signer__member_and_stranger__are_told_apart(
    council: Any, alice: Any, keys: list[LocalAccount]
) -> None:
    assert [council.is_signer(key.address) for key in keys] == [True, True, True]
    assert not council.is_signer(alice)
    assert not council.is_signer("0x" + "00" * 20)


def test_change_delay__any_council__is_two_days(council: Any) -> None:
    assert council.CHANGE_DELAY() == 48 * 3600


def test_proposal_id__another_threshold_or_epoch__differs(
    council: Any, guardian: Any, members: Any, keys: list[LocalAccount]
) -> None:
    first = council.proposal_id(members, 2)
    assert council.proposal_id(members, 3) != first
    council.remove(keys[0].address, sender=guardian)
    assert council.proposal_id(members, 2) != first
