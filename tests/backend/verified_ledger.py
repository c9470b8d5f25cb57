"""The tests' own FootprintLedger, looked at by Sourcify's library beside a source of one's choice."""

from __future__ import annotations

from typing import Any

from deployed import CHAIN_ID, Deployed

from scripts.deployment.artifacts import Artifact
from scripts.deployment.sourcify import Candidate, Judgement, judge


def ledger_entry(deployed: Deployed) -> dict[str, Any]:
    """The ledger as a deployment file has it; the transaction that made it is found by its receipt."""
    web3 = deployed.chain.web3
    for number in range(web3.eth.block_number + 1):
        for receipt in web3.eth.get_block_receipts(number):
            if receipt["contractAddress"] == deployed.ledger.address:
                transaction = receipt["transactionHash"].to_0x_hex()
                return {"address": deployed.ledger.address, "tx": transaction, "block": number}
    raise AssertionError("no transaction made the ledger")


def ledger_candidate(deployed: Deployed, entry: dict[str, Any], artifact: Artifact) -> Candidate:
    """What is on chain, and the source that is said to be behind it."""
    web3 = deployed.chain.web3
    return Candidate(
        artifact=artifact,
        chain_id=CHAIN_ID,
        address=entry["address"],
        runtime=bytes(web3.eth.get_code(entry["address"])),
        creation=bytes(web3.eth.get_transaction(entry["tx"])["input"]),
    )


def judged(deployed: Deployed, entry: dict[str, Any], artifact: Artifact) -> Judgement:
    [found] = judge([ledger_candidate(deployed, entry, artifact)])
    return found
