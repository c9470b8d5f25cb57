"""Collecting signatures from peers that disagree, lie, hang or are away: real servers, real signatures."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from eth_account import Account
from fastapi import FastAPI, Request, Response
from nodes import served

from greenledger.council.collect import NotEnoughSignatures, Peer, collect
from greenledger.council.signer import CouncilSigner, recover

DIGEST = bytes(range(32))
REQUEST = {"kind": "footprint"}
MEMBERS = sorted(
    (CouncilSigner(Account.create().key.hex()) for _ in range(4)), key=lambda s: int(s.address, 16)
)
OWN, *OTHERS = MEMBERS
STRANGER = CouncilSigner(Account.create().key.hex())

Answer = Callable[[], Awaitable[Response]]


async def is_member(address: str) -> bool:
    return address in {member.address for member in MEMBERS}


def signs(signer: CouncilSigner, digest: bytes = DIGEST) -> Answer:
    async def answer() -> Response:
        return json_response(200, {"signature": f"0x{signer.sign(digest).hex()}"})

    return answer


def json_response(status: int, body: Any) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json")


def says(status: int, text: str) -> Answer:
    async def answer() -> Response:
        return Response(text, status_code=status)

    return answer


async def hangs() -> Response:
    await asyncio.sleep(30)
    return Response()


def node(answer: Answer, seen: list[str] | None = None) -> FastAPI:
    """A peer that answers as told."""
    app = FastAPI()

    @app.post("/v1/council/sign")
    async def sign(request: Request) -> Response:
        if seen is not None:
            seen.append(request.headers["authorization"])
        return await answer()

    return app


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


def peer(url: str, http: httpx.AsyncClient, timeout_s: float = 20.0) -> Peer:
    return Peer(url, "shared token", http, timeout_s)


async def test_collect__enough_peers__gives_exactly_the_threshold_ascending(http: httpx.AsyncClient) -> None:
    seen: list[str] = []
    with served(node(signs(OTHERS[0]), seen)) as one, served(node(signs(OTHERS[1]), seen)) as two:
        signatures = await collect(
            DIGEST, REQUEST, OWN, [peer(two, http), peer(one, http)], 3, is_member=is_member
        )
    assert [recover(DIGEST, signature) for signature in signatures] == [s.address for s in MEMBERS[:3]]
    assert seen == ["Bearer shared token"] * 2


async def test_collect__threshold_met_by_own_signature__asks_nobody(http: httpx.AsyncClient) -> None:
    signatures = await collect(
        DIGEST, REQUEST, OWN, [peer("http://127.0.0.1:9", http)], 1, is_member=is_member
    )
    assert signatures == [OWN.sign(DIGEST)]


async def test_collect__one_peer_hangs__does_not_wait_for_it(http: httpx.AsyncClient) -> None:
    started = time.monotonic()
    with served(node(hangs)) as slow, served(node(signs(OTHERS[0]))) as quick:
        peers = [peer(slow, http, timeout_s=20), peer(quick, http, timeout_s=20)]
        assert len(await collect(DIGEST, REQUEST, OWN, peers, 2, is_member=is_member)) == 2
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (signs(STRANGER), "not in the council"),
        (signs(OTHERS[0], bytes(32)), "not in the council"),
        (says(200, "{}"), "without a signature"),
        (says(200, '{"signature": "0xzz"}'), "without a signature"),
        (says(200, '{"signature": "0x1234"}'), "not valid"),
        (says(200, "[" * 50_000), "without a signature"),
        (says(200, "x" * 100_000), "more than 65536 bytes"),
        (says(500, "a stack trace"), "refused with 500"),
        (
            says(401, '{"detail": "Only council nodes may ask"}'),
            "refused with 401, Only council nodes may ask",
        ),
        (
            says(422, '{"errors": [{"field": "report.footprint.energy_uwh", "problem": "is 1"}]}'),
            "refused with 422, report.footprint.energy_uwh: is 1",
        ),
        (says(422, '{"errors": [{"field": "a\\u0000b\\nc", "problem": "d"}]}'), "refused with 422, abc: d"),
        (hangs, "no answer within 0.3 s"),
    ],
    ids=[
        *("stranger", "other digest", "empty object", "no hex", "too short", "deep", "huge", "crash"),
        *("wrong token", "disagrees", "control characters", "hangs"),
    ],
)
async def test_collect__peer_that_fails__is_left_out_and_says_why(
    http: httpx.AsyncClient, answer: Answer, reason: str
) -> None:
    timeout_s = 0.3 if answer is hangs else 20.0
    with served(node(answer)) as url, pytest.raises(NotEnoughSignatures) as caught:
        await collect(DIGEST, REQUEST, OWN, [peer(url, http, timeout_s)], 2, is_member=is_member)
    assert (caught.value.found, caught.value.threshold) == (1, 2)
    assert [failure.peer for failure in caught.value.reasons] == [url]
    assert reason in caught.value.reasons[0].reason
    assert "shared token" not in str(caught.value)


async def test_collect__peer_that_is_away__is_named(http: httpx.AsyncClient) -> None:
    with pytest.raises(NotEnoughSignatures, match="not reachable"):
        await collect(DIGEST, REQUEST, OWN, [peer("http://127.0.0.1:9", http)], 2, is_member=is_member)


async def test_collect__two_peers_with_one_key__count_once(http: httpx.AsyncClient) -> None:
    twin = node(signs(OTHERS[0]))
    with served(twin) as one, served(twin) as two, pytest.raises(NotEnoughSignatures) as caught:
        await collect(DIGEST, REQUEST, OWN, [peer(one, http), peer(two, http)], 3, is_member=is_member)
    assert caught.value.found == 2


async def test_collect__own_key_outside_the_council__is_not_used(http: httpx.AsyncClient) -> None:
    with pytest.raises(NotEnoughSignatures, match=f"its key {STRANGER.address} is not in the council"):
        await collect(DIGEST, REQUEST, STRANGER, [], 1, is_member=is_member)
