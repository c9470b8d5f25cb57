"""Sign-in by smart accounts whose signatures are no 65 bytes, deployed (ERC-1271) or not yet (ERC-6492)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from deployed import OWNER_ACCOUNT, LocalChain, account
from eth_abi.abi import encode
from eth_account.messages import defunct_hash_message
from eth_account.signers.local import LocalAccount
from httpx import Response
from nodes import Running, fresh_nonce, new_person, problem, siwe_message
from web3.contract import Contract

from greenledger.evidence.hashing import keccak256

WALLETS = Path(__file__).parent / "wallets"
OWNER_KEY = keccak256(b"the owner's key")
WRAPPED = bytes.fromhex("6492" * 16)  # the end of every signature that ERC-6492 wraps
REFUSED = (401, "sign_in_refused", ["signature"])


@dataclass(frozen=True)
class SmartAccount:
    """An account of the factory, which may not be there yet."""

    chain: LocalChain
    factory: Contract
    owner: LocalAccount
    address: str

    @property
    def creation(self) -> bytes:
        return bytes.fromhex(self.factory.encode_abi("create", args=[self.owner.address])[2:])

    @property
    def is_deployed(self) -> bool:
        return len(self.chain.web3.eth.get_code(self.address)) > 0

    def deploy(self) -> None:
        self.chain.transact(self.factory, "create", self.owner.address, sender=account(OWNER_ACCOUNT))

    def sign(self, message: str, signer: LocalAccount) -> bytes:
        digest = defunct_hash_message(text=message)
        bound = keccak256(encode(["address", "bytes32"], [self.address, digest]))
        return OWNER_KEY + signer.unsafe_sign_hash(bound).signature

    def wrap(self, signature: bytes) -> bytes:
        parts = [self.factory.address, self.creation, signature]
        return encode(["address", "bytes", "bytes"], parts) + WRAPPED


@pytest.fixture(scope="module")
def factory(local_chain: LocalChain) -> Contract:
    implementation = local_chain.deploy(WALLETS / "smart_account.vy")
    return local_chain.deploy(WALLETS / "smart_account_factory.vy", implementation.address)


@pytest.fixture
def smart(local_chain: LocalChain, factory: Contract) -> SmartAccount:
    owner = new_person()
    address = factory.functions.create(owner.address).call()
    return SmartAccount(local_chain, factory, owner, address)


async def sign_in(gateway: Running, message: str, signature: bytes) -> Response:
    body = {"message": message, "signature": f"0x{signature.hex()}"}
    return await gateway.client.post("/v1/auth/sign-in", json=body)


async def message_of(gateway: Running, smart: SmartAccount) -> str:
    return siwe_message(smart.address, await fresh_nonce(gateway.client))


async def test_sign_in__deployed_account_with_a_longer_signature__opens_its_session(
    gateway: Running, smart: SmartAccount
) -> None:
    smart.deploy()
    message = await message_of(gateway, smart)
    response = await sign_in(gateway, message, smart.sign(message, smart.owner))
    assert response.status_code == 200, response.text
    assert response.json()["account"] == smart.address


async def test_sign_in__account_that_is_not_deployed__opens_its_session_and_deploys_nothing(
    gateway: Running, smart: SmartAccount
) -> None:
    message = await message_of(gateway, smart)
    response = await sign_in(gateway, message, smart.wrap(smart.sign(message, smart.owner)))
    assert response.status_code == 200, response.text
    assert response.json()["account"] == smart.address
    assert not smart.is_deployed


async def test_sign_in__wrapped_signature_of_an_account_deployed_meanwhile__opens_its_session(
    gateway: Running, smart: SmartAccount
) -> None:
    message = await message_of(gateway, smart)
    smart.deploy()
    response = await sign_in(gateway, message, smart.wrap(smart.sign(message, smart.owner)))
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("is_deployed", [True, False])
async def test_sign_in__stranger_signs_for_an_account__is_refused(
    gateway: Running, smart: SmartAccount, is_deployed: bool
) -> None:
    if is_deployed:
        smart.deploy()
    message = await message_of(gateway, smart)
    signature = smart.sign(message, new_person())
    response = await sign_in(gateway, message, signature if is_deployed else smart.wrap(signature))
    assert problem(response) == REFUSED


async def test_sign_in__account_that_is_not_deployed_without_the_wrapping__is_refused(
    gateway: Running, smart: SmartAccount
) -> None:
    message = await message_of(gateway, smart)
    response = await sign_in(gateway, message, smart.sign(message, smart.owner))
    assert problem(response) == REFUSED


async def test_sign_in__wrapping_that_makes_another_account__is_refused(
    gateway: Running, smart: SmartAccount
) -> None:
    victim = new_person().address
    message = siwe_message(victim, await fresh_nonce(gateway.client))
    response = await sign_in(gateway, message, smart.wrap(smart.sign(message, smart.owner)))
    assert problem(response) == REFUSED


@pytest.mark.parametrize("content", [b"", b"\x01" * 96, b"\xff" * 8_000], ids=["empty", "short", "long"])
async def test_sign_in__garbage_with_the_end_of_a_wrapping__is_refused(
    gateway: Running, smart: SmartAccount, content: bytes
) -> None:
    message = await message_of(gateway, smart)
    assert problem(await sign_in(gateway, message, content + WRAPPED)) == REFUSED
