"""Sign-in over the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from greenledger.api.schemas.words import Body, Hex, View


class NonceView(View):
    nonce: str
    expires_at: int  # Unix seconds


class SignInBody(Body):
    message: Annotated[str, StringConstraints(min_length=1, max_length=4096)]  # EIP-4361 text, as signed
    signature: Hex  # 65 bytes of a key, or whatever a contract wallet asks for


class SessionView(View):
    account: str  # checksum address
    expires_at: int  # Unix seconds
