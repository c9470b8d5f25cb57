"""The sender's key: from an encrypted file, or in clear where nothing has value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from deployed import account
from eth_account import Account
from eth_account.signers.local import LocalAccount

from greenledger.chain.keys import UnsafeKey, development_key, key_of_keystore

PASSWORD = "a password of the tests"  # noqa: S105


def keystore(folder: Path, owner: LocalAccount) -> Path:
    file = folder / "sender.json"
    file.write_text(json.dumps(Account.encrypt(owner.key, PASSWORD, kdf="pbkdf2", iterations=1)))
    return file


def test_key_of_keystore__right_password__is_the_key(tmp_path: Path) -> None:
    mine = Account.create()
    assert key_of_keystore(keystore(tmp_path, mine), PASSWORD, 1).address == mine.address


def test_key_of_keystore__wrong_password__is_refused_without_it(tmp_path: Path) -> None:
    with pytest.raises(UnsafeKey, match=r"sender\.json does not open") as caught:
        key_of_keystore(keystore(tmp_path, Account.create()), "a guess", 1)
    assert "guess" not in str(caught.value)


@pytest.mark.parametrize("content", [None, "not JSON", "[]", "{}", '{"crypto": 5, "version": 3}'])
def test_key_of_keystore__no_keystore_file__is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "sender.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(UnsafeKey, match=r"sender\.json"):
        key_of_keystore(file, PASSWORD, 1)


def test_key_of_keystore__development_key__is_for_local_chains_only(tmp_path: Path) -> None:
    known = account(3)
    file = keystore(tmp_path, known)
    assert key_of_keystore(file, PASSWORD, 31337).address == known.address
    with pytest.raises(UnsafeKey, match=f"well-known development key of {known.address} and this is chain 1"):
        key_of_keystore(file, PASSWORD, 1)


def test_development_key__on_a_real_chain__is_refused_whatever_it_is() -> None:
    mine = Account.create()
    assert development_key(mine.key.to_0x_hex(), 31337).address == mine.address
    with pytest.raises(UnsafeKey, match="chains 1337, 31337 only and this is chain 8453") as caught:
        development_key(mine.key.to_0x_hex(), 8453)
    assert mine.key.hex() not in str(caught.value)
    with pytest.raises(UnsafeKey, match="expected 0x and 64 hex digits"):
        development_key("0x12", 31337)
