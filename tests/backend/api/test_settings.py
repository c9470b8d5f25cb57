"""Settings that would be unsafe or senseless stop the start, with a clear text and without the secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed, account
from nodes import node_settings, running
from pydantic import ValidationError

from greenledger.api.settings import Settings
from greenledger.api.startup import UnsafeStart, check_public_rpc_url, council_signer
from greenledger.chain.errors import InvalidDeployment
from greenledger.chain.keys import DEVELOPMENT_ACCOUNTS


def test_development_accounts__derived_from_the_mnemonic__are_the_list() -> None:
    assert {account(index).address for index in range(20)} == DEVELOPMENT_ACCOUNTS


@pytest.mark.parametrize("chain_id", [1, 10, 8453, 11155111])
def test_council_signer__development_key_on_a_real_chain__is_refused(chain_id: int) -> None:
    key = account(6).key.to_0x_hex()
    with pytest.raises(UnsafeStart, match=f"chain {chain_id}") as caught:
        council_signer(Settings(council_key=key), chain_id)
    assert "GREENLEDGER_COUNCIL_KEY" in str(caught.value)
    assert key[2:] not in str(caught.value)


@pytest.mark.parametrize("chain_id", [31337, 1337])
def test_council_signer__development_key_on_a_local_chain__is_used(chain_id: int) -> None:
    signer = council_signer(Settings(council_key=account(6).key.to_0x_hex()), chain_id)
    assert signer is not None and signer.address == account(6).address


async def test_start__development_key_on_a_real_chain__does_not_happen(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(json.loads(deployed.file.read_text()) | {"chain_id": 1}))
    settings = node_settings(deployed, database_url, deployment=file, public_rpc_url="https://open.test")
    with pytest.raises(UnsafeStart, match="GREENLEDGER_COUNCIL_KEY"):
        async with running(settings):
            raise AssertionError("it started")


async def test_start__no_deployment_file__says_what_is_missing(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    settings = node_settings(deployed, database_url, deployment=tmp_path / "absent.json")
    with pytest.raises(InvalidDeployment, match=r"absent\.json"):
        async with running(settings):
            raise AssertionError("it started")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"public_origin": "ledger.test"}, "public_origin"),
        ({"public_origin": "https://ledger.test/path"}, "public_origin"),
        ({"public_origin": "https://user:secret@ledger.test"}, "public_origin"),
        ({"rpc_url": "file:///etc/passwd"}, "rpc_url"),
        ({"peer_token": "short"}, "peer_token"),
        ({"council_peers": ("ftp://peer",), "peer_token": "x" * 16}, "council_peers"),
        ({"council_peers": ("https://user:secret@peer",), "peer_token": "x" * 16}, "council_peers"),
        ({"council_peers": ("http://peer",)}, "peer_token"),
        ({"session_hours": 0}, "session_hours"),
    ],
)
def test_settings__senseless_value__is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError, match=field) as caught:
        Settings(**changes)
    assert "secret" not in str(caught.value)


def test_settings__from_the_environment__are_read_with_their_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLEDGER_PUBLIC_ORIGIN", "https://ledger.test/")
    monkeypatch.setenv("GREENLEDGER_COUNCIL_PEERS", '["http://one/", "http://two"]')
    monkeypatch.setenv("GREENLEDGER_PEER_TOKEN", "t" * 20)
    settings = Settings()
    assert settings.public_origin == "https://ledger.test"
    assert settings.council_peers == ("http://one", "http://two")
    assert settings.secure_cookies
    assert "tttt" not in repr(settings)


def test_public_rpc_url__absent_on_a_real_chain__is_refused_without_the_private_one() -> None:
    with pytest.raises(UnsafeStart, match="GREENLEDGER_PUBLIC_RPC_URL") as caught:
        check_public_rpc_url(Settings(rpc_url="https://rpc.test/v3/private"), 8453)
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(("chain_id", "public"), [(31337, None), (1337, None), (8453, "https://open.test")])
def test_public_rpc_url__local_chain_or_stated__is_what_browsers_get(
    chain_id: int, public: str | None
) -> None:
    settings = Settings(rpc_url="http://127.0.0.1:8545", public_rpc_url=public)
    check_public_rpc_url(settings, chain_id)
    assert settings.browser_rpc_url == (public or "http://127.0.0.1:8545")


async def test_start__no_public_rpc_url_on_a_real_chain__does_not_happen(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(json.loads(deployed.file.read_text()) | {"chain_id": 1}))
    with pytest.raises(UnsafeStart, match="GREENLEDGER_PUBLIC_RPC_URL"):
        async with running(node_settings(deployed, database_url, deployment=file, council_key=None)):
            raise AssertionError("it started")
