"""What the certificates contract is deployed with."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import NOBODY


def test_constructor__its_four_neighbours__are_kept(
    credits: Any, owner: Any, council: Any, ledger: Any, art: Any
) -> None:
    assert credits.owner() == owner
    assert [credits.COUNCIL(), credits.LEDGER(), credits.ART()] == [council, ledger, art]
    assert ledger.credits() == credits


def test_constructor__no_owner__reverts(
    project: Any, owner: Any, council: Any, ledger: Any, art: Any
) -> None:
    with ape.reverts("credits: owner is empty"):
        owner.deploy(project.RetiredCredits, NOBODY, council, ledger, art)


@pytest.mark.parametrize(("at", "name"), [(0, "council"), (1, "ledger"), (2, "art")])
def test_constructor__neighbour_without_code__reverts(
    project: Any, owner: Any, council: Any, ledger: Any, art: Any, bob: Any, at: int, name: str
) -> None:
    neighbours = [council, ledger, art]
    neighbours[at] = bob
    with ape.reverts(f"credits: {name} is not a contract"):
        owner.deploy(project.RetiredCredits, owner, *neighbours)


def test_constructor__ledger_of_another_council__reverts(
    project: Any, owner: Any, council: Any, art: Any
) -> None:
    members = [tuple(member) for member in council.members()]
    other = owner.deploy(project.OracleCouncil, owner, owner, members, 1)
    ledger = owner.deploy(project.FootprintLedger, owner, other)
    with ape.reverts("credits: ledger has another council"):
        owner.deploy(project.RetiredCredits, owner, council, ledger, art)


def test_eip712_domain__credits__names_chain_and_contract(credits: Any, chain: Any) -> None:
    domain = tuple(credits.eip712Domain())[1:5]
    assert domain == ("GPTX Green AI Ledger: Retirements", "1", chain.chain_id, credits.address)
