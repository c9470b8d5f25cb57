"""Council signatures, checked by the contract's own recovery as well."""

from __future__ import annotations

import pytest
from deployed import Deployed
from eth_account import Account
from web3.exceptions import ContractLogicError

from greenledger.council.signer import HALF_ORDER, CouncilSigner, InvalidSignatureBytes, recover

DIGEST = bytes(range(32))
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141  # SEC 2, section 2.4.1


def test_sign__any_digest__recovers_to_the_signer() -> None:
    signer = CouncilSigner(Account.create().key.hex())
    signature = signer.sign(DIGEST)
    assert (len(signature), signature[64] in (27, 28)) == (65, True)
    assert recover(DIGEST, signature) == signer.address


def test_sign__two_of_three__is_taken_by_the_contract(deployed: Deployed) -> None:
    signers = sorted(
        (CouncilSigner(key) for key in deployed.council_keys[:2]), key=lambda s: int(s.address, 16)
    )
    ascending = [signer.sign(DIGEST) for signer in signers]
    deployed.council.functions.verify(DIGEST, ascending).call()
    with pytest.raises(ContractLogicError, match="ascend"):
        deployed.council.functions.verify(DIGEST, ascending[::-1]).call()


def test_recover__other_digest__gives_another_address() -> None:
    signer = CouncilSigner(Account.create().key.hex())
    assert recover(bytes(32), signer.sign(DIGEST)) != signer.address


def test_recover__high_s__is_refused() -> None:
    signature = CouncilSigner(Account.create().key.hex()).sign(DIGEST)
    high_s = ORDER - int.from_bytes(signature[32:64])
    assert high_s > HALF_ORDER
    malleable = signature[:32] + high_s.to_bytes(32) + bytes([55 - signature[64]])
    with pytest.raises(InvalidSignatureBytes, match="lower half"):
        recover(DIGEST, malleable)


@pytest.mark.parametrize(
    "signature",
    [b"", b"\x01" * 64, b"\x01" * 64 + b"\x00", bytes(64) + b"\x1b", b"\xff" * 32 + bytes(31) + b"\x01\x1b"],
    ids=["empty", "64 bytes", "v of 0", "zeros", "r out of range"],
)
def test_recover__bytes_that_are_no_signature__are_refused(signature: bytes) -> None:
    with pytest.raises(InvalidSignatureBytes):
        recover(DIGEST, signature)


@pytest.mark.parametrize("key", ["", "0x12", "0x" + "00" * 32, "not a key of any kind"])
def test_signer__text_that_is_no_key__is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(ValueError, match="not a private key") as caught:
        CouncilSigner(key)
    assert not key or key not in str(caught.value)


def test_signer__shown__hides_the_key() -> None:
    key = Account.create().key.to_0x_hex()
    assert key[2:] not in repr(CouncilSigner(key)) + str(vars(CouncilSigner(key)))
