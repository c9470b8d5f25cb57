"""POST /v1/council/sign for retirements: what a node refuses before and after it looks at the proof."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from deployed import Deployed
from nodes import PEER_TOKEN, Running, new_person, node_settings, problem, running

from greenledger.council.node import CouncilNode, CouncilRefused
from greenledger.council.signer import recover
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.typed_data import Retirement, RetirementReport, Source, report_as_json

AUTHORIZED = {"authorization": f"Bearer {PEER_TOKEN}"}
PROOF = {"market": "carbonmark", "reference": "a quote"}
DAY_S = 24 * 3600


def report(**changes: Any) -> RetirementReport:
    """A report about a retirement of one tonne a minute ago."""
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
    holder = changes.pop("holder", new_person().address)
    return RetirementReport(holder, replace(retirement, **changes), source)


@pytest.fixture
async def node(deployed: Deployed, database_url: str) -> AsyncIterator[Running]:
    """A council node that was started without a marketplace."""
    async with running(node_settings(deployed, database_url)) as started:
        yield started


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holder": "0x" + "00" * 20}, "report.holder"),
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


async def proves(_report: RetirementReport, _proof: Mapping[str, str]) -> Sequence[Mismatch]:
    return ()


async def differs(_report: RetirementReport, _proof: Mapping[str, str]) -> Sequence[Mismatch]:
    return (Mismatch("retirement.amount_ug", "1000000000000", "5"),)


def council_of(node: Running) -> CouncilNode:
    council: CouncilNode = node.app.state.gateway.council
    return council


async def test_sign_retirement__market_confirms__signs_the_contracts_own_digest(
    node: Running, deployed: Deployed
) -> None:
    council = council_of(node)
    council.check_retirement = proves
    stated = report()
    signed = await council.sign_retirement(stated, PROOF)
    r, s = stated.retirement, stated.source
    fields = (
        *(r.registry, r.project, r.vintage, r.amount_ug, r.beneficiary, r.serials),
        *(r.retired_at, r.evidence, r.valid_until),
    )
    source = (s.kind, s.book, s.first, s.last)
    assert signed.digest == deployed.credits.functions.report_id((stated.holder, fields, source)).call()
    assert recover(signed.digest, signed.signature) == signed.signer


async def test_sign_retirement__market_states_another_amount__is_refused_by_name(node: Running) -> None:
    council = council_of(node)
    council.check_retirement = differs
    with pytest.raises(CouncilRefused) as caught:
        await council.sign_retirement(report(), PROOF)
    [error] = caught.value.errors
    assert (error.field, error.problem) == ("report.retirement.amount_ug", "is 1000000000000")
    assert error.expected.startswith("5,")
