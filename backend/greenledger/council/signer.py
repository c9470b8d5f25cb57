"""Council signatures: made with a node's own key, and checked against the key that made them."""

from __future__ import annotations

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_typing import Hash32
from eth_utils.exceptions import ValidationError

# Half the order of secp256k1 (SEC 2, section 2.4.1): the ledger refuses a higher s, as EIP-2 does.
HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


class InvalidSignatureBytes(ValueError):
    """Not a signature that the council contract would take."""


class CouncilSigner:
    """One node's key. Nothing but signatures ever leaves it."""

    def __init__(self, private_key: str) -> None:
        """Raises ValueError, without the key in its text, if this is no secp256k1 private key."""
        try:
            self._account: LocalAccount = Account.from_key(private_key)
        except Exception:
            raise ValueError("the council key is not a private key: expected 0x and 64 hex digits") from None

    @property
    def address(self) -> str:
        """Checksum address."""
        return str(self._account.address)

    def sign(self, digest: bytes) -> bytes:
        """65 bytes (r, s, v) over an EIP-712 digest, v 27 or 28, low s."""
        return bytes(self._account.unsafe_sign_hash(Hash32(digest)).signature)

    def __repr__(self) -> str:
        return f"CouncilSigner({self.address})"


def recover(digest: bytes, signature: bytes) -> str:
    """Checksum address that signed. Raises InvalidSignatureBytes unless it is 65 bytes, v 27 or 28, low s."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        raise InvalidSignatureBytes("expected 65 bytes (r, s, v) with v 27 or 28")
    if int.from_bytes(signature[32:64]) > HALF_ORDER:
        raise InvalidSignatureBytes("expected an s in the lower half of the order")
    try:
        parsed = Signature(signature[:64] + bytes([signature[64] - 27]))
        return str(parsed.recover_public_key_from_msg_hash(digest).to_checksum_address())
    except (BadSignature, ValidationError) as error:
        raise InvalidSignatureBytes("no key made this signature") from error
