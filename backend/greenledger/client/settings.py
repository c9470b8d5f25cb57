"""Where a client's gateway is and with which key: an argument, else the environment, else what was stored."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenledger.client.connection import Connection
from greenledger.client.errors import NotConfigured
from greenledger.footprint.strict_json import loads_strict

URL, KEY, RPC = "GREENLEDGER_URL", "GREENLEDGER_API_KEY", "GREENLEDGER_RPC_URL"
ORIGIN, SPOOL_BYTES = "GREENLEDGER_ORIGIN", "GREENLEDGER_SPOOL_MAX_BYTES"
MOST_STORED_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Stored:
    """What `greenledger login` keeps. `contracts` are those that the gateway named then."""

    url: str
    account: str
    api_key: str = field(repr=False)
    key_id: str = ""
    rpc_url: str | None = field(default=None, repr=False)
    origin: str | None = None
    keystore: str | None = None
    contracts: Mapping[str, str] = field(default_factory=dict)


def _folder(variable: str, usual: str) -> Path:
    stated = os.environ.get(variable, "")
    # As the XDG specification says: a path that is not absolute counts for nothing.
    if Path(stated).is_absolute():
        return Path(stated) / "greenledger"
    try:
        return Path.home() / usual / "greenledger"
    except RuntimeError:
        raise NotConfigured(f"this user has no home folder: set {variable}") from None


def config_file() -> Path:
    """Where a login is stored, readable by its owner alone. Raises NotConfigured without a home folder."""
    return _folder("XDG_CONFIG_HOME", ".config") / "login.json"


def state_folder() -> Path:
    """Where unsent work is kept. Raises NotConfigured without a home folder."""
    return _folder("XDG_STATE_HOME", ".local/state")


def stored() -> Stored | None:
    """The login of this user, None if there is none. Raises NotConfigured for a file that is none."""
    file = config_file()
    try:
        with file.open("rb") as stream:
            text = stream.read(MOST_STORED_BYTES)
    except (FileNotFoundError, NotADirectoryError):  # a home of /dev/null is no folder
        return None
    except OSError as error:
        raise NotConfigured(f"{file.name} of the login cannot be read: {error.strerror}") from error
    try:
        found: Any = loads_strict(text)
        return Stored(**found)
    except (ValueError, TypeError):
        raise NotConfigured(f"{file.name} is no login, expected what `greenledger login` writes") from None


def connection(
    url: str | None = None,
    api_key: str | None = None,
    *,
    rpc_url: str | None = None,
    origin: str | None = None,
    use_stored: bool = True,
) -> Connection:
    """The connection that arguments, environment and login say. Raises NotConfigured without a URL.

    A stored key is for the gateway that made it, so another URL never gets it.
    """
    login = stored() if use_stored else None
    base = url or os.environ.get(URL) or (login.url if login else None)
    if not base:
        raise NotConfigured(f"which gateway? give its url, set {URL}, or `greenledger login`")
    own = login if login is not None and login.url.rstrip("/") == base.rstrip("/") else None
    key = api_key or os.environ.get(KEY) or (own.api_key if own else None)
    return Connection(
        url=base,
        api_key=key,
        account=own.account if own is not None and key == own.api_key else None,
        rpc_url=rpc_url or os.environ.get(RPC) or (own.rpc_url if own else None),
        origin=origin or os.environ.get(ORIGIN) or (own.origin if own else None) or "",
        contracts=dict(own.contracts) if own else {},
    )


def stating_connection() -> Connection:
    """What stating work takes, from environment and login. Raises NotConfigured without a gateway or a key.

    A login that cannot be read is passed over where the environment says both: nothing is signed here that
    the login's contracts would guard.
    """
    try:
        found = connection()
    except NotConfigured:
        if not (os.environ.get(URL) and os.environ.get(KEY)):
            raise
        found = connection(use_stored=False)
    if not found.api_key:
        raise NotConfigured(f"whose work is it? set {KEY}, or `greenledger login`")
    return found


def spool_bytes(usual: int) -> int:
    """How much unsent work may lie on disk, in bytes. Raises NotConfigured."""
    text = os.environ.get(SPOOL_BYTES)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 12):
        raise NotConfigured(f"{SPOOL_BYTES} is not a size, expected bytes as a whole number")
    return int(text)
