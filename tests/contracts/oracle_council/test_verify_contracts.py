"""`verify` with members that are contracts: 20 bytes stand for one, and count if it endorsed the digest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ape
import boa
import pytest
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from in_process import load
from signing import compact, make_keys, sign

from oracle_council.conftest import Mixed, mock

DIGEST = keccak(text="a report")
OTHER = keccak(text="another report")


def by(key: LocalAccount) -> bytes:
    """The signature of a key over the digest."""
    return sign(DIGEST, [key])[0]


@pytest.fixture
def endorsed(mixed: Mixed, alice: Any) -> Mixed:
    """A council whose contract endorsed the digest."""
    mixed.council.endorse(DIGEST, mixed.wallet, b"agreed", sender=alice)
    return mixed


def test_verify__contract_and_keys_ascending__gives_the_epoch(endorsed: Mixed) -> None:
    lower, upper = by(endorsed.lower), by(endorsed.upper)
    assert endorsed.council.verify(DIGEST, [lower, endorsed.entry]) == 1
    assert endorsed.council.verify(DIGEST, [endorsed.entry, upper]) == 1
    assert endorsed.council.verify(DIGEST, [lower, endorsed.entry, upper]) == 1
    assert endorsed.council.verify(DIGEST, [compact(lower), endorsed.entry, compact(upper)]) == 1


def test_verify__contract_and_keys_not_ascending__reverts(endorsed: Mixed) -> None:
    for signatures in ([endorsed.entry, by(endorsed.lower)], [by(endorsed.upper), endorsed.entry]):
        with ape.reverts("council: signatures must ascend by signer"):
            endorsed.council.verify(DIGEST, signatures)


def test_verify__contract_twice__reverts(endorsed: Mixed) -> None:
    with ape.reverts("council: signatures must ascend by signer"):
        endorsed.council.verify(DIGEST, [endorsed.entry, endorsed.entry])


def test_verify__contract_alone_of_two_needed__reverts(endorsed: Mixed) -> None:
    with ape.reverts("council: too few signatures"):
        endorsed.council.verify(DIGEST, [endorsed.entry])


def test_verify__contracts_alone__give_the_epoch(project: Any, owner: Any, guardian: Any, alice: Any) -> None:
    wallets = [owner.deploy(mock("contract_wallet"), b"agreed") for _ in range(3)]
    wallets.sort(key=lambda wallet: int(wallet.address, 16))
    members = [(wallet.address, True, "", "") for wallet in wallets]
    council = owner.deploy(project.OracleCouncil, owner, guardian, members, 3)
    entries = [bytes.fromhex(wallet.address[2:]) for wallet in wallets]
    for wallet in wallets:
        with ape.reverts("council: contract has not endorsed the report"):
            council.verify(DIGEST, entries)
        council.endorse(DIGEST, wallet, b"agreed", sender=alice)
    assert council.verify(DIGEST, entries) == 1


def test_verify__contract_that_did_not_endorse__reverts(mixed: Mixed, owner: Any, alice: Any) -> None:
    mixed.wallet.approve(DIGEST, True, sender=owner)
    mixed.council.endorse(OTHER, mixed.wallet, b"agreed", sender=alice)
    with ape.reverts("council: contract has not endorsed the report"):
        mixed.council.verify(DIGEST, [by(mixed.lower), mixed.entry])


def test_verify__contract_that_withdrew_after_it_endorsed__gives_the_epoch(mixed: Mixed, owner: Any) -> None:
    mixed.wallet.approve(DIGEST, True, sender=owner)
    mixed.council.endorse(DIGEST, mixed.wallet, b"", sender=owner)
    mixed.wallet.approve(DIGEST, False, sender=owner)
    assert mixed.council.verify(DIGEST, [by(mixed.lower), mixed.entry]) == 1


def test_verify__endorsement_of_an_earlier_epoch__reverts_until_endorsed_anew(
    endorsed: Mixed, guardian: Any, alice: Any
) -> None:
    endorsed.council.remove(endorsed.upper.address, sender=guardian)
    signatures = [by(endorsed.lower), endorsed.entry]
    with ape.reverts("council: contract has not endorsed the report"):
        endorsed.council.verify(DIGEST, signatures)
    endorsed.council.endorse(DIGEST, endorsed.wallet, b"agreed", sender=alice)
    assert endorsed.council.verify(DIGEST, signatures) == 2


def test_verify__removed_contract__reverts(endorsed: Mixed, guardian: Any) -> None:
    endorsed.council.remove(endorsed.wallet, sender=guardian)
    assert endorsed.council.verify(DIGEST, [by(endorsed.lower), by(endorsed.upper)]) == 2
    with ape.reverts("council: not a contract signer of this epoch"):
        endorsed.council.verify(DIGEST, [by(endorsed.lower), endorsed.entry])


def test_verify__address_of_a_key_or_of_a_stranger__reverts(endorsed: Mixed) -> None:
    (stranger,) = make_keys(1, "stranger")
    for address in (endorsed.lower.address, stranger.address, "0x" + "00" * 20):
        with ape.reverts("council: not a contract signer of this epoch"):
            endorsed.council.verify(DIGEST, [bytes.fromhex(address[2:]), endorsed.entry])


def test_verify__key_by_signature_and_by_address__reverts(endorsed: Mixed) -> None:
    address = bytes.fromhex(endorsed.lower.address[2:])
    with ape.reverts("council: not a contract signer of this epoch"):
        endorsed.council.verify(DIGEST, [by(endorsed.lower), address])


@pytest.mark.parametrize("size", [0, 1, 19, 21, 63])
def test_verify__entry_of_no_known_length__reverts(endorsed: Mixed, size: int) -> None:
    entry = (endorsed.entry + bytes(45))[:size]
    with ape.reverts("council: signature must have 20, 64 or 65 bytes"):
        endorsed.council.verify(DIGEST, [by(endorsed.lower), entry])


def test_verify__address_padded_to_the_length_of_a_signature__reverts(endorsed: Mixed) -> None:
    for padded in (endorsed.entry + bytes(45), bytes(44) + endorsed.entry):
        with ape.reverts("ecdsa: invalid signature"):
            endorsed.council.verify(DIGEST, [by(endorsed.lower), padded])


def test_verify__entry_longer_than_a_signature__reverts(endorsed: Mixed) -> None:
    with ape.reverts():
        endorsed.council.verify(DIGEST, [by(endorsed.lower), by(endorsed.upper) + b"\0"])
    assert endorsed.council.verify(DIGEST, [by(endorsed.lower), by(endorsed.upper)]) == 1


@dataclass(frozen=True)
class Delegated:
    """A council with a seat for an account that has a key and runs a wallet's code (EIP-7702)."""

    council: Any
    key: LocalAccount
    other: LocalAccount

    @property
    def entry(self) -> bytes:
        """What stands for the account among the signatures if it sits as a contract."""
        return bytes.fromhex(self.key.address[2:])


