"""The key of a command that signs, sends or pays: an encrypted keystore file. Its password is no option."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from eth_account.signers.local import LocalAccount

from greenledger.cli.documents import read_bytes
from greenledger.client import Client, NotConfigured
from greenledger.client import settings as client_settings
from greenledger.client.signers import ape_keystore, in_clear, keystore

KEYSTORE, PASSWORD = "GREENLEDGER_KEYSTORE", "GREENLEDGER_KEYSTORE_PASSWORD"  # names of variables
PASSWORD_FILE = "GREENLEDGER_KEYSTORE_PASSWORD_FILE"  # noqa: S105
DEVELOPMENT_KEY = "GREENLEDGER_DEVELOPMENT_KEY"
MOST_PASSWORD_BYTES = 4_096

_GROUP = "Wallet key"

Keystore = Annotated[
    Path | None,
    typer.Option(
        "--keystore",
        envvar=KEYSTORE,
        help="Encrypted keystore file of the key that signs.",
        rich_help_panel=_GROUP,
    ),
]
Ape = Annotated[
    str | None,
    typer.Option("--ape", metavar="ALIAS", help="An account of ape instead.", rich_help_panel=_GROUP),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        envvar=PASSWORD_FILE,
        help=f"File whose first line is its password [default: {PASSWORD}, else asked for].",
        rich_help_panel=_GROUP,
    ),
]


@dataclass(frozen=True, slots=True)
class WalletChoice:
    """What the options say about the key."""

    keystore: Path | None
    ape: str | None
    password_file: Path | None

    def file(self) -> Path | None:
        """Raises NotConfigured where two keys are named."""
        if self.keystore is not None and self.ape is not None:
            raise NotConfigured("--keystore and --ape: both are given, expected one of them")
        if self.ape is not None:
            return ape_keystore(self.ape)
        login = client_settings.stored()
        kept = login.keystore if login is not None else None
        return self.keystore or (Path(kept) if kept else None)

    def signer(self, client: Client) -> LocalAccount:
        """The key, for the gateway's chain. Raises NotConfigured without one, NotTrusted for a bad one."""
        chain_id = client.config().chain_id
        file = self.file()
        if file is None and (key := os.environ.get(DEVELOPMENT_KEY)):
            return in_clear(key, chain_id)
        if file is None:
            raise NotConfigured(f"whose key? give --keystore FILE or --ape ALIAS, or set {KEYSTORE}")
        if not file.is_file():
            raise NotConfigured(f"{file}: is no file, expected an encrypted keystore")
        return keystore(file, self._password(file), chain_id)

    def _password(self, file: Path) -> str:
        if self.password_file is not None:
            text = read_bytes(str(self.password_file), MOST_PASSWORD_BYTES)
            return text.decode(errors="replace").split("\n")[0].rstrip("\r")
        if (stated := os.environ.get(PASSWORD)) is not None:
            return stated
        try:
            return str(typer.prompt(f"Password of {file.name}", hide_input=True, err=True))
        except typer.Abort:
            raise NotConfigured(
                f"the password of {file.name} was not given: --password-file, {PASSWORD}, or the prompt"
            ) from None


def signed_in(client: Client, choice: WalletChoice) -> LocalAccount:
    """The key, and a session of its account at the gateway, which no API key can open."""
    signer = choice.signer(client)
    client.sign_in(signer)
    return signer
