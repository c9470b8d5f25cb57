"""JSON-RPC as flows: reads of our contracts, and transactions signed with a local key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_account.signers.local import LocalAccount
from eth_typing import HexStr
from eth_utils.address import to_checksum_address
from web3 import Web3

from greenledger.chain.abi_files import load_abi
from greenledger.chain.fees import Fees, FeesAboveCap, suggest
from greenledger.client.effects import Flow, NoAnswer, Pause, Send, send
from greenledger.client.errors import ChainRefused, ClientError, LostSight, NotMined, NotTrusted, Unreachable
from greenledger.client.retrying import Retries, may_repeat
from greenledger.client.shapes import Planned, Sent, ToSend
from greenledger.client.signers import check_signer
from greenledger.footprint.strict_json import InvalidJson, loads_strict

CAP_WEI = 200 * 10**9  # per gas; a chain that asks for more is asked again another time
GAS_SPARE_PERMILLE = 1_250
MAX_ANSWER_BYTES = 8 * 1024 * 1024
POLL_S = (0.2, 0.5, 1.0, 2.0)
MINED_WITHIN_S = 180.0


@dataclass(frozen=True, slots=True)
class Node:
    """An RPC endpoint and the chain that it has to be of."""

    url: str
    chain_id: int
    retries: Retries
    random: Any
    cap_wei: int = CAP_WEI
    mined_within_s: float = MINED_WITHIN_S


def rpc(node: Node, method: str, *parameters: object) -> Flow[Any]:
    """The result of a method. Raises ChainRefused with the node's words, or Unreachable.

    Every method used here may be repeated: a signed transaction has its nonce.
    """
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}).encode()
    request = Send("POST", node.url, {"content-type": "application/json"}, {}, body)
    attempt = 0
    while True:
        status: int | None = None
        try:
            reply = yield from send(request)
        except NoAnswer as failure:
            why = str(failure)
        else:
            status, why = reply.status, f"HTTP {reply.status}"
            if status == 200:
                return _result(method, reply.content)
        wait_s = (
            node.retries.wait_s(attempt, None, node.random) if may_repeat(status, harmless=True) else None
        )
        if wait_s is None:
            raise Unreachable(f"the RPC endpoint gave no answer to {method}: {why}")
        attempt += 1
        yield Pause(wait_s)


def _result(method: str, content: bytes) -> Any:
    try:
        body = loads_strict(content, MAX_ANSWER_BYTES)
    except InvalidJson:
        body = None
    if not isinstance(body, dict):
        raise Unreachable(f"{method}: the RPC endpoint answered something other than JSON-RPC") from None
    refused = body.get("error")
    if refused is None and "result" in body:
        return body["result"]
    message = refused.get("message") if isinstance(refused, dict) else None
    text = str(message or "no reason given")[:500]
    raise ChainRefused(text.removeprefix("execution reverted: "))


def _quantity(value: Any, name: str) -> int:
    try:
        return int(value, 16)
    except (TypeError, ValueError):
        raise Unreachable(f"{name}: the RPC endpoint gave no whole number") from None


def check_chain(node: Node) -> Flow[None]:
    """Raises NotTrusted if the endpoint is of another chain."""
    stated = _quantity((yield from rpc(node, "eth_chainId")), "eth_chainId")
    if stated != node.chain_id:
        raise NotTrusted(f"the RPC endpoint serves chain {stated}, expected chain {node.chain_id}")


def block_number(node: Node) -> Flow[int]:
    return _quantity((yield from rpc(node, "eth_blockNumber")), "eth_blockNumber")


def read(node: Node, contract: str, address: str, function: str, *arguments: Any) -> Flow[tuple[Any, ...]]:
    """What a view of one of our contracts returns; a struct as one tuple."""
    abi = next(item for item in load_abi(contract) if item.get("name") == function)
    data = Web3().eth.contract(abi=load_abi(contract)).encode_abi(function, args=list(arguments))
    return (yield from view(node, address, data, [_type(item) for item in abi["outputs"]]))


def view(node: Node, address: str, data: str, returns: Sequence[str]) -> Flow[tuple[Any, ...]]:
    """What a call returns, of these ABI types. Raises ChainRefused or Unreachable."""
    raw = yield from rpc(node, "eth_call", {"to": address, "data": data}, "latest")
    try:
        return decode(list(returns), bytes.fromhex(str(raw)[2:]))
    except (DecodingError, ValueError):
        raise Unreachable(f"{address} answered something unexpected: is it the contract meant?") from None


def _type(item: dict[str, Any]) -> str:
    kind = str(item["type"])
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(_type(part) for part in item['components'])}){kind.removeprefix('tuple')}"


def plan(node: Node, signer: LocalAccount, call: ToSend) -> Flow[tuple[Planned, Fees]]:
    """Simulates a transaction. Raises ChainRefused with the contract's words, or if gas is too dear."""
    check_signer(signer, node.chain_id)
    if call.chain_id != node.chain_id:
        raise NotTrusted(f"the transaction is for chain {call.chain_id}, expected chain {node.chain_id}")
    fields = {"from": signer.address, "to": call.to, "data": call.data}
    # In the block to come: a quiet chain's newest block may be older than what the call is about.
    gas = _quantity((yield from rpc(node, "eth_estimateGas", fields, "pending")), "eth_estimateGas")
    fees = yield from _fees(node)
    return Planned(call, signer.address, gas, fees.max_fee_wei), fees


