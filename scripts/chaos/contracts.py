"""A chain of its own with the project's contracts, the desk and a test token on it."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import HTTPProvider, Web3
from web3.contract import Contract
from web3.types import TxReceipt

from greenledger.evidence.methodology import methodology_id
from greenledger.footprint.factors import load_factor_set
from scripts.dev.stack import (
    CHAIN_ID,
    COUNCIL_ACCOUNTS,
    OWNER_ACCOUNT,
    SELLER_ACCOUNT,
    THRESHOLD,
    development_key,
)
from scripts.dev.state_folder import ROOT

REGISTRIES = ("icr", "vcs", "puro")
UNIT_UG = 10**12
FUNDS = 10**12  # base units for each buyer
CAP = 10**15
TOKEN = "tests/contracts/mocks/token_usdc.vy"  # noqa: S105  (a file)
NAMES = ("OracleCouncil", "FootprintLedger", "CertificateArt", "RetiredCredits", "RetirementDesk")


@cache
def account(index: int) -> LocalAccount:
    """An account of the development mnemonic, worth nothing anywhere."""
    made: LocalAccount = Account.from_key(development_key(index))
    return made


@dataclass(frozen=True)
class Chain:
    """The contracts of a rehearsal; blocks come by themselves, one a second."""

    web3: Web3
    desk: Contract
    token: Contract
    credits: Contract
    start: int

    def transact(self, sender: LocalAccount, to: str, data: str) -> TxReceipt:
        return send(self.web3, sender, to, data)


def send(web3: Web3, sender: LocalAccount, to: str | None, data: str) -> TxReceipt:
    """Signs, sends and waits; raises RuntimeError if it reverted."""
    transaction: dict[str, Any] = {
        "from": sender.address,
        "data": data,
        "nonce": web3.eth.get_transaction_count(sender.address),
        "gas": 8_000_000,
        "maxFeePerGas": Web3.to_wei(20, "gwei"),
        "maxPriorityFeePerGas": Web3.to_wei(1, "gwei"),
        "chainId": CHAIN_ID,
    } | ({"to": Web3.to_checksum_address(to)} if to else {})
    sent = web3.eth.send_raw_transaction(sender.sign_transaction(transaction).raw_transaction)
    receipt = web3.eth.wait_for_transaction_receipt(sent, timeout=60, poll_latency=0.1)
    if receipt["status"] != 1:
        raise RuntimeError(f"transaction {sent.to_0x_hex()} reverted")
    return receipt


def deploy(rpc_url: str, file: Path, buyers: list[LocalAccount]) -> Chain:
    """Compiles, deploys, connects, funds the buyers, and writes the deployment file."""
    web3 = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": 30}))
    owner, start = account(OWNER_ACCOUNT), web3.eth.block_number
    with ThreadPoolExecutor(2) as pool:
        built = dict(zip((*NAMES, TOKEN), pool.map(_compiled, (*NAMES, TOKEN)), strict=True))

    def create(name: str, *arguments: Any) -> Contract:
        abi, code = built[name]
        data = web3.eth.contract(abi=abi, bytecode=code).constructor(*arguments).data_in_transaction
        receipt = send(web3, owner, None, data)
        return web3.eth.contract(address=receipt["contractAddress"] or owner.address, abi=abi)

    def call(contract: Contract, function: str, *arguments: Any, by: LocalAccount = owner) -> None:
        send(web3, by, contract.address, contract.encode_abi(function, args=list(arguments)))

    addresses_of_council = [account(index).address for index in COUNCIL_ACCOUNTS]
    signers = sorted(addresses_of_council, key=lambda signer: int(signer, 16))
    members = [(one, False, f"Council {at}", "http://127.0.0.1") for at, one in enumerate(signers, start=1)]
    council = create("OracleCouncil", owner.address, owner.address, members, THRESHOLD)
    ledger = create("FootprintLedger", owner.address, council.address)
    art = create("CertificateArt")
    credits = create("RetiredCredits", owner.address, council.address, ledger.address, art.address)
    desk = create("RetirementDesk", owner.address, credits.address)
    token = create(TOKEN)
    call(ledger, "set_credits", credits.address)
    for key in REGISTRIES:
        call(credits, "set_registry", key.encode().ljust(32, b"\0"), True, UNIT_UG, b"\x01" * 32)
    # None of the accounts that the chain funds by itself.
    web3.provider.make_request("anvil_setBalance", [account(SELLER_ACCOUNT).address, hex(10**21)])  # type: ignore[arg-type]
    call(desk, "set_token", token.address, True)
    call(desk, "set_seller", account(SELLER_ACCOUNT).address, token.address, CAP)
    for buyer in buyers:
        web3.provider.make_request("anvil_setBalance", [buyer.address, hex(10**21)])  # type: ignore[arg-type]
        call(token, "mint", buyer.address, FUNDS)
        call(token, "approve", desk.address, FUNDS, by=buyer)
    contracts = {"OracleCouncil": council, "FootprintLedger": ledger, "RetiredCredits": credits}
    addresses = {
        name: {"address": one.address} for name, one in (contracts | {"RetirementDesk": desk}).items()
    }
    methodology = f"0x{methodology_id(load_factor_set()).hex()}"
    content = {"chain_id": CHAIN_ID, "block": start, "contracts": addresses, "methodology": methodology}
    file.write_text(json.dumps(content))
    web3.provider.make_request("evm_setIntervalMining", [1])  # type: ignore[arg-type]
    return Chain(web3, desk, token, credits, start)


def _compiled(name: str) -> tuple[list[dict[str, Any]], str]:
    path = TOKEN if name == TOKEN else f"contracts/{name}.vy"
    command = ["vyper", "-f", "abi,bytecode", "--evm-version", "cancun", path]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    abi, code = output.splitlines()[:2]
    return json.loads(abi), code
