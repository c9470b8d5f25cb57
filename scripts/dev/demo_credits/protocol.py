"""Carbon tokens and an aggregator to try the adapters on, with nothing behind them.

Made before the ledger's contracts, since an adapter knows its protocol for good; listed once the adapters
are there. On local chains only: tokens that look like credits must not exist where anything has value.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_utils.address import to_checksum_address
from hexbytes import HexBytes
from web3 import HTTPProvider, Web3
from web3.contract import Contract
from web3.types import TxParams, TxReceipt

from greenledger.chain.deployment import LOCAL_CHAINS
from scripts.deployment.artifacts import ROOT, compile_contract
from scripts.dev.processes import StackError

SOURCES = Path(__file__).parent
ADAPTER_ABI = ROOT / "contracts" / "npm" / "abi"
NOBODY = "0x" + "00" * 20

TONNE = 10**18  # base units of a carbon token
PRICE_PER_TONNE = 18 * 10**6  # base units of the test money
STOCK = 100_000 * TONNE  # what the aggregator can sell
TONNES_EACH = 50

# What the owner says that the tokens stand for; invented, under the sandbox's registry.
REGISTRY = b"icr".ljust(32, b"\0")
TCO2_LISTING = (REGISTRY, "DEMO-TCO2-1", 2021, True)
CREDIT_LISTING = (REGISTRY, "DEMO-CMARK-1", 2023, True)


@dataclass(frozen=True)
class DemoCredits:
    """Checksummed addresses on one local chain."""

    tco2: str
    credit: str
    aggregator: str


class DemoProtocol:
    """Sends transactions of the contracts' owner on one local chain; raises StackError on any other."""

    def __init__(self, rpc_url: str, owner_key: str) -> None:
        self.web3 = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": 30}))
        self.owner = Account.from_key(owner_key)
        chain_id = self.web3.eth.chain_id
        if chain_id not in LOCAL_CHAINS:
            raise StackError(f"demonstration credits are for local chains only, this is chain {chain_id}")

    def ensure(self, kept: Path, holders: list[str]) -> DemoCredits:
        """The credits that `kept` names if they are on the chain, or new ones, some for each holder."""
        if kept.exists():
            found = DemoCredits(**json.loads(kept.read_text()))
            if all(self.web3.eth.get_code(to_checksum_address(at)) for at in asdict(found).values()):
                return found
        tco2, credit = self._create("DemoTCO2"), self._create("DemoCredit")
        aggregator = self._create("DemoAggregator", credit.address, PRICE_PER_TONNE)
        self._send(credit, "mint", aggregator.address, STOCK)
        for holder in holders:
            self._send(tco2, "mint", holder, TONNES_EACH * TONNE)
            self._send(credit, "mint", holder, TONNES_EACH * TONNE)
        made = DemoCredits(tco2.address, credit.address, aggregator.address)
        # Written last: what is half done is done anew.
        kept.write_text(json.dumps(asdict(made)))
        return made

    def ensure_listed(self, demo: DemoCredits, deployment_file: Path, dollar: str) -> None:
        """Says at the adapters what the tokens stand for and what pays for them; sends nothing twice."""
        contracts = json.loads(deployment_file.read_text())["contracts"]
        toucan = self._at("ToucanAdapter", contracts["ToucanAdapter"]["address"])
        klima = self._at("KlimaAdapter", contracts["KlimaAdapter"]["address"])
        if not toucan.functions.listing(demo.tco2, 0).call()[3]:
            self._send(toucan, "set_listing", demo.tco2, 0, *TCO2_LISTING)
        if not klima.functions.listing(demo.credit, 0).call()[3]:
            self._send(klima, "set_listing", demo.credit, 0, *CREDIT_LISTING)
        aggregator = self.web3.eth.contract(
            to_checksum_address(demo.aggregator), abi=compile_contract("DemoAggregator", SOURCES).abi
        )
        if aggregator.functions.dollar().call() == NOBODY:
            self._send(aggregator, "set_dollar", dollar)
        if klima.functions.spender(dollar).call() == NOBODY:
            self._send(klima, "set_payment_token", dollar, demo.aggregator)
        if klima.functions.offer(demo.credit).call() == NOBODY:
            self._send(klima, "set_offer", demo.credit, demo.aggregator)

    def _at(self, adapter: str, address: str) -> Contract:
        abi = json.loads((ADAPTER_ABI / f"{adapter}.json").read_text())
        return self.web3.eth.contract(to_checksum_address(address), abi=abi)

    def _create(self, name: str, *arguments: Any) -> Contract:
        artifact = compile_contract(name, SOURCES)
        data = artifact.creation_code + artifact.encode_arguments(list(arguments))
        address = self._transact({"data": HexBytes(data)})["contractAddress"]
        assert address is not None  # the receipt of a creation
        return self.web3.eth.contract(address, abi=artifact.abi)

    def _send(self, contract: Contract, function: str, *arguments: Any) -> None:
        data = HexBytes(contract.encode_abi(function, args=list(arguments)))
        self._transact({"to": contract.address, "data": data})

    def _transact(self, call: TxParams) -> TxReceipt:
        transaction: TxParams = {
            "from": self.owner.address,
            "chainId": self.web3.eth.chain_id,
            "nonce": self.web3.eth.get_transaction_count(self.owner.address),
            "gas": 3_000_000,
            "maxFeePerGas": Web3.to_wei(20, "gwei"),
            "maxPriorityFeePerGas": Web3.to_wei(1, "gwei"),
        }
        transaction.update(call)
        raw = self.owner.sign_transaction(transaction).raw_transaction
        sent = self.web3.eth.send_raw_transaction(raw)
        receipt = self.web3.eth.wait_for_transaction_receipt(sent, timeout=60, poll_latency=0.05)
        if receipt["status"] != 1:
            raise StackError(f"demonstration credits: transaction {sent.to_0x_hex()} reverted")
        return receipt
