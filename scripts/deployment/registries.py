"""What `GREENLEDGER_REGISTRIES` says; what the chain would not keep as it stands is refused beforehand."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import Any

import click

NAME = "GREENLEDGER_REGISTRIES"
WORD_BYTES = 32
UNIT_BITS = 72
FIELDS = {"key", "unit_ug", "policy"}


@dataclass(frozen=True)
class Registry:
    """One registry as `set_registry` takes it: `unit_ug` is ug CO2e of one serial number."""

    key: bytes
    unit_ug: int
    policy: bytes


def registries_from_environment() -> list[Registry]:
    """Raises ClickException naming the entry and what is wrong in it."""
    try:
        rows = json.loads(os.environ.get(NAME) or "[]")
    except ValueError as error:
        raise click.ClickException(f"{NAME}: not JSON: {error}") from None
    if not isinstance(rows, list):
        raise click.ClickException(f"{NAME}: expected a list of {{key, unit_ug, policy}}")
    found = [_registry(f"{NAME}, entry {at}", row) for at, row in enumerate(rows, 1)]
    if len({registry.key for registry in found}) < len(found):
        # Each run would set one after the other, again and again.
        raise click.ClickException(f"{NAME}: a key stands there twice")
    return found


def _registry(place: str, row: Any) -> Registry:
    if not isinstance(row, dict) or row.keys() != FIELDS:
        raise click.ClickException(f"{place}: expected an object of key, unit_ug and policy")
    return Registry(_key(place, row["key"]), _unit(place, row["unit_ug"]), _policy(place, row["policy"]))


def _key(place: str, value: Any) -> bytes:
    if isinstance(value, str) and value.isascii() and value.isprintable() and 1 <= len(value) <= WORD_BYTES:
        return value.encode("ascii").ljust(WORD_BYTES, b"\0")
    raise click.ClickException(f"{place}, key: expected 1 to {WORD_BYTES} ASCII characters, not {value!r}")


def _unit(place: str, value: Any) -> int:
    text = str(value)
    if re.fullmatch("[0-9]{1,22}", text) and 1 <= int(text) < 2**UNIT_BITS:
        return int(text)
    raise click.ClickException(
        f"{place}, unit_ug: expected a whole number from 1 to below 2^{UNIT_BITS}, not {value!r}"
    )


def _policy(place: str, value: Any) -> bytes:
    """Shorter ones would be filled up on the chain, and no later run would find its own again."""
    if isinstance(value, str) and re.fullmatch("0x[0-9a-fA-F]{64}", value) and int(value, 16):
        return bytes.fromhex(value[2:])
    raise click.ClickException(f"{place}, policy: expected 0x and 64 hex digits, not all 0, not {value!r}")
