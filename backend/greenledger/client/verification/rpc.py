"""JSON-RPC with nothing but a URL: an auditor needs no deployment file.

Plain HTTP instead of a client library, so that time and size of every answer are bounded here. The URL often
holds an access key, so it appears in no message.
"""

from __future__ import annotations

import httpx

from greenledger.client.errors import ClientError
from greenledger.footprint.strict_json import InvalidJson, loads_strict

TIMEOUT_S = 10.0
MAX_ANSWER_BYTES = 1_048_576
NO_RPC = "the node answered something other than JSON-RPC, is the RPC URL right?"
# How providers refuse a range of blocks that is too wide for them, besides a JSON-RPC error.
_REFUSING = frozenset({400, 413})


class CannotRead(ClientError):
    """The chain could not be read. The message says what failed and what would be right."""


class Refused(CannotRead):
    """The node answered and declined this very request; another one may pass."""


class Rpc:
    """One node. Every method raises CannotRead."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise CannotRead("the RPC URL is not one, expected http:// or https://")
        self._url = url
        self._client = httpx.Client(timeout=TIMEOUT_S, follow_redirects=False)

    def close(self) -> None:
        self._client.close()

    def _post(self, method: str, body: dict[str, object]) -> bytes:
        try:
            with self._client.stream("POST", self._url, json=body) as response:
                if response.status_code in _REFUSING:
                    raise Refused(f"the node refused {method} with HTTP {response.status_code}")
                if response.status_code != 200:
                    raise CannotRead(f"the node answered HTTP {response.status_code}, expected 200")
                text = b""
                for chunk in response.iter_bytes():
                    text += chunk
                    if len(text) > MAX_ANSWER_BYTES:
                        raise CannotRead(f"the node answered more than {MAX_ANSWER_BYTES} bytes")
                return text
        except httpx.InvalidURL as error:
            raise CannotRead("the RPC URL is not one, expected http:// or https://") from error
        except httpx.HTTPError as error:
            raise CannotRead(
                f"no answer from the node ({type(error).__name__}), is the RPC URL right?"
            ) from error

    def ask(self, method: str, *params: object) -> object:
        """The result of a method. Raises Refused where the node declines it."""
        body: dict[str, object] = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
        try:
            reply = loads_strict(self._post(method, body))
        except InvalidJson as error:
            raise CannotRead(NO_RPC) from error
        if not isinstance(reply, dict) or ("result" not in reply and "error" not in reply):
            raise CannotRead(NO_RPC)
        if reply.get("error") is not None:
            raise Refused(f"the node refused {method}, is the ledger at this address on this chain?")
        return reply["result"]

    def ask_bytes(self, method: str, *params: object) -> bytes:
        """The result of a method that answers hex."""
        return hex_bytes(self.ask(method, *params), method)


def hex_bytes(value: object, what: str) -> bytes:
    """Bytes of 0x and hex digits, an odd number of which stands for a number. Raises CannotRead."""
    if not isinstance(value, str) or not value.startswith("0x"):
        raise CannotRead(f"the node answered {what} with something other than hex")
    digits = value[2:]
    try:
        return bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits)
    except ValueError as error:
        raise CannotRead(f"the node answered {what} with something other than hex") from error
