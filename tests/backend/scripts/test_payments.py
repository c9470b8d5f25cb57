"""`scripts/dev/payments.py`: seller and test money, listed at the desk once, on local chains only."""

import json
from pathlib import Path

import pytest
from deployed import OWNER_ACCOUNT, ROOT, Deployed, account
from eth_account.messages import encode_typed_data
from web3.contract import Contract

from scripts.dev import payments
from scripts.dev.payments import CAP, Keys, LocalMoney, ensure_payments
from scripts.dev.processes import StackError

BUYER, SELLER = account(1), account(10)
DRIP = 10_000 * 10**6


def key_of(index: int) -> str:
    return str(account(index).key.to_0x_hex())


KEYS = Keys(key_of(OWNER_ACCOUNT), key_of(10), (key_of(1),))


@pytest.fixture
def file(deployed: Deployed, tmp_path: Path) -> Path:
    """The deployment file with a desk of its own."""
    owner, credits = account(OWNER_ACCOUNT), deployed.credits.address
    desk = deployed.chain.deploy(ROOT / "contracts/RetirementDesk.vy", owner.address, credits)
    content = json.loads(deployed.file.read_text())
    content["contracts"]["RetirementDesk"] = {"address": desk.address}
    path = tmp_path / "deployment.json"
    path.write_text(json.dumps(content))
    return path


def provide(deployed: Deployed, file: Path) -> LocalMoney:
    return ensure_payments(deployed.chain.rpc_url, file, file.with_name("money.json"), KEYS)


def token_of(deployed: Deployed, money: LocalMoney) -> Contract:
    abi, _code = payments._compiled()
    web3 = deployed.chain.web3
    return web3.eth.contract(web3.to_checksum_address(money.address), abi=abi)


def test_ensure_payments__new_chain__lists_seller_and_token_and_gives_buyers_money(
    deployed: Deployed, file: Path
) -> None:
    money = provide(deployed, file)
    web3 = deployed.chain.web3
    address = json.loads(file.read_text())["contracts"]["RetirementDesk"]["address"]
    desk = web3.eth.contract(address, abi=payments.load_abi("RetirementDesk"))
    assert desk.functions.is_token_allowed(money.address).call()
    assert desk.functions.seller_cap(SELLER.address, money.address).call() == CAP
    assert token_of(deployed, money).functions.balanceOf(BUYER.address).call() == DRIP
    assert web3.eth.get_balance(SELLER.address) >= 100 * 10**18


def test_ensure_payments__a_second_time__keeps_what_is_there(deployed: Deployed, file: Path) -> None:
    assert provide(deployed, file) == provide(deployed, file)


def test_ensure_payments__chain_that_is_not_local__is_refused(
    deployed: Deployed, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payments, "LOCAL_CHAINS", frozenset({1337}))
    with pytest.raises(StackError, match="development chains"):
        provide(deployed, file)


def test_test_dollar__payment_signed_by_eip_3009__moves_once_and_only_to_the_caller(
    deployed: Deployed, file: Path
) -> None:
    money = provide(deployed, file)
    token, chain = token_of(deployed, money), deployed.chain
    payee = account(2)
    message = {"from": BUYER.address, "to": payee.address, "value": 5, "validAfter": 0}
    message |= {"validBefore": 2**60, "nonce": b"\x07" * 32}
    names = ("from", "to", "value", "validAfter", "validBefore", "nonce")
    kinds = ("address", "address", "uint256", "uint256", "uint256", "bytes32")
    fields = [{"name": name, "type": kind} for name, kind in zip(names, kinds, strict=True)]
    domain = {
        "name": "Local test dollar",
        "version": "1",
        "chainId": 31337,
        "verifyingContract": token.address,
    }
    signable = encode_typed_data(domain, {"ReceiveWithAuthorization": fields}, message)
    signed = BUYER.sign_message(signable)
    parts = (signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32))
    call = (BUYER.address, payee.address, 5, 0, 2**60, b"\x07" * 32, *parts)

    before = token.functions.balanceOf(payee.address).call()
    with pytest.raises(Exception, match="caller is not the payee"):
        token.functions.receiveWithAuthorization(*call).call({"from": SELLER.address})
    chain.transact(token, "receiveWithAuthorization", *call, sender=payee)
    assert token.functions.balanceOf(payee.address).call() == before + 5
    with pytest.raises(Exception, match="used before"):
        token.functions.receiveWithAuthorization(*call).call({"from": payee.address})
