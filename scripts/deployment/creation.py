"""One contract through the deployment proxy: kept where it is, made where it is not, found where it was."""

from __future__ import annotations

from typing import Any

import click
from ape.api import AccountAPI
from ape.contracts import ContractInstance
from ape.managers import ChainManager
from eth_utils.crypto import keccak
from ethpm_types import ContractType

from scripts.deployment import proxy
from scripts.deployment.artifacts import Artifact

# Names a release in the address of each contract. Another release gets another, so that its addresses differ
# even where a contract's code does not.
SALT_TEXT = "GPTX Green AI Ledger 1"
SALT = keccak(text=SALT_TEXT)

Entry = dict[str, Any]


class Creator:
    """Puts contracts on one chain; `entries` is the part of the deployment file that it completes."""

    def __init__(self, chain: ChainManager, deployer: AccountAPI, entries: dict[str, Entry]) -> None:
        self._provider = chain.provider
        self._cache = chain.contracts
        self._deployer = deployer
        self._entries = entries

    def ensure(self, artifact: Artifact, arguments: list[Any]) -> ContractInstance:
        """The contract with these arguments, from the chain or newly made; completes its entry."""
        name = artifact.name
        creation_code = artifact.creation_code + artifact.encode_arguments(arguments)
        address = proxy.predict(SALT, creation_code)
        entry = self._entries.get(name)
        there = self._is_there(address)
        self._refuse_another(entry, artifact, arguments, address)
        if not there:
            self._simulate(name, creation_code)
            transaction, block = self._send(name, address, creation_code)
        elif entry is None or entry["block"] is None:
            # The file was lost, or somebody else made the same contract: anyone can, and gets the same.
            transaction, block = self._find(address, SALT + creation_code)
            click.echo(f"{name} found at {address}")
        else:
            transaction, block = entry["tx"], entry["block"]
            click.echo(f"{name} kept at {address}")
        self._entries[name] = {
            "address": address,
            "constructor_args": arguments,
            "integrity": "0x" + artifact.integrity.hex(),
            "tx": transaction,
            "block": block,
            "sources": artifact.source_hashes,
        }
        return self.instance(artifact, address)

    def instance(self, artifact: Artifact, address: str) -> ContractInstance:
        kind = ContractType.model_validate({"contractName": artifact.name, "abi": artifact.abi})
        return self._cache.instance_at(address, contract_type=kind, fetch_from_explorer=False)

    def _refuse_another(
        self, entry: Entry | None, artifact: Artifact, arguments: list[Any], address: str
    ) -> None:
        """A file that names something else on this chain is not written over."""
        if entry is None or entry["address"] == address or not self._is_there(entry["address"]):
            return
        what = "other constructor arguments"
        if entry["constructor_args"] == arguments:
            what = "other source: check out the commit in the file, or"
        raise click.ClickException(
            f"{artifact.name} at {entry['address']} has {what}"
            f"{':' if what.endswith('arguments') else ''} name another GREENLEDGER_DEPLOYMENT to deploy anew"
        )

    def _is_there(self, address: str) -> bool:
        return len(self._provider.get_code(address)) > 0

    def _simulate(self, name: str, creation_code: bytes) -> None:
        """Runs the constructor without sending it: the proxy would swallow the reason of a refusal."""
        web3: Any = self._provider.web3
        try:
            web3.eth.call({"from": self._deployer.address, "data": "0x" + creation_code.hex()})
        except Exception as error:  # every node has its own class of errors here
            raise click.ClickException(f"{name} cannot be made: {error}") from error

    def _send(self, name: str, address: str, creation_code: bytes) -> tuple[str | None, int]:
        data = SALT + creation_code
        try:
            receipt = self._deployer.transfer(proxy.ADDRESS, 0, data=data)
        except Exception:
            # A transaction of an earlier, interrupted run may have been mined in between.
            if not self._is_there(address):
                raise
            return self._find(address, data)
        if not self._is_there(address):
            raise click.ClickException(f"{name} is not at {address} after transaction {receipt.txn_hash}")
        click.echo(f"{name} deployed at {address}, {receipt.gas_used:,} gas")
        return str(receipt.txn_hash), int(receipt.block_number)

    def _find(self, address: str, data: bytes) -> tuple[str | None, int]:
        """Transaction and block that made a contract, by halving the chain.

        Block 0 if the node has forgotten that part of the chain: whoever reads events from there misses none.
        """
        web3: Any = self._provider.web3
        low, high = 0, int(web3.eth.block_number)
        try:
            while low < high:
                middle = (low + high) // 2
                low, high = (low, middle) if web3.eth.get_code(address, middle) else (middle + 1, high)
        except Exception as error:  # every node has its own class of errors here
            click.echo(f"The node does not say when {address} was made ({error}): block 0 is written down")
            return None, 0
        for transaction in web3.eth.get_block(high, True)["transactions"]:
            if transaction.get("to") == proxy.ADDRESS and bytes(transaction["input"]) == data:
                return "0x" + bytes(transaction["hash"]).hex(), high
        return None, high
