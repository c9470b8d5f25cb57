"""Collecting m of n signatures over HTTP: all peers at once, each with its own time limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from greenledger.council.signer import CouncilSigner, InvalidSignatureBytes, recover

PEER_TIMEOUT_S = 8.0
MAX_ANSWER_BYTES = 65_536
SIGN_PATH = "/v1/council/sign"

IsMember = Callable[[str], Awaitable[bool]]


class PeerFailure(Exception):
    """Why one node's signature is missing."""

    def __init__(self, peer: str, reason: str) -> None:
        super().__init__(f"{peer}: {reason}")
        self.peer, self.reason = peer, reason


class NotEnoughSignatures(Exception):
    """Fewer good signatures than the council's threshold; says for each node why."""

    def __init__(self, found: int, threshold: int, reasons: Sequence[PeerFailure]) -> None:
        super().__init__(f"{found} of {threshold} signatures: " + "; ".join(map(str, reasons)))
        self.found, self.threshold, self.reasons = found, threshold, tuple(reasons)


@dataclass(frozen=True)
class Peer:
    """Another council node. The token is shared among the nodes and never shown."""

    url: str
    token: str = field(repr=False)
    http: httpx.AsyncClient = field(repr=False)
    timeout_s: float = PEER_TIMEOUT_S

    async def sign(self, request: Mapping[str, Any]) -> bytes:
        """The signature the peer answers with, not yet checked. Raises PeerFailure."""
        return await self.asked(SIGN_PATH, self.timeout_s, json=request)

    async def asked(self, path: str, timeout_s: float, **request: Any) -> bytes:
        """As `sign`, for a request as httpx takes it, with its own time limit."""
        try:
            async with asyncio.timeout(timeout_s):
                status, body = await self._post(path, request)
        except TimeoutError:
            raise PeerFailure(self.url, f"no answer within {timeout_s:g} s") from None
        except httpx.HTTPError as error:
            raise PeerFailure(self.url, f"not reachable ({type(error).__name__})") from None
        answer = _json_object(body)
        if status != 200:
            raise PeerFailure(self.url, _refusal(status, answer))
        try:
            return bytes.fromhex(str(answer["signature"]).removeprefix("0x"))
        except (KeyError, ValueError):
            raise PeerFailure(self.url, "answered without a signature") from None

    async def _post(self, path: str, request: Mapping[str, Any]) -> tuple[int, bytes]:
        headers = {"authorization": f"Bearer {self.token}"} | request.get("headers", {})
        sent = {**request, "headers": headers}
        async with self.http.stream("POST", f"{self.url}{path}", **sent) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise PeerFailure(self.url, f"answered more than {MAX_ANSWER_BYTES} bytes")
            return response.status_code, bytes(body)


class Signs(Protocol):
    """A node that can be asked for a signature."""

    @property
    def url(self) -> str:
        """Where it is."""

    async def sign(self, request: Mapping[str, Any]) -> bytes:
        """The signature it answers with, not yet checked. Raises PeerFailure."""


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _refusal(status: int, answer: Mapping[str, Any]) -> str:
    """A peer's problem document in one short line; a peer's text is not trusted to be short or clean."""
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    text = ": ".join(str(first[key]) for key in ("field", "problem") if key in first) or str(
        answer.get("detail", "")
    )
    clean = "".join(character for character in text if character.isprintable())[:200]
    return f"refused with {status}" + (f", {clean}" if clean else "")


async def _signed_by(
    digest: bytes, peer: Signs, request: Mapping[str, Any], is_member: IsMember
) -> tuple[str, bytes]:
    signature = await peer.sign(request)
    try:
        signer = recover(digest, signature)
    except InvalidSignatureBytes as error:
        raise PeerFailure(peer.url, f"answered a signature that is not valid: {error}") from None
    # A peer that computed another digest recovers to a random address, so this catches that as well.
    if not await is_member(signer):
        raise PeerFailure(peer.url, f"answered a signature by {signer}, which is not in the council")
    return signer, signature


async def collect(
    digest: bytes,
    request: Mapping[str, Any],
    own: CouncilSigner | None,
    peers: Sequence[Signs],
    threshold: int,
    *,
    is_member: IsMember,
) -> list[bytes]:
    """Exactly `threshold` signatures over `digest`, ascending by signer, as the council contract wants them.

    `own` signs what its node has recomputed already; `request` is what each peer is asked to sign. Once
    enough signatures are there, the slower peers are let go. Raises NotEnoughSignatures.
    """
    signatures: dict[str, bytes] = {}
    reasons: list[PeerFailure] = []
    if own is not None and await is_member(own.address):
        signatures[own.address] = own.sign(digest)
    elif own is not None:
        reasons.append(PeerFailure("this node", f"its key {own.address} is not in the council"))
    pending = {
        asyncio.create_task(_signed_by(digest, peer, request, is_member))
        for peer in (peers if len(signatures) < threshold else ())
    }
    try:
        while pending and len(signatures) < threshold:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                try:
                    signer, signature = task.result()
                    signatures[signer] = signature
                except PeerFailure as failure:
                    reasons.append(failure)
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
    if len(signatures) < threshold:
        raise NotEnoughSignatures(len(signatures), threshold, reasons)
    ascending = sorted(signatures, key=lambda address: int(address, 16))
    return [signatures[address] for address in ascending[:threshold]]
