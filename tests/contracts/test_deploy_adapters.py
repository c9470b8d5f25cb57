"""`scripts/deploy.py` with adapters: approved when named, kept while they are there; the gas of it all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deployments import ROOT, addresses, configure, contract_at, deploy, proxy, running_node, undone


@pytest.fixture(scope="module")
def node() -> Iterator[Any]:
    with running_node() as provider:
        yield provider


@pytest.fixture
def file(node: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with undone(node):
        yield configure(monkeypatch, tmp_path)


def name_adapters(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them. The constructors ask no more of escrow and aggregator than that they are contracts."""
    monkeypatch.setenv("GREENLEDGER_ADAPTERS", "klima, toucan,request")
    monkeypatch.setenv("GREENLEDGER_KLIMA_AGGREGATOR", proxy.ADDRESS)
    monkeypatch.setenv("GREENLEDGER_REQUEST_ESCROW", proxy.ADDRESS)


def _gas(node: Any, start: int) -> int:
    """All gas that was used after a block."""
    web3 = node.web3
    return sum(web3.eth.get_block(at)["gasUsed"] for at in range(start + 1, web3.eth.block_number + 1))


def test_deploy__adapters_that_are_named__are_made_and_approved(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_adapters(monkeypatch)
    deploy.main()
    found = addresses(file)
    credits = contract_at(file, "RetiredCredits")
    for name in ("ToucanAdapter", "RequestAdapter", "KlimaAdapter"):
        assert credits.is_adapter(found[name])
        assert contract_at(file, name).owner() == credits.owner()
    assert contract_at(file, "RequestAdapter").HOLDER() == found["RequestHolder"]
    assert not credits.is_adapter(found["RequestHolder"])


def test_deploy__file_with_an_adapter_of_an_earlier_chain__drops_it_and_says_so(
    file: Path, node: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    with undone(node), monkeypatch.context() as patch:
        patch.setenv("GREENLEDGER_ADAPTERS", "toucan")
        deploy.main()
    adapter = addresses(file)["ToucanAdapter"]
    deploy.main()
    assert "ToucanAdapter" not in addresses(file)
    assert f"ToucanAdapter dropped from the file: this chain has no code at {adapter}" in (
        capsys.readouterr().out
    )
    assert all(node.get_code(address) for address in addresses(file).values())


def test_deploy__adapter_that_the_settings_name_no_more__stays_in_the_file_while_it_is_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("GREENLEDGER_ADAPTERS", "toucan")
        deploy.main()
    found = addresses(file)
    deploy.main()
    assert addresses(file) == found


def test_deploy__gas_of_it_all__is_what_the_manual_says(
    file: Path, node: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join((ROOT / "docs" / "DEPLOYING.md").read_text().split())
    told = re.search(r"settings take about ([\d.]+) million gas, all adapters ([\d.]+) million more", text)
    assert told
    start = node.web3.eth.block_number
    deploy.main()
    contracts = _gas(node, start)
    name_adapters(monkeypatch)
    deploy.main()
    adapters = _gas(node, start) - contracts
    # Never less than needed, and at most 5% more.
    for figure, measured in zip(told.groups(), (contracts, adapters), strict=True):
        assert 0.95 < measured / (float(figure) * 10**6) <= 1
