"""What a ledger is deployed with."""

from __future__ import annotations

from typing import Any

import ape

NOBODY = "0x" + "00" * 20


def test_constructor__owner_and_council__are_kept(unconnected_ledger: Any, owner: Any, council: Any) -> None:
    assert unconnected_ledger.owner() == owner
    assert council.address == unconnected_ledger.COUNCIL()
    assert unconnected_ledger.credits() == NOBODY
    assert not unconnected_ledger.paused()


def test_constructor__no_owner__reverts(project: Any, owner: Any, council: Any) -> None:
    with ape.reverts("ledger: owner is empty"):
        owner.deploy(project.FootprintLedger, NOBODY, council)


def test_constructor__council_without_code__reverts(project: Any, owner: Any, bob: Any) -> None:
    with ape.reverts("ledger: council is not a contract"):
        owner.deploy(project.FootprintLedger, owner, bob)


def test_eip712_domain__ledger__names_chain_and_contract(ledger: Any, chain: Any) -> None:
    domain = ledger.eip712Domain()
    assert tuple(domain)[1:5] == (
        "GPTX Green AI Ledger: Footprints",
        "1",
        chain.chain_id,
        ledger.address,
    )
