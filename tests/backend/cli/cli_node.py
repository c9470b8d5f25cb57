"""A JSON-RPC node on a free port that answers as a ledger would."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from eth_abi.abi import encode

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.structs import TYPES as FIELDS
from greenledger.evidence.structs import Footprint

ATTESTATION = keccak256(b"attestation(bytes32)")[:4].hex()
COVERAGE = keccak256(b"coverage_bps(bytes32)")[:4].hex()
TYPES = ["uint72", "uint72", "uint72", "uint72", "uint32", "uint8", "bool"]
EVENT = "(" + ",".join(FIELDS[Footprint].values()) + ")"
RECORDED = "0x" + keccak256(f"FootprintRecorded(bytes32,address,bytes32,{EVENT})".encode()).hex()
RECORDED_AT = 1_750_000_000
RECORDED_IN = 83_333  # the block of every event
NEWEST = 200_000
REFUSED = object()


@dataclass
class Node:
    """What the node knows. `reply` replaces every answer where it is set.

    `blocks_per_step` blocks share a time, and `most_blocks` may be searched for events at once.
    """

    chain_id: int = 31337
    code: str = "0x6000"
    attestations: dict[str, list[int | bool]] = field(default_factory=dict)
    events: dict[str, dict[str, object]] = field(default_factory=dict)
    coverage_bps: int = 2500
    blocks_per_step: int = 1
    most_blocks: int = 10_000
    asked: list[tuple[str, Any]] = field(default_factory=list)
    reply: bytes | None = None
    status: int = 200
    url: str = ""

    def record(self, bundle: EvidenceBundle) -> None:
        stated = bundle.report.footprint
        amounts: list[int | bool] = [stated.low_ug, stated.central_ug, stated.high_ug, 5]
        self.attestations[bundle.id.hex()] = [*amounts, RECORDED_AT, stated.tier, False]
        account = "0x" + bundle.report.account[2:].lower().rjust(64, "0")
        id_, methodology = f"0x{bundle.id.hex()}", f"0x{stated.methodology.hex()}"
        data = encode([EVENT], [astuple(stated)])
        topics = [RECORDED, id_, account, methodology]
        self.events[id_] = {"topics": topics, "data": f"0x{data.hex()}"}

    def time_of(self, block: int) -> int:
        return RECORDED_AT + 12 * ((block - RECORDED_IN) // self.blocks_per_step)

    def _logs(self, wanted: dict[str, Any]) -> object:
        first, last = int(wanted["fromBlock"], 16), int(wanted["toBlock"], 16)
        if last - first >= self.most_blocks:
            return REFUSED
        event = self.events.get(wanted["topics"][1])
        here = event is not None and first <= RECORDED_IN <= last and wanted["topics"][0] == RECORDED
        return [event] if here else []

    def result(self, method: str, params: list[Any]) -> object:
        self.asked.append((method, params))
        if method == "eth_blockNumber":
            return hex(NEWEST)
        if method == "eth_getBlockByNumber":
            return {"timestamp": hex(self.time_of(int(params[0], 16)))}
        if method == "eth_getLogs":
            return self._logs(params[0])
        if method == "eth_chainId":
            return hex(self.chain_id)
        if method == "eth_getCode":
            return self.code
        data = params[0]["data"].removeprefix("0x")
        if data.startswith(COVERAGE):
            return "0x" + encode(["uint256"], [self.coverage_bps]).hex()
        assert data.startswith(ATTESTATION)
        return "0x" + encode(TYPES, self.attestations.get(data[8:], [0, 0, 0, 0, 0, 0, False])).hex()


def _handler(node: Node) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            result = node.result(body["method"], body["params"])
            member = {"error": {"code": -32005}} if result is REFUSED else {"result": result}
            answer = {"jsonrpc": "2.0", "id": body["id"]} | member
            text = json.dumps(answer).encode() if node.reply is None else node.reply
            self.send_response(node.status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Tests read the command's output, not the server's."""

    return Handler


@contextmanager
def running_node() -> Iterator[Node]:
    state = Node()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
