"""Calldata for the user's wallet to send: pure functions, no connection.

Each raises CannotEncode for a value that does not fit the contract's type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from typing import TYPE_CHECKING, Any

from eth_typing import HexStr
from web3 import Web3
from web3.contract import Contract
from web3.exceptions import Web3Exception

from greenledger.chain.abi_files import load_abi
from greenledger.chain.errors import CannotEncode

if TYPE_CHECKING:
    from greenledger.evidence.typed_data import FootprintReport, Order, RetirementReport


@cache
def _contract(name: str) -> type[Contract]:
    return Web3().eth.contract(abi=load_abi(name))


def _encode(contract: str, function: str, arguments: Sequence[Any]) -> bytes:
    try:
        data: HexStr = _contract(contract).encode_abi(function, args=list(arguments))
    except (Web3Exception, TypeError, ValueError, OverflowError) as error:
        raise CannotEncode(f"{contract}.{function}: {type(error).__name__}: {str(error)[:300]}") from error
    return bytes.fromhex(data[2:])


def encode_record(report: FootprintReport, signatures: Sequence[bytes]) -> bytes:
    """Calldata of FootprintLedger.record, to be sent by the report's account."""
    return _encode("FootprintLedger", "record", (astuple(report), list(signatures)))


def encode_record_for(report: FootprintReport, signatures: Sequence[bytes], consent: bytes) -> bytes:
    """Calldata of FootprintLedger.record_for, which anyone may send; `consent` is the account's signature."""
    return _encode("FootprintLedger", "record_for", (astuple(report), list(signatures), consent))


def encode_mint(report: RetirementReport, signatures: Sequence[bytes], hint: int) -> bytes:
    """Calldata of RetiredCredits.mint; `hint` is 0 unless the source is a serial range."""
    return _encode("RetiredCredits", "mint", (astuple(report), list(signatures), hint))


def mint_report_fields(data: bytes) -> dict[str, Any]:
    """The report inside the calldata of RetiredCredits.mint, as its fields by name.

    Raises ValueError for the calldata of another function.
    """
    name, arguments = _contract("RetiredCredits").decode_function_input(data)
    if name.fn_name != "mint":
        raise ValueError(f"found calldata of {name.fn_name}, expected of mint")
    report: dict[str, Any] = arguments["report"]
    return report


def encode_allocate(certificate: int, account: str, footprint_hash: bytes, amount_ug: int) -> bytes:
    """Calldata of RetiredCredits.allocate, µgCO2e, to be sent by the certificate's holder."""
    return _encode("RetiredCredits", "allocate", (certificate, account, footprint_hash, amount_ug))


def encode_fulfil(order: Order, report: RetirementReport, signatures: Sequence[bytes], hint: int) -> bytes:
    """Calldata of RetirementDesk.fulfil, which anyone may send; `hint` as for `mint`."""
    return _encode("RetirementDesk", "fulfil", (astuple(order), astuple(report), list(signatures), hint))


def encode_decline(order: Order) -> bytes:
    """Calldata of RetirementDesk.decline, to be sent by the order's seller."""
    return _encode("RetirementDesk", "decline", (astuple(order),))


def encode_open(order: Order, quote: bytes) -> bytes:
    """Calldata of RetirementDesk.open, to be sent by the order's payer; `quote` is the seller's signature."""
    return _encode("RetirementDesk", "open", (astuple(order), quote))


def encode_approve(spender: str, amount: int) -> bytes:
    """Calldata of a payment token's `approve` (ERC-20), base units."""
    return bytes.fromhex("095ea7b3") + bytes(12) + bytes.fromhex(spender[2:]) + amount.to_bytes(32)
