"""Proofs of CNaught's orders by the registries' serial numbers, against the sandbox."""

from __future__ import annotations

import hashlib

import pytest
from buying import BUYER, TONNE_UG, bought
from buying import CNAUGHT_ORDERS as ORDERS
from market_clients import BIOCHAR, MIXED, STOVES, WIND
from sandbox_server import SandboxServer

from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.cnaught.portfolio import Portfolio
from greenledger.offsets.errors import (
    ProofNotFound,
    ProofUnusable,
)


@pytest.mark.parametrize(
    ("portfolio", "serials", "registry", "project", "vintage"),
    [
        (WIND, "99990-1-2-VCS-VCU-999-VER-CL-1-999901-01012022-31122022-0", "vcs", "VCS-999901", 2022),
        (STOVES, "GS1-1-KE-GS999902-16-2023-99902-1-2", "gs", "GS999902", 2023),
        (
            BIOCHAR,
            "PURO_PR_CORC200+_FI_999903_2024_99990300-0000-4000-8000-000000000000_1-2",
            "puro",
            "PURO-999903",
            2024,
        ),
    ],
    ids=["Verra", "Gold Standard", "Puro"],
)
async def test_proof__of_each_registry__is_read_from_its_serial_numbers(
    cnaught: CNaught,
    sandbox: SandboxServer,
    portfolio: Portfolio,
    serials: str,
    registry: str,
    project: str,
    vintage: int,
) -> None:
    order = await bought(cnaught, portfolio.source_id, 2 * TONNE_UG)
    assert order.retirement is not None
    proof = await cnaught.proof(order.retirement)
    assert (proof.serials, proof.registry, proof.project, proof.vintage) == (
        serials,
        registry,
        project,
        vintage,
    )
    assert (proof.amount_ug, proof.origin) == (2 * TONNE_UG, None)
    assert (proof.beneficiary, proof.beneficiary_address) == ("BLOOM team", BUYER)
    assert proof.message == "Training of BLOOM-176B"
    assert proof.not_told == ("retired_at",)
    raw = sandbox.get(f"/cnaught/v1/orders/{order.retirement.partition('/')[0]}", with_key=True)
    assert proof.evidence == hashlib.sha256(raw.content).digest()
    assert type(proof).from_json(proof.as_json()) == proof


async def test_proof__order_over_two_projects__has_one_for_each_with_its_share(cnaught: CNaught) -> None:
    order = await bought(cnaught, MIXED.source_id, 3 * TONNE_UG)
    assert order.retirement is not None and len(order.more) == 1
    parts = [await cnaught.proof(reference) for reference in (order.retirement, *order.more)]
    assert [part.registry for part in parts] == ["vcs", "puro"]
    assert sum(part.amount_ug for part in parts) == 3 * TONNE_UG


async def test_proof__partial_retirement__states_what_was_really_retired(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "partial", "on": ORDERS})
    order = await bought(cnaught, WIND.source_id, 4 * TONNE_UG)
    assert order.retirement is not None
    assert (await cnaught.proof(order.retirement)).amount_ug == 2 * TONNE_UG


async def test_proof__wrong_beneficiary__is_unusable_and_names_both(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "wrong-beneficiary", "on": ORDERS})
    order = await bought(cnaught, WIND.source_id)
    assert order.retirement is not None
    with pytest.raises(ProofUnusable, match=r"description: found .*Somebody else.*BLOOM team"):
        await cnaught.proof(order.retirement)


async def test_proof__serials_used_before__are_shown_as_they_are_for_the_chain_to_refuse(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    first = await bought(cnaught, WIND.source_id)
    sandbox.switch_faults({"kind": "used-serials", "on": ORDERS})
    second = await bought(cnaught, WIND.source_id)
    assert first.retirement is not None and second.retirement is not None
    one, other = await cnaught.proof(first.retirement), await cnaught.proof(second.retirement)
    assert one.serials == other.serials and one.reference != other.reference


@pytest.mark.parametrize("reference", ["", "../orders", "abcdef012345", "abcdef012345/x", "a/0"])
async def test_proof__by_something_else_than_order_and_index__is_unusable(
    cnaught: CNaught, reference: str
) -> None:
    with pytest.raises(ProofUnusable, match="reference"):
        await cnaught.proof(reference)


async def test_proof__of_an_unknown_order__is_not_found(cnaught: CNaught) -> None:
    with pytest.raises(ProofNotFound):
        await cnaught.proof("abcdef012345/0")
