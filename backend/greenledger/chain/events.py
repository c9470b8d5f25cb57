"""Logs of our contracts as events with names, in values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eth_abi.exceptions import DecodingError
from eth_typing import ABIEvent
from eth_utils.abi import event_abi_to_log_topic
from hexbytes import HexBytes
from web3 import Web3
from web3._utils.events import get_event_data
from web3.exceptions import Web3Exception
from web3.types import LogReceipt

from greenledger.chain.abi_files import load_abi
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.node import Block, field, quantity, word


@dataclass(frozen=True)
class Event:
    """One log. `subject` is the first indexed argument as a word (0x, 64 hex digits), or empty.

    In `arguments` whole numbers are decimal strings, bytes are 0x and hex, structs are objects by field name.
    """

    block: Block
    log_index: int
    transaction_hash: str
    contract: str
    name: str
    subject: str
    arguments: Mapping[str, Any]


class EventDecoder:
    """Knows the events of some of our contracts, by name and address."""

    def __init__(self, contracts: Mapping[str, str]) -> None:
        """Raises KeyError for a contract that is not ours."""
        self.addresses = tuple(contracts.values())
        self._names = {address.lower(): name for name, address in contracts.items()}
        self._events = {name: _events_of(name) for name in contracts}
        self._codec = Web3().codec

    def decode(self, log: Mapping[str, Any]) -> Event:
        """The event of a raw log of one of the contracts; raises ChainUnavailable if it is none."""
        contract = self._names.get(str(log.get("address")).lower())
        topics = log.get("topics")
        if contract is None or not isinstance(topics, list) or not topics:
            raise ChainUnavailable("eth_getLogs: the RPC endpoint gave a log of another contract")
        abi = self._events[contract].get(word(topics[0], "topics"))
        if abi is None:
            raise ChainUnavailable(
                f"eth_getLogs: {contract} has no event {topics[0]}: is its ABI the deployed one?"
            )
        block = Block(
            quantity(field(log, "blockNumber"), "blockNumber"), word(field(log, "blockHash"), "blockHash")
        )
        return Event(
            block=block,
            log_index=quantity(field(log, "logIndex"), "logIndex"),
            transaction_hash=word(field(log, "transactionHash"), "transactionHash"),
            contract=contract,
            name=abi["name"],
            subject=word(topics[1], "topics") if len(topics) > 1 else "",
            arguments=self._arguments(abi, log),
        )

    def _arguments(self, abi: ABIEvent, log: Mapping[str, Any]) -> dict[str, Any]:
        try:
            raw: Any = {
                **log,
                "topics": [HexBytes(topic) for topic in log["topics"]],
                "data": HexBytes(log["data"]),
            }
            found: LogReceipt = raw
            arguments = get_event_data(self._codec, abi, found)["args"]
        except (Web3Exception, DecodingError, KeyError, TypeError, ValueError) as error:
            raise ChainUnavailable(
                f"eth_getLogs: a log is no {abi['name']} ({type(error).__name__})"
            ) from error
        inputs: Any = abi["inputs"]
        return {item["name"]: _plain(arguments[item["name"]], item) for item in inputs}


def _events_of(contract: str) -> dict[str, ABIEvent]:
    """Events by their topic."""
    abis: Any = [entry for entry in load_abi(contract) if entry["type"] == "event"]
    return {HexBytes(event_abi_to_log_topic(abi)).to_0x_hex(): abi for abi in abis}


def _plain(value: Any, item: Mapping[str, Any]) -> Any:
    """A decoded value as JSON holds it; `item` is its place in the ABI."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    kind = str(item["type"])
    if kind.endswith("]"):
        inner = {**item, "type": kind[: kind.rindex("[")]}
        return [_plain(part, inner) for part in value]
    parts = value.values() if isinstance(value, Mapping) else value
    fields = item["components"]
    return {part["name"]: _plain(found, part) for part, found in zip(fields, parts, strict=True)}
