"""Council signatures and EIP-712 messages, built by eth_account and not by the project's own code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

DOMAIN_FIELDS = [
    {"name": "name", "type": "string"},
    {"name": "version", "type": "string"},
    {"name": "chainId", "type": "uint256"},
    {"name": "verifyingContract", "type": "address"},
]
FOOTPRINT = [
    {"name": "root", "type": "bytes32"},
    {"name": "count", "type": "uint32"},
    {"name": "methodology", "type": "bytes32"},
    {"name": "period_start", "type": "uint64"},
    {"name": "period_end", "type": "uint64"},
    {"name": "energy_uwh", "type": "uint128"},
    {"name": "low_ug", "type": "uint72"},
    {"name": "central_ug", "type": "uint72"},
    {"name": "high_ug", "type": "uint72"},
    {"name": "market_ug", "type": "uint72"},
    {"name": "embodied_ug", "type": "uint72"},
    {"name": "water_ul", "type": "uint128"},
    {"name": "tier", "type": "uint8"},
    {"name": "supersedes", "type": "bytes32"},
    {"name": "valid_until", "type": "uint64"},
]
FOOTPRINT_REPORT = [{"name": "account", "type": "address"}, {"name": "footprint", "type": "Footprint"}]
RETIREMENT = [
    {"name": "registry", "type": "bytes32"},
    {"name": "project", "type": "string"},
    {"name": "vintage", "type": "uint16"},
    {"name": "amount_ug", "type": "uint72"},
    {"name": "beneficiary", "type": "string"},
    {"name": "serials", "type": "string"},
    {"name": "retired_at", "type": "uint64"},
    {"name": "evidence", "type": "bytes32"},
    {"name": "valid_until", "type": "uint64"},
]
SOURCE = [
    {"name": "kind", "type": "uint8"},
    {"name": "book", "type": "bytes32"},
    {"name": "first", "type": "uint256"},
    {"name": "last", "type": "uint256"},
]
RETIREMENT_REPORT = [
    {"name": "holder", "type": "address"},
    {"name": "minter", "type": "address"},
    {"name": "order", "type": "bytes32"},
    {"name": "retirement", "type": "Retirement"},
    {"name": "source", "type": "Source"},
]
VOID_REPORT = [
    {"name": "certificate", "type": "uint256"},
    {"name": "reason", "type": "uint8"},
    {"name": "evidence", "type": "bytes32"},
    {"name": "valid_until", "type": "uint64"},
]
REBIND_REPORT = [
    {"name": "certificate", "type": "uint256"},
    {"name": "holder", "type": "address"},
    {"name": "to", "type": "address"},
    {"name": "evidence", "type": "bytes32"},
    {"name": "valid_until", "type": "uint64"},
]
ORDER = [
    {"name": "seller", "type": "address"},
    {"name": "payer", "type": "address"},
    {"name": "holder", "type": "address"},
    {"name": "token", "type": "address"},
    {"name": "price", "type": "uint128"},
    {"name": "amount_ug", "type": "uint72"},
    {"name": "min_ug", "type": "uint72"},
    {"name": "registry", "type": "bytes32"},
    {"name": "project", "type": "string"},
    {"name": "vintage", "type": "uint16"},
    {"name": "beneficiary", "type": "string"},
    {"name": "quote_until", "type": "uint64"},
    {"name": "deadline", "type": "uint64"},
    {"name": "salt", "type": "bytes32"},
]
PERMIT = [
    {"name": "owner", "type": "address"},
    {"name": "spender", "type": "address"},
    {"name": "value", "type": "uint256"},
    {"name": "nonce", "type": "uint256"},
    {"name": "deadline", "type": "uint256"},
]
RECEIVE_WITH_AUTHORIZATION = [
    {"name": "from", "type": "address"},
    {"name": "to", "type": "address"},
    {"name": "value", "type": "uint256"},
    {"name": "validAfter", "type": "uint256"},
    {"name": "validBefore", "type": "uint256"},
    {"name": "nonce", "type": "bytes32"},
]
TYPES = {
    "EIP712Domain": DOMAIN_FIELDS,
    "Footprint": FOOTPRINT,
    "FootprintReport": FOOTPRINT_REPORT,
    "RecordConsent": [{"name": "report", "type": "FootprintReport"}],
    "Retirement": RETIREMENT,
    "Source": SOURCE,
    "RetirementReport": RETIREMENT_REPORT,
    "VoidReport": VOID_REPORT,
    "RebindReport": REBIND_REPORT,
    "Order": ORDER,
    "Permit": PERMIT,
    "ReceiveWithAuthorization": RECEIVE_WITH_AUTHORIZATION,
}
USED_BY = {
    "Footprint": ["Footprint"],
    "FootprintReport": ["FootprintReport", "Footprint"],
    "RecordConsent": ["RecordConsent", "FootprintReport", "Footprint"],
    "RetirementReport": ["RetirementReport", "Retirement", "Source"],
    "Retirement": ["Retirement"],
    "VoidReport": ["VoidReport"],
    "RebindReport": ["RebindReport"],
    "Order": ["Order"],
    "Permit": ["Permit"],
    "ReceiveWithAuthorization": ["ReceiveWithAuthorization"],
}
SECP256K1_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@dataclass(frozen=True)
class Domain:
    """An EIP-712 domain of one contract on one chain."""

    name: str
    chain_id: int
    contract: str
    version: str = "1"

    def message(self, primary_type: str, value: dict[str, Any]) -> SignableMessage:
        """`value` as an EIP-712 message."""
        return encode_typed_data(
            full_message={
                "types": {name: TYPES[name] for name in ["EIP712Domain", *USED_BY[primary_type]]},
                "primaryType": primary_type,
                "domain": {
                    "name": self.name,
                    "version": self.version,
                    "chainId": self.chain_id,
                    "verifyingContract": self.contract,
                },
                "message": value,
            }
        )

    def digest(self, primary_type: str, value: dict[str, Any]) -> bytes:
        """What a signer signs."""
        message = self.message(primary_type, value)
        return keccak(b"\x19" + message.version + message.header + message.body)

    def struct_hash(self, primary_type: str, value: dict[str, Any]) -> bytes:
        """hashStruct of `value`, without the domain."""
        return bytes(self.message(primary_type, value).body)


def make_keys(count: int, label: str = "council") -> list[LocalAccount]:
    """Keys that are the same in every run, ascending by address as the council takes them."""
    keys = [Account.from_key(keccak(text=f"{label} {number}")) for number in range(count)]
    return sorted(keys, key=lambda key: int(key.address, 16))


def sign(digest: bytes, keys: list[LocalAccount]) -> list[bytes]:
    """65-byte signatures (r, s, v) in the order of `keys`."""
    return [bytes(key.unsafe_sign_hash(digest).signature) for key in keys]


def compact(signature: bytes) -> bytes:
    """The 64-byte form (r, vs) of EIP-2098."""
    r, s, v = signature[:32], int.from_bytes(signature[32:64]), signature[64]
    return r + (s | (v - 27) << 255).to_bytes(32)


def with_high_s(signature: bytes) -> bytes:
    """The other signature by the same key over the same digest, which must not be accepted."""
    r, s, v = signature[:32], int.from_bytes(signature[32:64]), signature[64]
    return r + (SECP256K1_ORDER - s).to_bytes(32) + bytes([55 - v])
