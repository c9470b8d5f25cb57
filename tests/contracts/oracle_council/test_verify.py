"""`verify`: enough valid signatures, by members of the current epoch, each once."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from conftest import as_members
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from signing import compact, make_keys, sign, with_high_s

Keys = list[LocalAccount]
DIGEST = keccak(text="a report")


@pytest.mark.parametrize("signers", [[0, 1], [0, 2], [1, 2], [0, 1, 2]])
def test_verify__threshold_or_more__gives_the_epoch(council: Any, keys: Keys, signers: list[int]) -> None:
    assert council.verify(DIGEST, sign(DIGEST, [keys[at] for at in signers])) == 1


def test_verify__compact_and_long_signatures_mixed__gives_the_epoch(council: Any, keys: Keys) -> None:
    first, second, third = sign(DIGEST, keys)
    assert council.verify(DIGEST, [compact(first), second, compact(third)]) == 1


def test_verify__all_of_sixteen__gives_the_epoch(project: Any, owner: Any, guardian: Any) -> None:
    many = make_keys(16)
    large = owner.deploy(project.OracleCouncil, owner, guardian, as_members(many), 16)
    assert large.verify(DIGEST, sign(DIGEST, many)) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_verify__fewer_than_the_threshold__reverts(council: Any, keys: Keys, count: int) -> None:
    with ape.reverts("council: too few signatures"):
        council.verify(DIGEST, sign(DIGEST, keys[:count]))


def test_verify__one_signer_twice__reverts(council: Any, keys: Keys) -> None:
    with ape.reverts("council: signatures must ascend by signer"):
        council.verify(DIGEST, sign(DIGEST, [keys[0], keys[0]]))


def test_verify__one_signer_in_both_forms__reverts(council: Any, keys: Keys) -> None:
    (signature,) = sign(DIGEST, keys[:1])
    with ape.reverts("council: signatures must ascend by signer"):
        council.verify(DIGEST, [signature, compact(signature)])


def test_verify__descending__reverts(council: Any, keys: Keys) -> None:
    with ape.reverts("council: signatures must ascend by signer"):
        council.verify(DIGEST, sign(DIGEST, [keys[1], keys[0]]))


def test_verify__a_stranger_among_them__reverts(council: Any, keys: Keys) -> None:
    mixed = sorted([*keys, *make_keys(1, "stranger")], key=lambda key: int(key.address, 16))
    with ape.reverts("council: not a signer of this epoch"):
        council.verify(DIGEST, sign(DIGEST, mixed))


def test_verify__signatures_over_another_digest__reverts(council: Any, keys: Keys) -> None:
    with ape.reverts("council: not a signer of this epoch"):
        council.verify(keccak(text="another report"), sign(DIGEST, keys))


def test_verify__high_s__reverts(council: Any, keys: Keys) -> None:
    first, second = sign(DIGEST, keys[:2])
    with ape.reverts("ecdsa: invalid signature `s` value"):
        council.verify(DIGEST, [first, with_high_s(second)])


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_verify__v_other_than_27_or_28__reverts(council: Any, keys: Keys, v: int) -> None:
    first, second = sign(DIGEST, keys[:2])
    with ape.reverts("ecdsa: invalid signature"):
        council.verify(DIGEST, [first, second[:64] + bytes([v])])


def test_verify__zero_signature__reverts(council: Any, keys: Keys) -> None:
    with ape.reverts("ecdsa: invalid signature"):
        council.verify(DIGEST, [bytes(65), *sign(DIGEST, keys[:1])])


@pytest.mark.parametrize("size", [0, 1, 19, 21, 63])
def test_verify__neither_signature_nor_address__reverts(council: Any, keys: Keys, size: int) -> None:
    first, second = sign(DIGEST, keys[:2])
    with ape.reverts("council: signature must have 20, 64 or 65 bytes"):
        council.verify(DIGEST, [first, second[:size]])


def test_verify__removed_signer_among_them__reverts(council: Any, guardian: Any, keys: Keys) -> None:
    council.remove(keys[2].address, sender=guardian)
    assert council.verify(DIGEST, sign(DIGEST, keys[:2])) == 2
    with ape.reverts("council: not a signer of this epoch"):
        council.verify(DIGEST, sign(DIGEST, keys))
