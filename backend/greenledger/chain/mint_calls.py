"""Council signatures of a certificate, from the transaction that minted it."""

from __future__ import annotations

from typing import Any

from eth_abi.exceptions import DecodingError
from web3 import Web3
from web3.exceptions import Web3Exception

from greenledger.chain.abi_files import load_abi
from greenledger.chain.node import ChainNode, field

CALLS = (("RetiredCredits", "mint"), ("RetirementDesk", "fulfil"))


async def mint_signatures(node: ChainNode, transaction: str) -> list[bytes] | None:
    """Signatures that a transaction (0x, its hash) gave to `mint` or `fulfil`.

    None if it calls neither directly: a wallet contract or a bundle of calls may have, inside. Raises
    ChainUnavailable.
    """
    found = await node.ask("eth_getTransactionByHash", transaction)
    return None if found is None else signatures_in(str(field(found, "input")))


def signatures_in(data: str) -> list[bytes] | None:
    """The same from the calldata (0x)."""
    for contract, function in CALLS:
        try:
            called, arguments = Web3().eth.contract(abi=load_abi(contract)).decode_function_input(data)
        except (Web3Exception, DecodingError, ValueError, TypeError):
            continue
        if called.fn_name == function:
            values: dict[str, Any] = arguments
            return [bytes(signature) for signature in values["signatures"]]
    return None
