"""The structs that the council signs, field by field as in `contracts/interfaces`, and their JSON form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from eth_utils.address import is_address, is_checksum_address, to_checksum_address

from greenledger.evidence.words import as_hex

ZERO = bytes(32)
NO_ACCOUNT = "0x" + "00" * 20
ON_CHAIN_ORIGIN = 2  # Source.kind of a retirement made on a chain, by anyone
SHARED_BLOCK = 3  # Source.kind of serials that back several certificates, up to their worth
BY_ADAPTER = 4  # Source.kind of a retirement that an adapter of the ledger made; minted without the council

_HEX32 = re.compile(r"0x[0-9a-fA-F]{64}", re.ASCII)
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,77}", re.ASCII)


class InvalidReport(ValueError):
    """A report that cannot be read: `field` is its path, `expected` what would be right."""

    def __init__(self, field: str, problem: str, expected: str) -> None:
        self.field = field
        self.problem = problem
        self.expected = expected
        super().__init__(f"{field}: {problem}, expected {expected}")


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a report states. Units in the names; times are Unix seconds."""

    root: bytes
    count: int
    methodology: bytes
    period_start: int
    period_end: int
    energy_uwh: int
    low_ug: int
    central_ug: int
    high_ug: int
    market_ug: int
    embodied_ug: int
    water_ul: int
    tier: int
    supersedes: bytes
    valid_until: int


@dataclass(frozen=True, slots=True)
class FootprintReport:
    """Whose footprint it is. `account` is a checksum address."""

    account: str
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Retirement:
    """A registry's own act of retiring credits for a beneficiary."""

    registry: bytes
    project: str
    vintage: int
    amount_ug: int
    beneficiary: str
    serials: str
    retired_at: int
    evidence: bytes
    valid_until: int


@dataclass(frozen=True, slots=True)
class Source:
    """What backs a certificate: 1 a range of serial numbers, 2 an on-chain origin, 3 a share of a block of
    serial numbers, 4 a retirement that one of the ledger's adapters made itself."""

    kind: int
    book: bytes
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RetirementReport:
    """Who gets the certificate of a retirement, and who may mint it: two checksum addresses.

    `NO_ACCOUNT` as minter and `ZERO` as order: anyone may mint it.
    """

    holder: str
    minter: str
    order: bytes
    retirement: Retirement
    source: Source


@dataclass(frozen=True, slots=True)
class Order:
    """A quote of the desk's seller and, once paid, the order itself; see IRetirementDesk.

    µgCO2e, base units of the token, Unix seconds; `vintage` 0 is any.
    """

    seller: str
    payer: str
    holder: str
    token: str
    price: int
    amount_ug: int
    min_ug: int
    registry: bytes
    project: str
    vintage: int
    beneficiary: str
    quote_until: int
    deadline: int
    salt: bytes


Struct = Footprint | FootprintReport | Retirement | Source | RetirementReport | Order
S = TypeVar("S", bound=Struct)

# Solidity type of each field, in signing order.
TYPES: dict[type[Struct], dict[str, str]] = {
    Footprint: {
        "root": "bytes32",
        "count": "uint32",
        "methodology": "bytes32",
        "period_start": "uint64",
        "period_end": "uint64",
        "energy_uwh": "uint128",
        "low_ug": "uint72",
        "central_ug": "uint72",
        "high_ug": "uint72",
        "market_ug": "uint72",
        "embodied_ug": "uint72",
        "water_ul": "uint128",
        "tier": "uint8",
        "supersedes": "bytes32",
        "valid_until": "uint64",
    },
    FootprintReport: {"account": "address", "footprint": "Footprint"},
    Retirement: {
        "registry": "bytes32",
        "project": "string",
        "vintage": "uint16",
        "amount_ug": "uint72",
        "beneficiary": "string",
        "serials": "string",
        "retired_at": "uint64",
        "evidence": "bytes32",
        "valid_until": "uint64",
    },
    Source: {"kind": "uint8", "book": "bytes32", "first": "uint256", "last": "uint256"},
    RetirementReport: {
        "holder": "address",
        "minter": "address",
        "order": "bytes32",
        "retirement": "Retirement",
        "source": "Source",
    },
    Order: {
        "seller": "address",
        "payer": "address",
        "holder": "address",
        "token": "address",
        "price": "uint128",
        "amount_ug": "uint72",
        "min_ug": "uint72",
        "registry": "bytes32",
        "project": "string",
        "vintage": "uint16",
        "beneficiary": "string",
        "quote_until": "uint64",
        "deadline": "uint64",
        "salt": "bytes32",
    },
}
STRUCTS: dict[str, type[Struct]] = {struct.__name__: struct for struct in TYPES}
LONGEST_BYTES = {"project": 32, "beneficiary": 64, "serials": 96}  # String[n] of the contracts, in UTF-8


