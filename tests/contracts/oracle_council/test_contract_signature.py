"""The module that asks whether an account signed: by key, or as a contract, whatever the contract does."""

from __future__ import annotations

from typing import Any

import boa
import pytest
from eth_utils import keccak, to_checksum_address
from in_process import load
from signing import compact, make_keys, sign, with_high_s

MOCKS = "tests/contracts/mocks"
DIGEST = keccak(text="a report")
MAGIC = bytes.fromhex("1626ba7e")
MAGIC_WORD = MAGIC + bytes(28)
NOBODY = "0x" + "00" * 20
KEY, STRANGER = make_keys(2, "account")
WALLET_GAS = 200_000


@pytest.fixture(scope="module")
def harness() -> Any:
    return load(f"{MOCKS}/contract_signature_harness.vy")


def wallet(name: str, *arguments: Any) -> str:
    """Address of a new wallet from `mocks/`."""
    return str(load(f"{MOCKS}/{name}.vy", *arguments).address)


def key_signature() -> bytes:
    (signature,) = sign(DIGEST, [KEY])
    return signature


def test_is_valid__key_in_both_forms__is_true(harness: Any) -> None:
    assert harness.is_valid(KEY.address, DIGEST, key_signature())
    assert harness.is_valid(KEY.address, DIGEST, compact(key_signature()))


@pytest.mark.parametrize("v_on_chain", [27, 28])
def test_is_valid__compact_form_of_either_v__is_true(harness: Any, v_on_chain: int) -> None:
    digests = [keccak(text=f"report {number}") for number in range(8)]
    signatures = [(digest, sign(digest, [KEY])[0]) for digest in digests]
    digest, signature = next(item for item in signatures if item[1][64] == v_on_chain)
    assert harness.is_valid(KEY.address, digest, compact(signature))


def test_is_valid__another_signer_or_digest__is_false(harness: Any) -> None:
    assert not harness.is_valid(STRANGER.address, DIGEST, key_signature())
    assert not harness.is_valid(KEY.address, keccak(text="another report"), key_signature())


def test_is_valid__high_s__is_false(harness: Any) -> None:
    assert not harness.is_valid(KEY.address, DIGEST, with_high_s(key_signature()))


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_is_valid__v_other_than_27_or_28__is_false(harness: Any, v: int) -> None:
    assert not harness.is_valid(KEY.address, DIGEST, key_signature()[:64] + bytes([v]))


@pytest.mark.parametrize("size", [0, 1, 20, 63, 66, 1024])
def test_is_valid__key_signature_of_another_length__is_false(harness: Any, size: int) -> None:
    padded = key_signature() + bytes(1024)
    assert not harness.is_valid(KEY.address, DIGEST, padded[:size])


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(65), b"\xff" * 65])
def test_is_valid__zero_address__is_false(harness: Any, signature: bytes) -> None:
    assert not harness.is_valid(NOBODY, DIGEST, signature)
    assert not harness.is_valid_contract(NOBODY, DIGEST, signature)


def test_is_valid_contract__signature_by_a_key__is_false(harness: Any) -> None:
    assert harness.is_valid(KEY.address, DIGEST, key_signature())
    assert not harness.is_valid_contract(KEY.address, DIGEST, key_signature())


@pytest.mark.parametrize("size", [1, 20, 64, 65, 66, 1024])
def test_is_valid__wallet_that_accepts_a_signature__gets_every_byte_of_it(harness: Any, size: int) -> None:
    accepted = bytes(1 + at % 255 for at in range(size))
    signer = wallet("contract_wallet", accepted)
    for ask in (harness.is_valid, harness.is_valid_contract):
        assert ask(signer, DIGEST, accepted)
        assert not ask(signer, DIGEST, accepted[:-1])
        assert not ask(signer, DIGEST, accepted[:-1] + b"\0")


def test_is_valid__wallet_that_approved_on_chain__takes_an_empty_signature(harness: Any) -> None:
    signer = load(f"{MOCKS}/contract_wallet.vy", b"agreed")
    assert not harness.is_valid(signer.address, DIGEST, b"")
    signer.approve(DIGEST, True)
    assert harness.is_valid(signer.address, DIGEST, b"")
    assert not harness.is_valid(signer.address, keccak(text="another report"), b"")


