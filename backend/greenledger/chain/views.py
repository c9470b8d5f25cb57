"""Views of contracts that are not ours, by their signatures: an answer is checked and never believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_typing import HexStr
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from web3.types import TxParams

from greenledger.chain.errors import CannotEncode, ChainUnavailable, Reverted
from greenledger.chain.node import ChainNode

LONGEST_ANSWER = (
    4_096  # bytes; what is asked for here is a few words, and a hostile contract may give megabytes
)


@dataclass(frozen=True)
class Function:
    """A function as its selector is made, such as "balanceOf(address)", and the types of what it returns."""

    signature: str
    returns: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        """The name alone."""
        return self.signature.partition("(")[0]

    @cached_property
    def takes(self) -> tuple[str, ...]:
        """Types of the arguments. They are plain: no structs."""
        inner = self.signature.partition("(")[2].removesuffix(")")
        return tuple(inner.split(",")) if inner else ()

    def calldata(self, *arguments: Any) -> bytes:
        """Raises CannotEncode for a value that does not fit its type."""
        try:
            return keccak(text=self.signature)[:4] + encode(self.takes, arguments)
        except (EncodingError, TypeError, ValueError, OverflowError) as error:
            raise CannotEncode(f"{self.name}: {type(error).__name__}: {str(error)[:300]}") from error


async def ask_view(node: ChainNode, contract: str, function: Function, *arguments: Any) -> tuple[Any, ...]:
    """What a function returns now. Raises Reverted, or ChainUnavailable: also if the types are others."""
    await node.check_chain()
    call: TxParams = {
        "to": to_checksum_address(contract),
        "data": HexStr(f"0x{function.calldata(*arguments).hex()}"),
    }
    found = bytes(await node.answer(node.web3.eth.call(call, "latest"), function.name))
    try:
        if len(found) > LONGEST_ANSWER:
            raise ValueError("too long")
        return tuple(decode(function.returns, found))
    except (DecodingError, ValueError, OverflowError) as error:
        raise UnusableAnswer(f"{function.name}: {contract} answers with something else") from error


async def ask_view_or_none(
    node: ChainNode, contract: str, function: Function, *arguments: Any
) -> tuple[Any, ...] | None:
    """The same of a function that need not be there: None if it reverts or answers with something else."""
    try:
        return await ask_view(node, contract, function, *arguments)
    except (Reverted, UnusableAnswer):
        return None


class UnusableAnswer(ChainUnavailable):
    """A contract answered, but not in the types that were asked for."""


@dataclass(frozen=True)
class EventShape:
    """An event by the signature that its topic is made of, and the types of what is in its data."""

    signature: str
    data: tuple[str, ...]

    @cached_property
    def topic(self) -> str:
        """Topic 0, as 0x and 64 hex digits."""
        return f"0x{keccak(text=self.signature).hex()}"

    def indexed(self, log: Mapping[str, Any]) -> Sequence[int] | None:
        """The indexed arguments of a raw log as whole numbers; None if it is another event's."""
        topics = log.get("topics")
        try:
            words = [int(str(topic), 16) for topic in topics] if isinstance(topics, list) else []
        except ValueError:
            return None
        return words[1:] if words and words[0] == int(self.topic, 16) else None
