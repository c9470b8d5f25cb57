"""A request's id goes with everything that is done for it: log lines, council peers, marketplaces."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from deployed import Deployed
from nodes import PEER_TOKEN, Running, new_person, node_settings, running, sign_in, stated
from sandbox_server import ServerThread
from starlette.types import Receive, Scope, Send

from greenledger.api.logs import configure_logs


@contextmanager
def lines_of_json() -> Iterator[io.StringIO]:
    """Standard output while logs are JSON. No fixture: pytest has another output for those."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        configure_logs(as_json=True)
        try:
            yield output
        finally:
            configure_logs(as_json=False)


class Heard:
    """A server that answers nothing useful and remembers the request ids that it was told."""

    def __init__(self) -> None:
        self.ids: list[tuple[str, str]] = []  # path and id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.ids.append((scope["path"], headers.get("x-request-id", "none")))
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})


async def test_request_id__report_and_offers_asked_for__reach_peer_and_marketplace(
    deployed: Deployed, database_url: str
) -> None:
    peer, market = Heard(), Heard()
    with ServerThread(peer) as peer_at, ServerThread(market) as market_at:
        settings = node_settings(
            deployed,
            database_url,
            council_peers=(peer_at.url,),
            peer_token=PEER_TOKEN,
            marketplace_url=market_at.url,
        )
        async with running(settings) as node:
            await sign_in(node.client, new_person())
            row = await stated(node.client)
            body = {"workload_ids": [row["id"]]}
            named = {"x-request-id": "a-report-to-sign"}
            refused = await node.client.post("/v1/reports", json=body, headers=named)
            await node.client.get("/v1/projects", headers={"x-request-id": "offers-to-read"})
    assert refused.json()["code"] == "not_enough_signatures"
    assert ("/v1/council/sign", "a-report-to-sign") in peer.ids
    assert "offers-to-read" in {heard for _, heard in market.ids}


@pytest.mark.parametrize("wrong", ["short", "x" * 65, "with space 1", 'quote"d-id-1', "ümlaut-id"])
async def test_request_id__not_well_formed__is_replaced_everywhere(gateway: Running, wrong: str) -> None:
    with lines_of_json() as lines:
        response = await gateway.client.get(
            "/v1/catalogue", headers={"x-request-id": wrong.encode("latin-1")}
        )
    assert response.headers["x-request-id"] != wrong
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert response.headers["x-request-id"] in {line.get("request_id") for line in written}
    assert wrong not in {line.get("request_id") for line in written}


async def test_logs__every_line_of_a_request__carries_its_id(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    body, named = {"workload_ids": [row["id"]]}, {"x-request-id": "the-one-we-follow"}
    with lines_of_json() as lines:
        response = await gateway.client.post("/v1/reports", json=body, headers=named)
    assert response.status_code == 201
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    of_requests = [line for line in written if line["event"] == "request"]
    assert of_requests and all(line["request_id"] for line in of_requests)
    # The council's other nodes run in this process too: their lines carry the id of who asked them.
    paths = {line["path"] for line in of_requests if line["request_id"] == "the-one-we-follow"}
    assert paths >= {"/v1/reports", "/v1/council/sign"}


def test_logs__of_libraries__are_lines_of_json_too() -> None:
    with lines_of_json() as lines:
        logging.getLogger("uvicorn.error").critical("Traceback of %s", "something")
        try:
            raise httpx.ReadTimeout("late")
        except httpx.ReadTimeout:
            logging.getLogger("asyncio").exception("a task failed")
    first, second = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (first["event"], first["level"], first["logger"]) == (
        "Traceback of something",
        "critical",
        "uvicorn.error",
    )
    assert second["event"] == "a task failed" and "ReadTimeout: late" in second["exception"]
