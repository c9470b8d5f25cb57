"""EIP-712: domains, struct hashes and digests of the reports. A report's digest is the id of its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.structs import (
    BY_ADAPTER,
    NO_ACCOUNT,
    ON_CHAIN_ORIGIN,
    STRUCTS,
    TYPES,
    ZERO,
    Footprint,
    FootprintReport,
    InvalidReport,
    Order,
    Retirement,
    RetirementReport,
    Source,
    Struct,
    checksum_address,
    struct_as_json,
    struct_from_json,
)

__all__ = [
    "BY_ADAPTER",
    "NO_ACCOUNT",
    "ON_CHAIN_ORIGIN",
    "ZERO",
    "Domain",
    "Footprint",
    "FootprintReport",
    "InvalidReport",
    "Order",
    "Retirement",
    "RetirementReport",
    "Source",
    "consent_digest",
    "consent_typed_data",
    "desk_domain",
    "domain_separator",
    "footprint_domain",
    "footprint_hash",
    "footprint_report_from_json",
    "footprint_report_id",
    "footprint_typed_data",
    "order_from_json",
    "order_id",
    "report_as_json",
    "retirement_domain",
    "retirement_report_from_json",
    "retirement_report_id",
    "retirement_typed_data",
]

_DOMAIN_FIELDS = {"name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address"}


@dataclass(frozen=True, slots=True)
class Domain:
    """EIP-712 domain: binds a digest to one contract on one chain. `contract` is a checksum address."""

    name: str
    version: str
    chain_id: int
    contract: str


def footprint_domain(chain_id: int, ledger: str) -> Domain:
    """Domain of the footprint ledger at address `ledger`. Raises InvalidReport for a bad address."""
    return Domain("GPTX Green AI Ledger: Footprints", "1", chain_id, checksum_address(ledger, "ledger"))


def retirement_domain(chain_id: int, credits_: str) -> Domain:
    """Domain of the retired credits contract. Raises InvalidReport for a bad address."""
    return Domain("GPTX Green AI Ledger: Retirements", "1", chain_id, checksum_address(credits_, "credits"))


def desk_domain(chain_id: int, desk: str) -> Domain:
    """Domain of the retirement desk. Raises InvalidReport for a bad address."""
    return Domain("GPTX Green AI Ledger: Desk", "1", chain_id, checksum_address(desk, "desk"))


def _type_string(name: str, types: dict[str, str]) -> str:
    return f"{name}({','.join(f'{kind} {field}' for field, kind in types.items())})"


def _referenced(types: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for kind in types.values():
        if kind in STRUCTS:
            found |= {kind} | _referenced(TYPES[STRUCTS[kind]])
    return found


def encode_type(name: str, types: dict[str, str]) -> str:
    """EIP-712 `encodeType`: the struct, then the structs it refers to, sorted by name."""
    parts = [_type_string(name, types)]
    parts += [_type_string(other, TYPES[STRUCTS[other]]) for other in sorted(_referenced(types))]
    return "".join(parts)


def _word(value: object, kind: str) -> bytes:
    if kind == "string":
        return keccak256(str(value).encode())
    if kind == "address":
        return bytes(12) + bytes.fromhex(str(value)[2:])
    if kind == "bytes32":
        if not isinstance(value, bytes) or len(value) != 32:
            raise ValueError(f"bytes32: {value!r}, expected 32 bytes")
        return value
    if kind in STRUCTS:
        return struct_hash(value)  # type: ignore[arg-type]  # the field's type names a struct
    bits = int(kind.removeprefix("uint"))
    if not isinstance(value, int) or not 0 <= value < 2**bits:
        raise ValueError(f"{kind}: {value!r} is out of range")
    return value.to_bytes(32)


def struct_hash(struct: Struct) -> bytes:
    """EIP-712 `hashStruct`. Raises ValueError if a field does not fit its type."""
    types = TYPES[type(struct)]
    words = [keccak256(encode_type(type(struct).__name__, types).encode())]
    words += [_word(getattr(struct, name), kind) for name, kind in types.items()]
    return keccak256(b"".join(words))


def domain_separator(domain: Domain) -> bytes:
    """EIP-712 domain separator."""
    values = (domain.name, domain.version, domain.chain_id, domain.contract)
    words = [keccak256(_type_string("EIP712Domain", _DOMAIN_FIELDS).encode())]
    words += [_word(value, kind) for value, kind in zip(values, _DOMAIN_FIELDS.values(), strict=True)]
    return keccak256(b"".join(words))


def _digest(domain: Domain, hashed: bytes) -> bytes:
    return keccak256(b"\x19\x01" + domain_separator(domain) + hashed)


def footprint_hash(footprint: Footprint) -> bytes:
    """Struct hash of a footprint: with the account it makes the attestation's id."""
    return struct_hash(footprint)


