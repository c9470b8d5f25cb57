"""What a badge is about, as it is named in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from eth_utils.address import to_checksum_address

_ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}")
_WORD = re.compile(r"0x[0-9a-fA-F]{64}")
_NUMBER = re.compile(r"[0-9]{1,78}")


class UnknownSubject(LookupError):
    """The text names nothing that a badge can be about; the message says what would."""


@dataclass(frozen=True)
class Subject:
    """An account by its checksum address, or an attestation or certificate by 32 bytes in lower case."""

    kind: Literal["account", "word"]
    name: str


def subject_of(text: str) -> Subject:
    """The subject that a text names. Raises UnknownSubject."""
    if _ACCOUNT.fullmatch(text):
        return Subject("account", to_checksum_address(text))
    if _WORD.fullmatch(text):
        return Subject("word", text.lower())
    raise UnknownSubject(
        f"{text[:80]!r} names nothing with a badge, expected an account (0x and 40 hexadecimal digits)"
        " or the id of an attestation or certificate (0x and 64)"
    )


def certificate_number(text: str) -> int | None:
    """A certificate's id, in hexadecimal or as the whole number that wallets show; None if it is neither."""
    if _WORD.fullmatch(text):
        return int(text, 16)
    if _NUMBER.fullmatch(text) and int(text) < 2**256:
        return int(text)
    return None
