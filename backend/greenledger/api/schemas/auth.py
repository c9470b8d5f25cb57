"""Sign-in over the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from greenledger.api.schemas.words import Body, Hex, View
from greenledger.auth.sign_in import MAX_MESSAGE_CHARACTERS


class NonceView(View):
    nonce: str
    expires_at: int  # Unix seconds


class SignInBody(Body):
    # EIP-4361 text, as signed
    message: Annotated[str, StringConstraints(min_length=1, max_length=MAX_MESSAGE_CHARACTERS)]
    signature: Hex  # 65 bytes of a key, or whatever a contract wallet asks for


class SessionView(View):
    account: str  # checksum address
    expires_at: int  # Unix seconds
