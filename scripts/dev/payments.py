"""What the local stack needs to sell for money: a seller, a token for anyone, and both listed at the desk.

Refuses every chain but the development ones: the seller's key is public there and its token worth nothing.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import HTTPProvider, Web3
from web3.types import TxParams, TxReceipt

from greenledger.chain.abi_files import load_abi
from greenledger.chain.deployment import LOCAL_CHAINS, Deployment
from scripts.dev.processes import StackError

SOURCE = Path(__file__).parent / "test_money" / "test_dollar.vy"
CAP = 10**15  # base units that the seller's open orders may sum up to: a billion dollars
SELLER_ETHER = 100  # for the gas of its own transactions
WAIT_S = 60


@dataclass(frozen=True)
class LocalMoney:
    """The payment token of a local stack, as the gateway's settings name it."""

    address: str
    symbol: str = "tUSD"
    decimals: int = 6

    def as_setting(self) -> str:
        """The value of GREENLEDGER_PAYMENT_TOKENS."""
        return json.dumps([asdict(self)])


@dataclass(frozen=True)
class Keys:
    """Private keys of development accounts: who owns the contracts, who sells, who gets test money."""

    owner: str
    seller: str
    buyers: tuple[str, ...]


def ensure_payments(rpc_url: str, deployment_file: Path, kept: Path, keys: Keys) -> LocalMoney:
    """Puts token and seller on the chain unless they are there; `kept` remembers the token's address.

    Raises StackError on a chain that is none of the development ones, or if a transaction reverts.
    """
    web3 = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": 30}))
    deployment = Deployment.load(deployment_file)
    if web3.eth.chain_id not in LOCAL_CHAINS or deployment.desk is None:
        raise StackError("test money is for development chains with a desk only")
    if (found := _kept(web3, kept)) is not None:
        return found
    sender = _Sender(web3)
    owner, seller = _account(keys.owner), _account(keys.seller)
    token = web3.eth.contract(abi=_compiled()[0], bytecode=_compiled()[1])
    created = sender.send(owner, {"data": token.constructor().data_in_transaction})
    money = LocalMoney(str(created["contractAddress"]))
    desk = web3.eth.contract(Web3.to_checksum_address(deployment.desk), abi=load_abi("RetirementDesk"))
    sender.call(owner, desk, "set_token", money.address, True)
    sender.call(owner, desk, "set_seller", seller.address, money.address, CAP)
    sender.send(owner, {"to": seller.address, "value": Web3.to_wei(SELLER_ETHER, "ether")})
    at = web3.eth.contract(Web3.to_checksum_address(money.address), abi=_compiled()[0])
    for key in keys.buyers:
        sender.call(_account(key), at, "drip")
    # Written last: what is half done is done anew.
    kept.write_text(json.dumps(asdict(money)))
    return money


def _kept(web3: Web3, kept: Path) -> LocalMoney | None:
    if not kept.exists():
        return None
    money = LocalMoney(**json.loads(kept.read_text()))
    code = web3.eth.get_code(Web3.to_checksum_address(money.address))
    return money if len(code) > 0 else None


@dataclass(frozen=True)
class _Sender:
    web3: Web3

    def call(self, account: LocalAccount, contract: Any, function: str, *arguments: Any) -> None:
        data = contract.encode_abi(function, args=list(arguments))
        self.send(account, {"to": contract.address, "data": data})

    def send(self, account: LocalAccount, fields: TxParams) -> TxReceipt:
        """Signs, sends and waits until it is in a block."""
        transaction: dict[str, Any] = {
            "from": account.address,
            "nonce": self.web3.eth.get_transaction_count(account.address),
            "gas": 3_000_000,
            "maxFeePerGas": Web3.to_wei(20, "gwei"),
            "maxPriorityFeePerGas": Web3.to_wei(1, "gwei"),
            "chainId": self.web3.eth.chain_id,
        }
        raw = account.sign_transaction(transaction | dict(fields)).raw_transaction
        sent = self.web3.eth.send_raw_transaction(raw)
        receipt = self.web3.eth.wait_for_transaction_receipt(sent, timeout=WAIT_S, poll_latency=0.1)
        if receipt["status"] != 1:
            raise StackError(f"setting up the test money: transaction {sent.to_0x_hex()} reverted")
        return receipt


def _account(key: str) -> LocalAccount:
    account: LocalAccount = Account.from_key(key)
    return account


@cache
def _compiled() -> tuple[list[dict[str, Any]], str]:
    command = ["vyper", "-f", "abi,bytecode", "--evm-version", "cancun", str(SOURCE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise StackError(f"{SOURCE.name} does not compile:\n{run.stderr[-2000:]}")
    abi, code = run.stdout.splitlines()[:2]
    return json.loads(abi), code
