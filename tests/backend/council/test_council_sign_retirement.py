"""POST /v1/council/sign for retirements: what a node refuses before and after it looks at the proof."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any

import pytest
from deployed import Deployed
from nodes import PEER_TOKEN, Running, new_person, node_settings, problem, running

from greenledger.chain.client import ChainClient
from greenledger.council.collect import NotEnoughSignatures
from greenledger.council.node import CouncilNode, CouncilRefused, RetirementCheck
from greenledger.council.signer import CouncilSigner, recover
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.typed_data import (
    NO_ACCOUNT,
    ZERO,
    Retirement,
    RetirementReport,
    Source,
    report_as_json,
    retirement_domain,
    retirement_report_id,
)
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import FieldError

AUTHORIZED = {"authorization": f"Bearer {PEER_TOKEN}"}
PROOF = {"market": "carbonmark", "reference": "a quote"}
DAY_S = 24 * 3600
MINTER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


def report(**changes: Any) -> RetirementReport:
    """A report about a retirement of one tonne a minute ago, that anyone may mint."""
    now = int(time.time())
    retirement = Retirement(
        registry=b"icr".ljust(32, b"\0"),
        project="ICR-1",
        vintage=2022,
        amount_ug=10**12,
        beneficiary="A person",
        serials="serial",
        retired_at=now - 60,
        evidence=b"\x01" * 32,
        valid_until=now + DAY_S,
    )
    source = Source(2, b"\x02" * 32, 137, 0)
    top = {"holder": new_person().address, "minter": NO_ACCOUNT, "order": ZERO, "source": source}
    top = {name: changes.pop(name, value) for name, value in top.items()}
    return RetirementReport(retirement=replace(retirement, **changes), **top)


@pytest.fixture
async def node(deployed: Deployed, database_url: str) -> AsyncIterator[Running]:
    """A council node that was started without a marketplace."""
    async with running(node_settings(deployed, database_url)) as started:
        yield started


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holder": "0x" + "00" * 20}, "report.holder"),
        ({"minter": MINTER}, "report.minter"),
        ({"order": b"\x03" * 32}, "report.order"),
        ({"amount_ug": 0}, "report.retirement.amount_ug"),
        ({"retired_at": int(time.time()) + 3600}, "report.retirement.retired_at"),
        ({"valid_until": 1}, "report.retirement.valid_until"),
        ({"valid_until": int(time.time()) + 8 * DAY_S}, "report.retirement.valid_until"),
        ({}, "proof.market"),
    ],
)
async def test_sign__retirement_that_cannot_be_right__is_refused_by_name(
    node: Running, changes: dict[str, Any], field: str
) -> None:
    body = {"kind": "retirement", "report": report_as_json(report(**changes)), "proof": PROOF}
    response = await node.client.post("/v1/council/sign", json=body, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", [field])


@pytest.mark.parametrize("proof", [{}, {"market": "carbonmark"}, PROOF | {"more": "x"}, "proof"])
async def test_sign__proof_of_another_shape__is_invalid(node: Running, proof: object) -> None:
    body = {"kind": "retirement", "report": report_as_json(report()), "proof": proof}
    response = await node.client.post("/v1/council/sign", json=body, headers=AUTHORIZED)
    assert problem(response)[:2] == (422, "invalid_request")


def finds(*mismatches: Mismatch) -> RetirementCheck:
    async def check(_report: RetirementReport, _proof: Mapping[str, object]) -> Sequence[Mismatch]:
        return mismatches

    return check


@pytest.fixture
async def council(deployed: Deployed) -> AsyncIterator[CouncilNode]:
    """A council node whose market confirms everything, over the real chain."""
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        signer = CouncilSigner(deployed.council_keys[0])
        yield CouncilNode(signer, (), deployed.deployment, chain, load_factor_set(), finds())


async def test_sign_retirement__market_confirms__signs_the_contracts_own_digest(
    council: CouncilNode, deployed: Deployed
) -> None:
    stated = report()
    signed = await council.sign_retirement(stated, PROOF)
    on_chain = deployed.credits.functions.report_id(astuple(stated)).call()
    assert signed.digest == on_chain
    assert recover(signed.digest, signed.signature) == signed.signer


def test_retirement_report_id__of_a_desks_report__is_the_contracts_own_digest(deployed: Deployed) -> None:
    stated = report(minter=MINTER, order=b"\x03" * 32)
    domain = retirement_domain(deployed.deployment.chain_id, deployed.deployment.credits)
    on_chain = deployed.credits.functions.report_id(astuple(stated)).call()
    assert retirement_report_id(stated, domain) == on_chain


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"minter": MINTER}, [("report.minter", f"is {MINTER}")]),
        ({"order": b"\x03" * 32}, [("report.order", f"is 0x{'03' * 32}")]),
        (
            {"minter": MINTER, "order": b"\x03" * 32},
            [("report.minter", f"is {MINTER}"), ("report.order", f"is 0x{'03' * 32}")],
        ),
    ],
)
async def test_sign_retirement__minter_or_order_of_a_desk__is_refused_though_the_market_confirms(
    council: CouncilNode, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(report(**changes), PROOF)
    assert [(error.field, error.problem) for error in caught.value.errors] == expected


@pytest.mark.parametrize(
    ("mismatch", "field", "expected"),
    [
        (
            Mismatch("retirement.amount_ug", "7", "5"),
            "report.retirement.amount_ug",
            "5, as the market states",
        ),
        (Mismatch("holder", "0xa", "0xb"), "report.holder", "0xb, as the market states"),
        (Mismatch("proof.reference", "x", "one that exists"), "proof.reference", "one that exists"),
    ],
)
async def test_sign_retirement__market_states_otherwise__is_refused_by_name(
    council: CouncilNode, mismatch: Mismatch, field: str, expected: str
) -> None:
    council.check_retirement = finds(mismatch)
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(report(), PROOF)
    assert caught.value.errors == (FieldError(field, f"is {mismatch.stated}", expected),)


async def test_cosign_retirement__one_signer_of_two__is_not_enough(council: CouncilNode) -> None:
    with pytest.raises(NotEnoughSignatures) as caught:
        await council.cosign_retirement(report(), PROOF)
    assert (caught.value.found, caught.value.threshold) == (1, 2)
