"""A real chain for the tests: anvil on a free port with the project's own contracts on it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import HTTPProvider, Web3
from web3.contract import Contract
from web3.types import TxReceipt

from greenledger.chain.deployment import Deployment
from greenledger.evidence.methodology import methodology_id
from greenledger.footprint.factors import load_factor_set

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "contracts"
KEPT = ROOT / "build" / "compiled"
EVM = "cancun"
MNEMONIC = "test test test test test test test test test test test junk"
CHAIN_ID = 31337
COUNCIL_ACCOUNTS = (6, 7, 8)  # of the mnemonic, as in the local stack
OWNER_ACCOUNT = 9
THRESHOLD = 2
CONTRACTS = ("RetiredCredits", "FootprintLedger", "OracleCouncil", "CertificateArt")
REGISTRIES = ("icr", "verra")
UNIT_UG = 10**12  # one serial number stands for one tonne
START_S = 30.0

Account.enable_unaudited_hdwallet_features()


@cache
def account(index: int) -> LocalAccount:
    """An account of the development mnemonic; anvil gives each of the first ten 10,000 ether."""
    made: LocalAccount = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}")
    return made


@cache
def _sources() -> str:
    """Hash of all that a compilation depends on besides its own file: every contract, and the compiler."""
    hashed = hashlib.sha256(f"{version('vyper')} {version('snekmate')} {EVM}".encode())
    for file in sorted([*SOURCES.rglob("*.vy"), *SOURCES.rglob("*.vyi")]):
        hashed.update(file.read_bytes())
    return hashed.hexdigest()


@cache
def compiled(path: Path) -> tuple[list[dict[str, Any]], str]:
    """ABI and creation bytecode of a Vyper file; kept in build/ for as long as no contract changes."""
    kept = KEPT / hashlib.sha256(f"{_sources()} {path}".encode() + path.read_bytes()).hexdigest()
    if not kept.exists():
        command = ["vyper", "-f", "abi,bytecode", "--evm-version", EVM, str(path)]
        output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        KEPT.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: several test runs may write it at once.
        written = kept.with_suffix(f".{os.getpid()}")
        written.write_text(output)
        written.replace(kept)
    abi, bytecode = kept.read_text().splitlines()[:2]
    return json.loads(abi), bytecode


@dataclass(frozen=True)
class LocalChain:
    """A running anvil."""

    rpc_url: str
    web3: Web3

    def send(self, sender: LocalAccount, to: str | None, data: str) -> TxReceipt:
        """Signs with the sender's own key, sends, and waits. Raises AssertionError if it reverted."""
        transaction = {
            "from": sender.address,
            "data": data,
            "nonce": self.web3.eth.get_transaction_count(sender.address),
            "gas": 8_000_000,
            "maxFeePerGas": Web3.to_wei(10, "gwei"),
            "maxPriorityFeePerGas": Web3.to_wei(1, "gwei"),
            "chainId": CHAIN_ID,
        } | ({"to": Web3.to_checksum_address(to)} if to else {})
        sent = self.web3.eth.send_raw_transaction(sender.sign_transaction(transaction).raw_transaction)
        receipt = self.web3.eth.wait_for_transaction_receipt(sent, timeout=30, poll_latency=0.02)
        if receipt["status"] != 1:
            self.web3.eth.call(transaction, receipt["blockNumber"] - 1)  # raises with the contract's words
        assert receipt["status"] == 1, "the transaction reverted"
        return receipt

    def deploy(self, path: Path, *arguments: Any, sender: LocalAccount | None = None) -> Contract:
        """Compiles a Vyper file and deploys it."""
        abi, bytecode = compiled(path)
        data = self.web3.eth.contract(abi=abi, bytecode=bytecode).constructor(*arguments).data_in_transaction
        receipt = self.send(sender or account(OWNER_ACCOUNT), None, data)
        address = receipt["contractAddress"]
        assert address is not None
        return self.web3.eth.contract(address=address, abi=abi)

    def transact(self, contract: Contract, function: str, *arguments: Any, sender: LocalAccount) -> TxReceipt:
        """Calls a function of a contract in a transaction."""
        return self.send(sender, contract.address, contract.encode_abi(function, args=list(arguments)))

    def catch_up(self) -> None:
        """Brings the chain's time up to ours: a snapshot that was reverted leaves it behind."""
        now = int(time.time())
        if self.web3.eth.get_block("latest")["timestamp"] < now:
            self.web3.provider.make_request("evm_setNextBlockTimestamp", [hex(now)])
            self.web3.provider.make_request("anvil_mine", ["0x1"])

    def fund(self, address: str, wei: int = 10**19) -> None:
        self.web3.provider.make_request("anvil_setBalance", [address, hex(wei)])


