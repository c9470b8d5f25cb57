"""What the corrections contract is deployed with."""

from __future__ import annotations

from typing import Any

import ape


def test_constructor__its_neighbours__are_kept(corrections: Any, credits: Any, council: Any) -> None:
    assert (corrections.CREDITS(), corrections.COUNCIL()) == (credits, council)
    assert credits.corrections() == corrections


def test_constructor__credits_without_code__reverts(project: Any, owner: Any, bob: Any) -> None:
    with ape.reverts("corrections: credits are not a contract"):
        owner.deploy(project.CertificateCorrections, bob)


def test_eip712_domain__corrections__names_chain_and_contract(corrections: Any, chain: Any) -> None:
    domain = tuple(corrections.eip712Domain())[1:5]
    assert domain == ("GPTX Green AI Ledger: Corrections", "1", chain.chain_id, corrections.address)
