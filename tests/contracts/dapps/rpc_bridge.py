"""The test chain over HTTP, for programs that are not Python: the few reads that they need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from web3 import Web3


def called(call: dict[str, str]) -> Any:
    return {"to": Web3.to_checksum_address(call["to"]), "data": call["data"]}


def answer(w3: Web3, method: str, params: list[Any]) -> str:
    """What a node answers. Raises KeyError for a method that is not here."""
    reads = {
        "eth_chainId": lambda: hex(w3.eth.chain_id),
        "eth_blockNumber": lambda: hex(w3.eth.block_number),
        "eth_call": lambda: w3.eth.call(
            {"to": Web3.to_checksum_address(params[0]["to"]), "data": params[0]["data"]}
        ),
    }
    result = reads[method]()
    return result if isinstance(result, str) else "0x" + bytes(result).hex()


@contextmanager
def serve(w3: Web3) -> Iterator[str]:
    """Gives the URL of a node that answers from `w3`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            result = answer(w3, request["method"], request.get("params", []))
            body = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: what a test prints is its findings."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
