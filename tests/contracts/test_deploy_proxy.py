"""`scripts/deploy.py` on a chain that lacks the deployment proxy, or has something else in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ape
import click
import pytest
from deployments import addresses, configure, contract_at, deploy, proxy, running_node, undone
from eth_account import Account
from web3.exceptions import Web3RPCError


@pytest.fixture(scope="module")
def bare() -> Iterator[Any]:
    with running_node("--disable-default-create2-deployer") as provider:
        yield provider


@pytest.fixture
def node(bare: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A chain without the proxy, and the settings to deploy to it."""
    configure(monkeypatch, tmp_path)
    with undone(bare):
        yield bare


def test_deploy__chain_without_the_proxy__puts_it_there_by_its_published_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = configure(monkeypatch, tmp_path)
    assert Account.recover_transaction(proxy.TRANSACTION) == proxy.SIGNER
    # Ape's own test chain has nothing from the start.
    with ape.networks.parse_network_choice("ethereum:local:test") as chain:
        assert not chain.get_code(proxy.ADDRESS)
        deploy.main()
        assert bytes(chain.get_code(proxy.ADDRESS)) == proxy.CODE
        assert contract_at(file, "FootprintLedger").credits() == addresses(file)["RetiredCredits"]


def test_deploy__node_that_refuses_transactions_without_a_chain_id__says_so_and_sends_no_money(
    node: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(raw: Any) -> Any:
        raise Web3RPCError("only replay-protected (EIP-155) transactions allowed over RPC")

    monkeypatch.setattr(node.web3.eth, "send_raw_transaction", refuse)
    with pytest.raises(click.ClickException, match=r"this node refuses .*--rpc.allow-unprotected-txs"):
        deploy.main()
    assert node.get_balance(proxy.SIGNER) == 0


def test_deploy__node_that_refuses_the_transaction_for_another_reason__says_where_the_money_is(
    node: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = node.web3.eth.send_raw_transaction

    def refuse(raw: Any) -> Any:
        if raw == proxy.TRANSACTION:
            raise Web3RPCError("max fee per gas less than block base fee")
        return passing(raw)

    monkeypatch.setattr(node.web3.eth, "send_raw_transaction", refuse)
    with pytest.raises(
        click.ClickException, match=rf"less than block base fee. 0.01 .* wait at {proxy.SIGNER}"
    ):
        deploy.main()
    assert node.get_balance(proxy.SIGNER) == proxy.COST_WEI


def test_deploy__transaction_of_the_proxy_spent_in_vain__asks_for_a_preinstalled_one(node: Any) -> None:
    node.web3.provider.make_request("anvil_setNonce", [proxy.SIGNER, "0x1"])
    with pytest.raises(click.ClickException, match="has failed on this chain and cannot be sent again"):
        deploy.main()


def test_deploy__other_code_in_place_of_the_proxy__refuses(node: Any) -> None:
    node.web3.provider.make_request("anvil_setCode", [proxy.ADDRESS, "0x00"])
    with pytest.raises(click.ClickException, match="holds other code than the deployment proxy"):
        deploy.main()