def _fees(node: Node) -> Flow[Fees]:
    newest = yield from rpc(node, "eth_getBlockByNumber", "latest", False)
    base = _quantity((newest or {}).get("baseFeePerGas"), "baseFeePerGas")
    tip = _quantity((yield from rpc(node, "eth_maxPriorityFeePerGas")), "eth_maxPriorityFeePerGas")
    try:
        return suggest(base, tip, node.cap_wei)
    except FeesAboveCap as error:
        raise ChainRefused(f"{error}: try again later") from error


def planned_only(node: Node, sender: str, call: ToSend) -> Flow[Planned]:
    """A transaction that cannot be simulated yet, with what a gas costs now."""
    fees = yield from _fees(node)
    return Planned(call, sender, None, fees.max_fee_wei)


def transact(node: Node, signer: LocalAccount, call: ToSend) -> Flow[Sent]:
    """Simulates, signs, sends, and waits until it is in a block.

    Raises Unreachable or ChainRefused before it was sent; LostSight, NotMined or ChainRefused after.
    """
    planned, fees = yield from plan(node, signer, call)
    count = yield from rpc(node, "eth_getTransactionCount", signer.address, "pending")
    signed = signer.sign_transaction(
        {
            "type": 2,
            "chainId": node.chain_id,
            "nonce": _quantity(count, "eth_getTransactionCount"),
            "to": to_checksum_address(call.to),
            "data": HexStr(call.data),
            "value": 0,
            "gas": (planned.gas or 0) * GAS_SPARE_PERMILLE // 1_000,
            "maxFeePerGas": fees.max_fee_wei,
            "maxPriorityFeePerGas": fees.priority_fee_wei,
        }
    )
    hash_ = signed.hash.to_0x_hex()
    try:
        yield from _broadcast(node, signed.raw_transaction.to_0x_hex(), hash_)
        return (yield from _mined(node, hash_))
    except Unreachable as error:
        raise LostSight(hash_, str(error)) from error


def transact_all(node: Node, signer: LocalAccount, calls: Sequence[ToSend]) -> Flow[tuple[Sent, ...]]:
    """As `transact`, one after the other. What it raises names the transactions before as well."""
    sent: list[Sent] = []
    for call in calls:
        try:
            sent.append((yield from transact(node, signer, call)))
        except ClientError as error:
            error.transactions = (*(one.hash for one in sent), *error.transactions)
            raise
    return tuple(sent)


def _broadcast(node: Node, raw: str, hash_: str) -> Flow[None]:
    """A node that has the transaction already refuses it, and so does one where it is mined: look before
    believing that.
    """
    try:
        yield from rpc(node, "eth_sendRawTransaction", raw)
    except ChainRefused:
        if (yield from rpc(node, "eth_getTransactionByHash", hash_)) is None:
            raise


def _mined(node: Node, hash_: str) -> Flow[Sent]:
    waited_s, turn = 0.0, 0
    while True:
        receipt = yield from rpc(node, "eth_getTransactionReceipt", hash_)
        if isinstance(receipt, dict):
            sent = Sent(
                hash_,
                _quantity(receipt.get("blockNumber"), "blockNumber"),
                _quantity(receipt.get("gasUsed"), "gasUsed"),
            )
            if _quantity(receipt.get("status"), "status") != 1:
                words = f"transaction {hash_} reverted in block {sent.block}"
                raise ChainRefused(words, transactions=(hash_,))
            return sent
        if waited_s >= node.mined_within_s:
            raise NotMined(hash_, waited_s)
        pause_s = POLL_S[min(turn, len(POLL_S) - 1)]
        yield Pause(pause_s)
        waited_s, turn = waited_s + pause_s, turn + 1
