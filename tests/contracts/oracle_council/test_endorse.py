"""`endorse`: a member that is a contract signs a digest, and only while its epoch lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_utils import keccak
from signing import sign

from oracle_council.conftest import Mixed, mock

DIGEST = keccak(text="a report")
OTHER = keccak(text="another report")
MAGIC_WORD = bytes.fromhex("1626ba7e") + bytes(28)


def test_endorse__approved_on_chain__takes_an_empty_signature_from_anyone(
    mixed: Mixed, owner: Any, alice: Any
) -> None:
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)
    mixed.wallet.approve(DIGEST, True, sender=owner)
    assert not mixed.council.is_endorsed(DIGEST, mixed.wallet)
    receipt = mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)
    (event,) = receipt.decode_logs(mixed.council.Endorsed)
    assert (event.digest, event.signer, event.epoch) == (DIGEST, mixed.wallet, 1)
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)
    assert not mixed.council.is_endorsed(OTHER, mixed.wallet)
    assert not mixed.council.is_endorsed(DIGEST, mixed.lower.address)


@pytest.mark.parametrize("size", [1, 20, 65, 66, 1024])
def test_endorse__signature_of_any_length_the_wallet_takes__is_endorsed(
    seat: Callable[[Any], Mixed], owner: Any, alice: Any, size: int
) -> None:
    mixed = seat(owner.deploy(mock("contract_wallet"), b"\x07" * size))
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"\x07" * (size - 1), sender=alice)
    mixed.council.endorse(DIGEST, mixed.wallet, b"\x07" * size, sender=alice)
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)


def test_endorse__signature_the_wallet_refuses__reverts(mixed: Mixed, alice: Any) -> None:
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"refused", sender=alice)
    assert not mixed.council.is_endorsed(DIGEST, mixed.wallet)


def test_endorse__member_that_signs_with_a_key__reverts(mixed: Mixed, alice: Any) -> None:
    (signature,) = sign(DIGEST, [mixed.lower])
    with ape.reverts("council: not a contract signer of this epoch"):
        mixed.council.endorse(DIGEST, mixed.lower.address, signature, sender=alice)


def test_endorse__wallet_that_is_no_member__reverts(mixed: Mixed, owner: Any, alice: Any) -> None:
    stranger = owner.deploy(mock("contract_wallet"), b"agreed")
    with ape.reverts("council: not a contract signer of this epoch"):
        mixed.council.endorse(DIGEST, stranger, b"agreed", sender=alice)


def test_endorse__again__changes_nothing_and_asks_nobody(mixed: Mixed, alice: Any, bob: Any) -> None:
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    receipt = mixed.council.endorse(DIGEST, mixed.wallet, b"refused", sender=bob)
    assert list(receipt.decode_logs(mixed.council.Endorsed)) == []
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)


def test_endorse__wallet_that_withdraws_afterwards__stays_endorsed(
    mixed: Mixed, owner: Any, alice: Any
) -> None:
    mixed.wallet.approve(DIGEST, True, sender=owner)
    mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)
    mixed.wallet.approve(DIGEST, False, sender=owner)
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)


def test_endorse__wallet_that_withdraws_before__reverts(mixed: Mixed, owner: Any, alice: Any) -> None:
    for digest in (DIGEST, OTHER):
        mixed.wallet.approve(digest, True, sender=owner)
    mixed.wallet.approve(DIGEST, False, sender=owner)
    mixed.council.endorse(OTHER, mixed.wallet, b"", sender=alice)
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)


def test_endorse__removed_wallet__reverts(mixed: Mixed, guardian: Any, alice: Any) -> None:
    mixed.council.remove(mixed.wallet, sender=guardian)
    with ape.reverts("council: not a contract signer of this epoch"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)


def test_endorse__in_an_earlier_epoch__is_dead_until_endorsed_anew(
    mixed: Mixed, guardian: Any, alice: Any
) -> None:
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    mixed.council.remove(mixed.lower.address, sender=guardian)
    assert mixed.council.is_signer(mixed.wallet)
    assert not mixed.council.is_endorsed(DIGEST, mixed.wallet)
    receipt = mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    (event,) = receipt.decode_logs(mixed.council.Endorsed)
    assert event.epoch == 2
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)


def test_endorse__wallet_back_after_its_removal__needs_a_new_endorsement(
    mixed: Mixed, owner: Any, guardian: Any, alice: Any, chain: Any
) -> None:
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    mixed.council.remove(mixed.wallet, sender=guardian)
    mixed.council.propose(mixed.members, 2, sender=owner)
    chain.pending_timestamp += mixed.council.CHANGE_DELAY()
    mixed.council.activate(mixed.members, 2, sender=owner)
    assert mixed.council.is_signer(mixed.wallet)
    assert not mixed.council.is_endorsed(DIGEST, mixed.wallet)


@pytest.mark.parametrize(
    "answer",
    [b"", MAGIC_WORD[:31], b"\xff" * 32, bytes(32) + MAGIC_WORD],
    ids=["nothing", "too short", "garbage", "magic word too late"],
)
def test_endorse__wallet_that_answers_anything_else__reverts(
    seat: Callable[[Any], Mixed], owner: Any, alice: Any, answer: bytes
) -> None:
    mixed = seat(owner.deploy(mock("answering_wallet"), answer, False))
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)


def test_endorse__wallet_that_answers_or_reverts_with_the_magic_word__are_told_apart(
    seat: Callable[[Any], Mixed], owner: Any, alice: Any
) -> None:
    answering = seat(owner.deploy(mock("answering_wallet"), MAGIC_WORD, False))
    answering.council.endorse(DIGEST, answering.wallet, b"", sender=alice)
    assert answering.council.is_endorsed(DIGEST, answering.wallet)
    reverting = seat(owner.deploy(mock("answering_wallet"), MAGIC_WORD, True))
    with ape.reverts("council: contract did not sign"):
        reverting.council.endorse(DIGEST, reverting.wallet, b"", sender=alice)


def test_endorse__wallet_that_burns_all_gas__reverts_with_the_reason(
    seat: Callable[[Any], Mixed], owner: Any, alice: Any
) -> None:
    mixed = seat(owner.deploy(mock("slow_wallet"), 2**256 - 1))
    with ape.reverts("council: contract did not sign"):
        mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice, gas=300_000)


def test_endorse__wallet_that_endorses_something_else_meanwhile__cannot(
    seat: Callable[[Any], Mixed], owner: Any, alice: Any
) -> None:
    mixed = seat(owner.deploy(mock("calling_wallet")))
    inner = mixed.council.set_guardian.encode_input(alice)
    mixed.council.transfer_ownership(mixed.wallet, sender=owner)
    accept = mixed.council.accept_ownership.encode_input()
    mixed.wallet.prepare(mixed.council, accept, sender=alice)
    mixed.wallet.call(sender=alice)
    assert mixed.council.owner() == mixed.wallet
    mixed.wallet.prepare(mixed.council, inner, sender=alice)
    mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=alice)
    assert mixed.council.is_endorsed(DIGEST, mixed.wallet)
    assert mixed.council.guardian() != alice
    mixed.wallet.call(sender=alice)
    assert mixed.council.guardian() == alice