@contextmanager
def seated(is_contract: bool) -> Iterator[Delegated]:
    """In process, where a test may write the code of an account. This code says yes to anything."""
    key, other = make_keys(2, "delegated")
    with boa.env.anchor():
        code = load("tests/contracts/mocks/slow_wallet.vy", 0).address
        boa.env.set_code(key.address, bytes.fromhex("ef0100" + code[2:]))
        members = [(key.address, is_contract, "", ""), (other.address, False, "", "")]
        council = load("contracts/OracleCouncil.vy", boa.env.eoa, boa.env.eoa, members, 2)
        yield Delegated(council, key, other)


def test_verify__delegated_account_that_sits_as_a_key__signs_with_its_key() -> None:
    with seated(is_contract=False) as seat:
        assert seat.council.verify(DIGEST, [by(seat.key), by(seat.other)]) == 1
        with boa.reverts("council: not a contract signer of this epoch"):
            seat.council.endorse(DIGEST, seat.key.address, b"")
        with boa.reverts("council: not a contract signer of this epoch"):
            seat.council.verify(DIGEST, [seat.entry, by(seat.other)])


def test_verify__delegated_account_that_sits_as_a_contract__signs_by_endorsement() -> None:
    with seated(is_contract=True) as seat:
        seat.council.endorse(DIGEST, seat.key.address, b"")
        assert seat.council.verify(DIGEST, [seat.entry, by(seat.other)]) == 1
        with boa.reverts("council: not a signer of this epoch"):
            seat.council.verify(DIGEST, [by(seat.key), by(seat.other)])


def test_verify__one_account_by_endorsement_and_by_key__reverts() -> None:
    with seated(is_contract=True) as seat:
        seat.council.endorse(DIGEST, seat.key.address, b"")
        for signatures in ([seat.entry, by(seat.key)], [by(seat.key), seat.entry]):
            with boa.reverts("council: not a signer of this epoch"):
                seat.council.verify(DIGEST, signatures)