def test_is_valid__signature_beyond_1024_bytes__reverts(harness: Any) -> None:
    signer = wallet("answering_wallet", MAGIC_WORD, False)
    assert harness.is_valid(signer, DIGEST, bytes(1024))
    with pytest.raises(boa.BoaError):
        harness.is_valid(signer, DIGEST, bytes(1025))


@pytest.mark.parametrize("answer", [MAGIC_WORD, MAGIC_WORD + b"\xff" * 64])
def test_is_valid__answer_that_starts_with_the_magic_word__is_true(harness: Any, answer: bytes) -> None:
    assert harness.is_valid(wallet("answering_wallet", answer, False), DIGEST, b"")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        MAGIC,
        MAGIC_WORD[:31],
        bytes(32),
        bytes(31) + b"\x01",
        bytes(28) + MAGIC,
        MAGIC + bytes(27) + b"\x01",
        b"\xff" * 32,
        b"\xff" * 96,
        bytes(32) + MAGIC_WORD,
    ],
)
def test_is_valid__any_other_answer__is_false(harness: Any, answer: bytes) -> None:
    assert not harness.is_valid(wallet("answering_wallet", answer, False), DIGEST, b"")


@pytest.mark.parametrize("reason", [b"", b"no", MAGIC_WORD])
def test_is_valid__wallet_that_reverts__is_false_whatever_the_reason(harness: Any, reason: bytes) -> None:
    assert not harness.is_valid(wallet("answering_wallet", reason, True), DIGEST, b"")


def test_is_valid__contract_that_is_no_wallet__is_false(harness: Any) -> None:
    assert not harness.is_valid(harness.address, DIGEST, b"")


@pytest.mark.parametrize("number", range(1, 11))
def test_is_valid__precompile__is_false(harness: Any, number: int) -> None:
    """The fourth gives its input back, so a digest of zeros would turn its answer into the magic word."""
    precompile = to_checksum_address(number.to_bytes(20))
    assert not harness.is_valid(precompile, bytes(32), b"")


def test_is_valid__wallet_that_never_ends__is_false_and_costs_no_more_than_its_cap(harness: Any) -> None:
    assert not harness.is_valid(wallet("slow_wallet", 2**256 - 1), DIGEST, b"")
    assert WALLET_GAS < harness._computation.get_gas_used() < WALLET_GAS + 10_000


def test_is_valid__wallet_within_its_cap__is_true_unless_the_sender_is_mean_with_gas(harness: Any) -> None:
    signer = wallet("slow_wallet", 1000)
    assert harness.is_valid(signer, DIGEST, b"")
    needed = harness._computation.get_gas_used()
    assert 100_000 < needed < WALLET_GAS
    assert not harness.is_valid(signer, DIGEST, b"", gas=needed - 10_000)


def test_is_valid__wallet_beyond_its_cap__is_false_with_any_gas(harness: Any) -> None:
    assert not harness.is_valid(wallet("slow_wallet", 3000), DIGEST, b"", gas=10_000_000)


def test_is_valid__wallet_that_writes__cannot(harness: Any) -> None:
    signer = load(f"{MOCKS}/calling_wallet.vy")
    signer.prepare(signer.address, keccak(text="count()")[:4])
    assert harness.is_valid(signer.address, DIGEST, b"")
    assert signer.asked() == 0
    assert signer.call()
    assert signer.asked() == 1


def delegate(code_of: str) -> str:
    """Lets the account with the key run the code of a wallet (EIP-7702), over storage of its own."""
    boa.env.set_code(KEY.address, bytes.fromhex("ef0100" + code_of[2:]))
    return str(KEY.address)


def test_is_valid__account_that_delegated_to_code__signs_with_its_key(harness: Any) -> None:
    with boa.env.anchor():
        account = delegate(wallet("contract_wallet", b""))
        assert harness.is_valid(account, DIGEST, key_signature())
        assert harness.is_valid(account, DIGEST, compact(key_signature()))
        assert not harness.is_valid(account, DIGEST, sign(DIGEST, [STRANGER])[0])
        assert not harness.is_valid(account, DIGEST, b"")
        assert not harness.is_valid_contract(account, DIGEST, key_signature())


def test_is_valid__account_that_delegated_to_code__signs_through_the_code_too(harness: Any) -> None:
    assert not harness.is_valid(KEY.address, DIGEST, b"anything")
    with boa.env.anchor():
        account = delegate(wallet("slow_wallet", 0))
        assert harness.is_valid(account, DIGEST, b"anything")
        assert harness.is_valid_contract(account, DIGEST, b"anything")
