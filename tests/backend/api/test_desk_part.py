"""What the seller's side of the desk checks before it opens."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from eth_account import Account
from pydantic import SecretStr

from greenledger.api.parts.desk import open_desk
from greenledger.chain.keys import UnsafeKey

DESK = "0x" + "11" * 20
WELL_KNOWN = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"


def gateway(chain_id: int, desk: str | None, **keys: object) -> Any:
    """What `open_desk` looks at before it opens anything."""
    settings = {"seller_keystore": None, "seller_password": None, "seller_key": None, "confirmations": None}
    return SimpleNamespace(
        deployment=SimpleNamespace(chain_id=chain_id, desk=desk), settings=SimpleNamespace(**settings | keys)
    )


def keystore(tmp_path: Path) -> dict[str, object]:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(Account.encrypt(Account.create().key, "secret", iterations=2)))
    return {"seller_keystore": file, "seller_password": SecretStr("secret")}


def test_open_desk__without_a_key__sells_nothing() -> None:
    assert open_desk(gateway(8453, DESK)) is None


def test_open_desk__with_a_development_key_on_a_public_chain__is_refused() -> None:
    with pytest.raises(UnsafeKey):
        open_desk(gateway(8453, DESK, seller_key=SecretStr(WELL_KNOWN)))


def test_open_desk__with_a_key_and_no_desk__is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="names no RetirementDesk"):
        open_desk(gateway(8453, None, **keystore(tmp_path)))


def test_open_desk__with_a_keystore_on_a_public_chain__goes_past_these_checks(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="chain"):  # it goes on to what this gateway does not have
        open_desk(gateway(8453, DESK, **keystore(tmp_path)))
