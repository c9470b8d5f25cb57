"""The seller's side of the desk opens on local chains alone, as long as known issue 17 stands."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from eth_account import Account
from pydantic import SecretStr

from greenledger.api.desk_part import open_desk

DESK = "0x" + "11" * 20


def gateway(tmp_path: Path, chain_id: int, *, local: bool) -> Any:
    """What `open_desk` looks at before it opens anything."""
    file = tmp_path / "key.json"
    file.write_text(json.dumps(Account.encrypt(Account.create().key, "secret", iterations=2)))
    return SimpleNamespace(
        deployment=SimpleNamespace(chain_id=chain_id, desk=DESK, is_local=local),
        settings=SimpleNamespace(
            seller_keystore=file, seller_password=SecretStr("secret"), seller_key=None, confirmations=None
        ),
    )


def test_open_desk__with_a_key_on_a_public_chain__is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chain 8453: expected a local chain"):
        open_desk(gateway(tmp_path, 8453, local=False))


def test_open_desk__on_a_local_chain__goes_past_that_check(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="chain"):  # it goes on to what this gateway does not have
        open_desk(gateway(tmp_path, 31337, local=True))
