"""A retirement on the ledger's own chain: one that an adapter made has its certificate already."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from deployed import CHAIN_ID, OWNER_ACCOUNT, Deployed, account
from nodes import new_person
from retirements import report, signatures
from web3.contract import Contract
from web3.types import TxReceipt

from greenledger.chain.calldata import encode_mint
from greenledger.chain.client import ChainClient
from greenledger.council.node import CouncilNode, CouncilRefused
from greenledger.council.signer import CouncilSigner, recover
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.typed_data import ZERO, RetirementReport, Source
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import load_factor_set

ADAPTER = Path(__file__).parent / "contracts" / "adapter.vy"
PROOF = {"market": "carbonmark", "reference": "a quote"}


async def confirms(_report: RetirementReport, _proof: Mapping[str, str]) -> Sequence[Mismatch]:
    return ()


@pytest.fixture
async def council(deployed: Deployed) -> AsyncIterator[CouncilNode]:
    """A council node whose market confirms everything, over the real chain."""
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        signer = CouncilSigner(deployed.council_keys[0])
        yield CouncilNode(signer, (), deployed.deployment, chain, load_factor_set(), confirms)


@pytest.fixture(scope="module")
def adapter(deployed: Deployed) -> Contract:
    """An adapter that the owner approved."""
    made = deployed.chain.deploy(ADAPTER)
    owner = account(OWNER_ACCOUNT)
    deployed.chain.transact(deployed.credits, "set_adapter", made.address, True, sender=owner)
    return made


@pytest.fixture(scope="module")
def retired(deployed: Deployed, adapter: Contract) -> TxReceipt:
    """A transaction in which the adapter minted what it retired."""
    holder = new_person().address
    retirement = replace(report(holder).retirement, evidence=ZERO, valid_until=0)
    data = deployed.credits.encode_abi("mint_retired", args=[holder, astuple(retirement), 1])
    owner = account(OWNER_ACCOUNT)
    return deployed.chain.transact(adapter, "send", deployed.credits.address, data, sender=owner)


def from_transaction(transaction: bytes, chain_id: int = CHAIN_ID) -> RetirementReport:
    """A report whose retirement was made in a transaction."""
    return replace(report(new_person().address), source=Source(2, transaction, chain_id, 0))


async def test_is_adapters__transaction_of_each_kind__is_told_apart(
    council: CouncilNode, deployed: Deployed, retired: TxReceipt
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    signed = report(person.address)
    data = as_hex(encode_mint(signed, signatures(signed, deployed), hint=0))
    by_report = deployed.chain.send(person, deployed.deployment.credits, data)
    assert await council.chain.is_adapters(retired["transactionHash"]) is True
    assert await council.chain.is_adapters(by_report["transactionHash"]) is False
    assert await council.chain.is_adapters(secrets.token_bytes(32)) is None


async def test_sign_retirement__adapter_made_it__is_refused_by_name(
    council: CouncilNode, retired: TxReceipt
) -> None:
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(from_transaction(retired["transactionHash"]), PROOF)
    (error,) = caught.value.errors
    assert error.field == "report.source.book"
    assert "one of this ledger's adapters" in error.problem


async def test_sign_retirement__adapter_only_requested_it__is_refused_by_name(
    council: CouncilNode, adapter: Contract, deployed: Deployed
) -> None:
    topics = [secrets.token_bytes(32) for _ in range(4)]
    owner = account(OWNER_ACCOUNT)
    requested = deployed.chain.transact(adapter, "imitate", topics, b"", sender=owner)
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(from_transaction(requested["transactionHash"]), PROOF)
    assert [error.field for error in caught.value.errors] == ["report.source.book"]


async def test_sign_retirement__adapter_that_is_not_approved_any_more__is_refused_for_what_it_minted(
    council: CouncilNode, retired: TxReceipt, adapter: Contract, deployed: Deployed
) -> None:
    owner = account(OWNER_ACCOUNT)
    deployed.chain.transact(deployed.credits, "set_adapter", adapter.address, False, sender=owner)
    try:
        with pytest.raises(CouncilRefused) as caught:
            await council.sign_retirement(from_transaction(retired["transactionHash"]), PROOF)
    finally:
        deployed.chain.transact(deployed.credits, "set_adapter", adapter.address, True, sender=owner)
    assert [error.field for error in caught.value.errors] == ["report.source.book"]


async def test_sign_retirement__same_transaction_hash_on_another_chain__is_signed(
    council: CouncilNode, retired: TxReceipt
) -> None:
    signed = await council.sign_retirement(from_transaction(retired["transactionHash"], CHAIN_ID + 1), PROOF)
    assert recover(signed.digest, signed.signature) == signed.signer


async def test_sign_retirement__transaction_on_the_ledgers_chain_without_adapter__is_signed(
    council: CouncilNode, adapter: Contract, deployed: Deployed
) -> None:
    owner = account(OWNER_ACCOUNT)
    receipt = deployed.chain.transact(adapter, "send", owner.address, b"", sender=owner)
    signed = await council.sign_retirement(from_transaction(receipt["transactionHash"]), PROOF)
    assert recover(signed.digest, signed.signature) == signed.signer


async def test_sign_retirement__another_contract_imitates_the_event__is_signed(
    council: CouncilNode, retired: TxReceipt, deployed: Deployed
) -> None:
    stranger = deployed.chain.deploy(ADAPTER)
    own = [log for log in retired["logs"] if log["address"] == deployed.credits.address]
    (minted,) = [log for log in own if len(log["data"]) > 64]
    owner = account(OWNER_ACCOUNT)
    receipt = deployed.chain.transact(stranger, "imitate", minted["topics"], minted["data"], sender=owner)
    assert [log["data"] for log in receipt["logs"]] == [minted["data"]]
    signed = await council.sign_retirement(from_transaction(receipt["transactionHash"]), PROOF)
    assert recover(signed.digest, signed.signature) == signed.signer


async def test_sign_retirement__transaction_that_the_ledgers_chain_does_not_know__is_refused_by_name(
    council: CouncilNode,
) -> None:
    unknown = secrets.token_bytes(32)
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(from_transaction(unknown), PROOF)
    (error,) = caught.value.errors
    assert (error.field, error.problem) == ("report.source.book", f"is {as_hex(unknown)}")
