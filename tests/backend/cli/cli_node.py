"""A JSON-RPC node on a free port that answers as a ledger would."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from eth_abi.abi import encode

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.hashing import keccak256

ATTESTATION = keccak256(b"attestation(bytes32)")[:4].hex()
COVERAGE = keccak256(b"coverage_bps(bytes32)")[:4].hex()
TYPES = ["uint72", "uint72", "uint72", "uint72", "uint32", "uint8", "bool"]


@dataclass
class Node:
    """What the node knows. `reply` replaces every answer where it is set."""

    chain_id: int = 31337
    code: str = "0x6000"
    attestations: dict[str, list[int | bool]] = field(default_factory=dict)
    coverage_bps: int = 2500
    reply: bytes | None = None
    status: int = 200
    url: str = ""

    def record(self, bundle: EvidenceBundle) -> None:
        stated = bundle.report.footprint
        amounts: list[int | bool] = [stated.low_ug, stated.central_ug, stated.high_ug, 5]
        self.attestations[bundle.id.hex()] = [*amounts, 1_750_000_000, stated.tier, False]

    def result(self, method: str, params: list[Any]) -> str:
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
            answer = {
                "jsonrpc": "2.0",
                "id": body["id"],
                "result": node.result(body["method"], body["params"]),
            }
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
