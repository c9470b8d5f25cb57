"""The constructor: an owner, the certificates, and no way to change those."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import NOBODY


def test_constructor__as_it_should_be__is_in_force_and_empty(
    project: Any, credits: Any, owner: Any, alice: Any, chain: Any
) -> None:
    fresh = owner.deploy(project.RetirementDesk, alice, credits)
    assert (fresh.owner(), fresh.pending_owner(), fresh.paused()) == (alice, NOBODY, False)
    assert fresh.CREDITS() == credits
    domain = fresh.eip712Domain()
    assert list(domain)[1:5] == ["GPTX Green AI Ledger: Desk", "1", chain.chain_id, fresh]
    assert fresh.held(credits) == 0
    assert fresh.order_state(bytes(32)) == 0


def test_constructor__no_owner__reverts(project: Any, credits: Any, owner: Any) -> None:
    with ape.reverts("desk: owner is empty"):
        owner.deploy(project.RetirementDesk, NOBODY, credits)


@pytest.mark.parametrize("credits_at", [NOBODY, "0x" + "99" * 20])
def test_constructor__credits_without_code__reverts(project: Any, owner: Any, credits_at: str) -> None:
    with ape.reverts("desk: credits is not a contract"):
        owner.deploy(project.RetirementDesk, owner, credits_at)


def test_desk__any__cannot_be_paused_for_good(desk: Any) -> None:
    names = {method.name for method in desk.contract_type.abi if method.type == "function"}
    assert "transfer_ownership" in names
    assert "renounce_ownership" not in names
