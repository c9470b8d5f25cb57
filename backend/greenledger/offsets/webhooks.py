"""What markets send us unasked. A body is a hint and nothing more: it says which order to read again.

Of the three vendors only CNaught calls back, and no signature of its is known. Where the operator has agreed
on a secret with a vendor, calls must be signed in the way of the Standard Webhooks specification: headers
webhook-id, webhook-timestamp and webhook-signature, HMAC-SHA256 over "id.timestamp.body". A forged call
without a secret costs one more read of an order that exists, and has no other effect.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

from greenledger.offsets.terms import LONGEST_REFERENCE

MAX_BODY_BYTES = 64 * 1024
CLOCKS_DIFFER_S = 300
SECRET_PREFIX = "whsec_"  # noqa: S105  (the mark of such secrets, not one of them)
# What references of ours are made of, and a market's UUIDs: of anything else no order is stored.
_REFERENCE = re.compile(rf"[A-Za-z0-9._-]{{1,{LONGEST_REFERENCE}}}")

ReadHint = Callable[[bytes], str | None]
"""The quote reference that a body names, None if it names none."""

Wake = Callable[[str], None]
"""Has the order of a quote reference read again soon; does nothing for one that is not known."""


class UnknownMarket(Exception):
    """No market of this name calls here; the text lists those that do."""


class BadSignature(Exception):
    """The call is not signed as agreed; the text says what is wrong and holds nothing secret."""


@dataclass(frozen=True)
class Webhooks:
    """The calls that are taken: how each market's body is read, and its secret where one is agreed."""

    hints: Mapping[str, ReadHint]
    wake: Wake
    secrets: Mapping[str, SecretStr] = field(default_factory=dict)
    clock: Callable[[], float] = time.time

    def receive(self, market: str, headers: Mapping[str, str], body: bytes) -> None:
        """Wakes the order that a call is about. Header names in lower case.

        Raises UnknownMarket or BadSignature; a body that cannot be read, or names what is no quote's
        reference, has no effect.
        """
        read = self.hints.get(market)
        if read is None:
            raise UnknownMarket(", ".join(sorted(self.hints)) or "none")
        secret = self.secrets.get(market)
        if secret is not None:
            check_signature(secret, headers, body, self.clock())
        reference = read(body)
        if reference is not None and _REFERENCE.fullmatch(reference):
            self.wake(reference)


def check_signature(secret: SecretStr, headers: Mapping[str, str], body: bytes, now: float) -> None:
    """Raises BadSignature unless the call was signed with the secret within five minutes of `now`."""
    identity, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not identity or not stamp.isascii() or not stamp.isdecimal():
        raise BadSignature("expected the headers webhook-id and webhook-timestamp")
    if abs(now - int(stamp[:12])) > CLOCKS_DIFFER_S:
        raise BadSignature(f"webhook-timestamp: expected a time within {CLOCKS_DIFFER_S} s of now")
    expected = signature(secret, identity, stamp, body)
    given = [part.partition(",") for part in headers.get("webhook-signature", "").split(" ")]
    versions = [value for version, _, value in given if version == "v1"]
    # bytes: compare_digest refuses text that is not ASCII, which a stranger may well send
    if not any(hmac.compare_digest(value.encode(), expected.encode()) for value in versions):
        raise BadSignature("webhook-signature: does not fit the body and the agreed secret")


def signature(secret: SecretStr, identity: str, stamp: str, body: bytes) -> str:
    """Base64 of the HMAC-SHA256 that a call is signed with."""
    text = secret.get_secret_value().removeprefix(SECRET_PREFIX)
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = text.encode()
    signed = hmac.new(key, f"{identity}.{stamp}.".encode() + body, hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()
