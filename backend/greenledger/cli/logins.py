"""The stored login: a key with its scopes, in a file that only its owner reads."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

from greenledger.client.settings import Stored, config_file

_MODE, _FOLDER_MODE = 0o600, 0o700


def store(login: Stored) -> None:
    """Writes the login, all of it or nothing. Raises OSError."""
    file = config_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    partial = file.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(asdict(login), stream, indent=2)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)


def forget() -> bool:
    """Deletes the login; whether there was one. Raises OSError."""
    file = config_file()
    existed = file.exists()
    file.unlink(missing_ok=True)
    return existed