@dataclass(frozen=True)
class Deployed:
    """The project's contracts on a local chain, and the file that says where."""

    chain: LocalChain
    file: Path
    deployment: Deployment
    council: Contract
    ledger: Contract
    credits: Contract

    @property
    def council_keys(self) -> tuple[str, ...]:
        """Private keys of the council, in the order of COUNCIL_ACCOUNTS."""
        return tuple(str(account(index).key.to_0x_hex()) for index in COUNCIL_ACCOUNTS)


@contextmanager
def running_chain() -> Iterator[LocalChain]:
    """Anvil on a port of its own choice. The binary itself: the npm wrapper would swallow our signals."""
    binary = next((ROOT / "frontend/node_modules/@foundry-rs").glob("anvil-*/bin/anvil*"))
    command = [str(binary), "--port", "0", "--chain-id", str(CHAIN_ID), "--mnemonic", MNEMONIC]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            rpc_url = f"http://{_listening_at(process)}"
            # It writes a line for each call, and would stop when nobody reads them.
            threading.Thread(target=deque, args=(process.stdout, 0), daemon=True).start()
            provider = HTTPProvider(rpc_url, request_kwargs={"timeout": 10})
            yield LocalChain(rpc_url, Web3(provider))
        finally:
            process.kill()


def _listening_at(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    deadline = time.monotonic() + START_S
    for line in process.stdout:
        if found := re.search(r"Listening on (\S+)", line):
            return found.group(1)
        assert time.monotonic() < deadline, "anvil did not start in time"
    raise AssertionError(f"anvil ended with code {process.wait()}")


def deploy_contracts(chain: LocalChain, file: Path) -> Deployed:
    """Deploys council, ledger and credits, connects them, and writes the deployment file."""
    owner = account(OWNER_ACCOUNT)
    methodology = methodology_id(load_factor_set())
    signers = sorted((account(index).address for index in COUNCIL_ACCOUNTS), key=lambda a: int(a, 16))
    members = [
        (signer, False, f"Council {at}", "http://127.0.0.1") for at, signer in enumerate(signers, start=1)
    ]
    block = chain.web3.eth.block_number
    contracts = ROOT / "contracts"
    with ThreadPoolExecutor(2) as pool:  # the compiler is most of the time that this takes
        list(pool.map(compiled, [contracts / f"{name}.vy" for name in CONTRACTS]))
    council = chain.deploy(contracts / "OracleCouncil.vy", owner.address, owner.address, members, THRESHOLD)
    ledger = chain.deploy(contracts / "FootprintLedger.vy", owner.address, council.address)
    art = chain.deploy(contracts / "CertificateArt.vy")
    credits = chain.deploy(
        contracts / "RetiredCredits.vy", owner.address, council.address, ledger.address, art.address
    )
    chain.transact(ledger, "set_credits", credits.address, sender=owner)
    chain.transact(ledger, "approve_methodology", methodology, "https://example.org/method", sender=owner)
    for key in REGISTRIES:
        word = key.encode().ljust(32, b"\0")
        chain.transact(credits, "set_registry", word, True, UNIT_UG, b"\x01" * 32, sender=owner)
    addresses = {"OracleCouncil": council, "FootprintLedger": ledger, "RetiredCredits": credits}
    content = {
        "chain_id": CHAIN_ID,
        "block": block,
        "contracts": {name: {"address": contract.address} for name, contract in addresses.items()},
        "methodology": f"0x{methodology.hex()}",
    }
    file.write_text(json.dumps(content))
    return Deployed(chain, file, Deployment.load(file), council, ledger, credits)