def checksum_address(value: object, path: str) -> str:
    """The EIP-55 form of an address. Raises InvalidReport, also when mixed case has a wrong checksum."""
    if not isinstance(value, str) or not is_address(value):
        raise InvalidReport(path, "not an address", "0x and 40 hex digits")
    digits = value[2:]
    if digits not in (digits.lower(), digits.upper()) and not is_checksum_address(value):
        raise InvalidReport(path, "checksum does not match", "an address in EIP-55 or lower case")
    return to_checksum_address(value)


def bytes32(value: object, path: str) -> bytes:
    """32 bytes from 0x and 64 hex digits. Raises InvalidReport."""
    if not isinstance(value, str) or not _HEX32.fullmatch(value):
        raise InvalidReport(path, "not 32 bytes", "0x and 64 hex digits")
    return bytes.fromhex(value[2:])


def uint(value: object, bits: int, path: str) -> int:
    """An unsigned integer from an integer or a decimal string. Raises InvalidReport."""
    expected = f"a whole number below 2^{bits}, as a decimal string"
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        number = int(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        number = value
    else:
        raise InvalidReport(path, "not a whole number", expected)
    if not 0 <= number < 2**bits:
        raise InvalidReport(path, "out of range", expected)
    return number


def _text(value: object, name: str, path: str) -> str:
    longest = LONGEST_BYTES[name]
    if not isinstance(value, str):
        raise InvalidReport(path, "not text", f"text of at most {longest} bytes")
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        raise InvalidReport(path, "not valid Unicode", f"text of at most {longest} bytes") from error
    if size > longest:
        raise InvalidReport(path, f"{size} bytes", f"text of at most {longest} bytes")
    return value


def _read(value: object, name: str, kind: str, path: str) -> object:
    if kind in STRUCTS:
        return struct_from_json(STRUCTS[kind], value, path)
    if kind == "address":
        return checksum_address(value, path)
    if kind == "bytes32":
        return bytes32(value, path)
    if kind == "string":
        return _text(value, name, path)
    return uint(value, int(kind.removeprefix("uint")), path)


def struct_from_json(struct: type[S], obj: object, path: str = "") -> S:
    """Reads a struct strictly: every field once, none unknown, each in range. Raises InvalidReport."""
    types = TYPES[struct]  # type: ignore[index]  # S is bound to the keys
    if not isinstance(obj, Mapping):
        raise InvalidReport(path or "report", "not an object", f"an object with {', '.join(types)}")
    at = f"{path}." if path else ""
    for name in obj:
        if name not in types:
            raise InvalidReport(f"{at}{str(name)[:60]}", "unknown field", f"one of {', '.join(types)}")
    values: dict[str, Any] = {}
    for name, kind in types.items():
        if name not in obj:
            raise InvalidReport(f"{at}{name}", "missing", kind)
        values[name] = _read(obj[name], name, kind, f"{at}{name}")
    return struct(**values)


def struct_as_json(struct: Struct) -> dict[str, Any]:
    """Integers as decimal strings, bytes as 0x hex, nested structs as objects."""
    members: dict[str, Any] = {}
    for entry in fields(struct):
        value = getattr(struct, entry.name)
        if isinstance(value, bytes):
            members[entry.name] = as_hex(value)
        elif isinstance(value, int):
            members[entry.name] = str(value)
        elif isinstance(value, str):
            members[entry.name] = value
        else:
            members[entry.name] = struct_as_json(value)
    return members