def footprint_report_id(report: FootprintReport, domain: Domain) -> bytes:
    """Id of the attestation: the digest that the council signs."""
    return _digest(domain, struct_hash(report))


def retirement_report_id(report: RetirementReport, domain: Domain) -> bytes:
    """Id of the certificate: the digest that the council signs."""
    return _digest(domain, struct_hash(report))


def order_id(order: Order, domain: Domain) -> bytes:
    """Id of an order at the desk: the digest that its seller signs."""
    return _digest(domain, struct_hash(order))


def consent_digest(report: FootprintReport, domain: Domain) -> bytes:
    """Digest that an account signs so that someone else may record its report."""
    type_hash = keccak256(encode_type("RecordConsent", {"report": "FootprintReport"}).encode())
    return _digest(domain, keccak256(type_hash + struct_hash(report)))


def _typed_data(report: FootprintReport | RetirementReport, domain: Domain) -> dict[str, Any]:
    name = type(report).__name__
    names = [name, *sorted(_referenced(TYPES[type(report)]))]
    types = {"EIP712Domain": _DOMAIN_FIELDS} | {other: TYPES[STRUCTS[other]] for other in names}
    return {
        "types": {
            other: [{"name": field, "type": kind} for field, kind in members.items()]
            for other, members in types.items()
        },
        "primaryType": name,
        "domain": {
            "name": domain.name,
            "version": domain.version,
            "chainId": domain.chain_id,
            "verifyingContract": domain.contract,
        },
        "message": report_as_json(report),
    }


def footprint_typed_data(report: FootprintReport, domain: Domain) -> dict[str, Any]:
    """The JSON of `eth_signTypedData_v4` for a report."""
    return _typed_data(report, domain)


def consent_typed_data(report: FootprintReport, domain: Domain) -> dict[str, Any]:
    """The JSON of `eth_signTypedData_v4` by which an account lets someone else record its report."""
    data = _typed_data(report, domain)
    consent = {"RecordConsent": [{"name": "report", "type": "FootprintReport"}]}
    wrapped = {"primaryType": "RecordConsent", "message": {"report": data["message"]}}
    return data | {"types": data["types"] | consent} | wrapped


def retirement_typed_data(report: RetirementReport, domain: Domain) -> dict[str, Any]:
    """The JSON of `eth_signTypedData_v4` for a retirement report."""
    return _typed_data(report, domain)


def report_as_json(report: FootprintReport | RetirementReport) -> dict[str, Any]:
    """Integers as decimal strings, bytes as 0x hex."""
    return struct_as_json(report)


def footprint_report_from_json(obj: object) -> FootprintReport:
    """Reads a footprint report strictly. Raises InvalidReport naming the field."""
    return struct_from_json(FootprintReport, obj)


def retirement_report_from_json(obj: object) -> RetirementReport:
    """Reads a retirement report strictly. Raises InvalidReport naming the field."""
    return struct_from_json(RetirementReport, obj)


def order_from_json(obj: object) -> Order:
    """Reads an order of the desk strictly. Raises InvalidReport naming the field."""
    return struct_from_json(Order, obj, "order")
