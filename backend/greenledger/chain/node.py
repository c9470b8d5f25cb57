"""One connection to a chain. Every call has a time limit and either answers or says why not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from eth_typing import HexStr
from web3 import AsyncHTTPProvider, AsyncWeb3
from web3.exceptions import ContractLogicError, Web3Exception, Web3RPCError
from web3.types import RPCEndpoint, TxParams

from greenledger.chain.errors import ChainUnavailable, Reverted
from greenledger.chain.reverts import reason_of
from greenledger.chain.sessions import UnlockedSessions

TIMEOUT_S = 10.0
# What web3 and aiohttp let through when a node is away or answers something that is not JSON-RPC.
_GARBAGE = (
    Web3Exception,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True)
class Block:
    """A block by its number and its hash (0x, 64 hex digits)."""

    number: int
    hash: str


@dataclass(frozen=True)
class Receipt:
    """Where a transaction was mined, whether it succeeded, and the gas it used."""

    block: Block
    succeeded: bool
    gas_used: int


class ChainNode:
    """An RPC endpoint of one chain; raises ChainUnavailable or Reverted and nothing else."""

    def __init__(self, rpc_url: str, chain_id: int, timeout_s: float = TIMEOUT_S) -> None:
        """Prepare a connection; nothing is sent before the first call. `timeout_s` bounds each call."""
        self.chain_id = chain_id
        self._timeout_s = timeout_s
        limits = {"timeout": aiohttp.ClientTimeout(total=timeout_s)}
        # Retries would multiply the time limit: a caller that wants them does them.
        self._provider = AsyncHTTPProvider(rpc_url, request_kwargs=limits, exception_retry_configuration=None)
        self._provider._request_session_manager = UnlockedSessions()
        # Or a contract's answer could make this server fetch any URL (EIP-3668).
        self._provider.global_ccip_read_enabled = False
        # No middleware: the usual one looks names up in ENS and asks for the chain id before each call.
        self.web3 = AsyncWeb3(self._provider, middleware=[])
        self._chain_checked = False

    async def aclose(self) -> None:
        """Close the HTTP session."""
        await self._provider.disconnect()

    async def stated_chain_id(self) -> int:
        """Chain id the node states now; does not compare it with the expected one."""
        return whole(await self.answer(self.web3.eth.chain_id, "eth_chainId"), "eth_chainId")

    async def check_chain(self) -> None:
        """Ask for the chain id once per connection: another chain's answer must never be taken for ours."""
        if self._chain_checked:
            return
        stated = await self.stated_chain_id()
        if stated != self.chain_id:
            raise ChainUnavailable(f"the RPC endpoint serves chain {stated}, expected chain {self.chain_id}")
        self._chain_checked = True

    async def answer(self, call: Any, what: str) -> Any:
        """The result of an awaitable of web3, or ChainUnavailable or Reverted in place of all its errors."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await call
        except ContractLogicError as error:
            raise Reverted(reason_of(error)) from error
        except _GARBAGE as error:
            self._chain_checked = False  # the node may come back as another one
            # Only the kind of error: its text can hold the RPC URL, and with it a provider's key. Nor is it
            # the cause of what is raised, since a log prints causes.
            raise ChainUnavailable(
                f"{what}: the RPC endpoint gave no usable answer ({type(error).__name__})"
            ) from None

    async def ask(self, method: str, *parameters: Any) -> Any:
        """The result of a JSON-RPC method as the node wrote it."""
        await self.check_chain()
        call = self.web3.manager.coro_request(RPCEndpoint(method), list(parameters))
        return await self.answer(call, method)

    async def head(self) -> int:
        """Number of the newest block."""
        return quantity(await self.ask("eth_blockNumber"), "eth_blockNumber")

    async def block(self, number: int) -> Block | None:
        """A block of the chain, None if the node has none with that number."""
        found = await self.ask("eth_getBlockByNumber", hex(number), False)
        return None if found is None else Block(number, word(field(found, "hash"), "hash"))

    async def time_of(self, number: int) -> int:
        """When a block was made, Unix seconds; raises ChainUnavailable if the node has no such block."""
        found = await self.ask("eth_getBlockByNumber", hex(number), False)
        if found is None:
            raise ChainUnavailable(f"block {number} is not there")
        return quantity(field(found, "timestamp"), "timestamp")

    async def logs(self, addresses: Sequence[str], first: int, last: int) -> list[Mapping[str, Any]]:
        """Raw logs of some contracts in blocks `first` to `last`."""
        wanted = {"address": list(addresses), "fromBlock": hex(first), "toBlock": hex(last)}
        found = await self.ask("eth_getLogs", wanted)
        if not isinstance(found, list) or not all(isinstance(log, Mapping) for log in found):
            raise ChainUnavailable("eth_getLogs: the RPC endpoint gave no list of logs")
        return found

    async def fees_now(self) -> tuple[int, int]:
        """Base fee of the newest block and the priority fee that the node suggests, wei per gas."""
        newest = await self.ask("eth_getBlockByNumber", "latest", False)
        base = quantity(field(newest, "baseFeePerGas"), "baseFeePerGas")
        return base, quantity(await self.ask("eth_maxPriorityFeePerGas"), "eth_maxPriorityFeePerGas")

    async def transaction_count(self, account: str, block: int | None = None) -> int:
        """Nonce that the next transaction of an account needs, at a block or at the newest."""
        at = "latest" if block is None else hex(block)
        return quantity(await self.ask("eth_getTransactionCount", account, at), "eth_getTransactionCount")

    async def estimate_gas(self, call: TxParams) -> int:
        """Gas that a transaction would use now; raises Reverted with the contract's words.

        In the block to come: contracts compare times with the block's, and on a quiet chain the newest
        block is older than what just happened elsewhere.
        """
        await self.check_chain()
        estimate = self.web3.eth.estimate_gas(call, "pending")
        return whole(await self.answer(estimate, "eth_estimateGas"), "eth_estimateGas")

    async def replay(self, call: TxParams, block: int) -> None:
        """Run a call on the state after a block; raises Reverted with the contract's words."""
        await self.check_chain()
        await self.answer(self.web3.eth.call(call, block), "eth_call")

    async def submit(self, raw: str) -> str | None:
        """Broadcast a signed transaction (0x). None if the node took it, else why not, in its own words."""
        await self.check_chain()
        try:
            async with asyncio.timeout(self._timeout_s):
                await self.web3.eth.send_raw_transaction(HexStr(raw))
        except Web3RPCError as error:
            stated = (error.rpc_response or {}).get("error")
            text = stated.get("message") if isinstance(stated, Mapping) else None
            return str(text or "no reason given")[:300]
        except _GARBAGE as error:
            self._chain_checked = False
            raise ChainUnavailable(
                f"eth_sendRawTransaction: the RPC endpoint gave no usable answer ({type(error).__name__})"
            ) from None
        return None

    async def receipt(self, transaction: str) -> Receipt | None:
        """Where a transaction (0x, its hash) was mined, None if it is in no block of the chain."""
        found = await self.ask("eth_getTransactionReceipt", transaction)
        if found is None:
            return None
        number = quantity(field(found, "blockNumber"), "blockNumber")
        return Receipt(
            block=Block(number, word(field(found, "blockHash"), "blockHash")),
            succeeded=quantity(field(found, "status"), "status") == 1,
            gas_used=quantity(field(found, "gasUsed"), "gasUsed"),
        )


def whole(value: Any, name: str) -> int:
    """A whole number that web3 decoded."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ChainUnavailable(f"{name}: the RPC endpoint gave no whole number")
    return value


def field(value: Any, name: str) -> Any:
    """A field of a raw JSON object."""
    if not isinstance(value, Mapping):
        raise ChainUnavailable(f"{name}: the RPC endpoint gave no object")
    return value.get(name)


def quantity(value: Any, name: str) -> int:
    """A raw JSON-RPC quantity, hexadecimal."""
    try:
        return int(value, 16)
    except (TypeError, ValueError):
        raise ChainUnavailable(f"{name}: the RPC endpoint gave no whole number") from None


def word(value: Any, name: str) -> str:
    """A raw 32-byte word, in lower case."""
    if not isinstance(value, str) or len(value) != 66 or not value.startswith("0x"):
        raise ChainUnavailable(f"{name}: the RPC endpoint gave no 32-byte word")
    quantity(value, name)
    return value.lower()
