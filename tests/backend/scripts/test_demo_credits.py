"""`scripts/dev/demo_credits`: tokens to try the adapters on, made once, and on local chains only."""

import json
from pathlib import Path

import pytest
from deployed import OWNER_ACCOUNT, LocalChain, account

from scripts.dev.demo_credits import protocol
from scripts.dev.demo_credits.protocol import STOCK, TONNE, TONNES_EACH, DemoProtocol
from scripts.dev.processes import StackError

OWNER_KEY = account(OWNER_ACCOUNT).key.to_0x_hex()
HOLDER = account(0).address


def test_ensure__on_a_local_chain__gives_holders_tokens_and_the_aggregator_its_stock(
    local_chain: LocalChain, tmp_path: Path
) -> None:
    demo = DemoProtocol(local_chain.rpc_url, OWNER_KEY).ensure(tmp_path / "demo.json", [HOLDER])
    abi = protocol.compile_contract("DemoCredit", protocol.SOURCES).abi
    for address, supply in ((demo.tco2, TONNES_EACH * TONNE), (demo.credit, STOCK + TONNES_EACH * TONNE)):
        token = local_chain.web3.eth.contract(local_chain.web3.to_checksum_address(address), abi=abi)
        assert token.functions.balanceOf(HOLDER).call() == TONNES_EACH * TONNE
        assert token.functions.totalSupply().call() == supply


def test_ensure__a_second_time__keeps_what_is_there(local_chain: LocalChain, tmp_path: Path) -> None:
    kept = tmp_path / "demo.json"
    first = DemoProtocol(local_chain.rpc_url, OWNER_KEY).ensure(kept, [])
    assert DemoProtocol(local_chain.rpc_url, OWNER_KEY).ensure(kept, []) == first


def test_ensure__file_of_another_chain__makes_them_anew(local_chain: LocalChain, tmp_path: Path) -> None:
    kept = tmp_path / "demo.json"
    kept.write_text(json.dumps(dict.fromkeys(("tco2", "credit", "aggregator"), "0x" + "12" * 20)))
    made = DemoProtocol(local_chain.rpc_url, OWNER_KEY).ensure(kept, [])
    assert json.loads(kept.read_text())["aggregator"] == made.aggregator != "0x" + "12" * 20


def test_protocol__chain_that_is_not_local__is_refused(
    local_chain: LocalChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "LOCAL_CHAINS", frozenset({1337}))
    with pytest.raises(StackError, match="local chains only, this is chain 31337"):
        DemoProtocol(local_chain.rpc_url, OWNER_KEY)
