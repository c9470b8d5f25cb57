"""Somebody at a command line: a keystore file, and its password in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import Result
from eth_account import Account
from eth_account.signers.local import LocalAccount
from nodes import ORIGIN, new_person
from typer.testing import CliRunner

from greenledger.cli.main import app

PASSWORD = "a password of the tests"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """A wallet as its owner keeps it, and how they call the command."""

    wallet: LocalAccount
    keystore: Path
    password_file: Path
    url: str
    env: dict[str, str]

    def run(self, *words: str, code: int = 0, **env: str | None) -> Result:
        """Calls the command and checks how it ended."""
        result = CliRunner().invoke(app, list(words), env=self.env | env)
        assert result.exit_code == code, (words, result.exit_code, result.output, result.exception)
        return result

    def json(self, *words: str, code: int = 0, **env: str | None) -> Any:
        """What it printed for programs."""
        return json.loads(self.run(*words, "--json", code=code, **env).stdout)


def write_keystore(file: Path, key: bytes, password: str = PASSWORD) -> None:
    # So few rounds that a test does not wait for them.
    file.write_text(json.dumps(Account.encrypt(key, password, kdf="pbkdf2", iterations=2)))


def new_person_at(folder: Path, url: str) -> Person:
    wallet = new_person()
    keystore, password_file = folder / "key.json", folder / "password"
    write_keystore(keystore, bytes(wallet.key))
    password_file.write_text(f"{PASSWORD}\nand another line\n")
    env = {
        "GREENLEDGER_URL": url,
        "GREENLEDGER_ORIGIN": ORIGIN,
        "GREENLEDGER_KEYSTORE": str(keystore),
        "GREENLEDGER_KEYSTORE_PASSWORD_FILE": str(password_file),
        "COLUMNS": "250",
    }
    return Person(wallet, keystore, password_file, url, env)
