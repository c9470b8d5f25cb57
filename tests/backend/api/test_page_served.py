"""The built page behind the API: its own paths, its assets, and nothing outside its folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed
from nodes import Running, node_settings, problem, running

BROWSER = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
async def node(deployed: Deployed, database_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    page = tmp_path / "dist"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>the page</title>")
    (page / "assets" / "app-4f3a2b1c.js").write_text("export const words = 1;\n" * 200)
    (tmp_path / "secret.txt").write_text("not for the web")
    (page / "leak.txt").symlink_to(tmp_path / "secret.txt")
    settings = node_settings(deployed, database_url, page_dir=page, public_rpc_url="https://rpc.test/v3/k")
    async with running(settings) as started:
        yield started


@pytest.mark.parametrize("path", ["/", "/verify", "/attestation/0xab/deep/link"])
async def test_page__its_own_paths__give_index_html(node: Running, path: str) -> None:
    response = await node.client.get(path, headers=BROWSER)
    assert response.status_code == 200
    assert "the page" in response.text
    assert response.headers["cache-control"] == "no-cache"


async def test_page__policy__names_only_itself_and_the_chain(node: Running) -> None:
    policy = (await node.client.get("/", headers=BROWSER)).headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self' https://rpc.test; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


async def test_page__hashed_asset__is_compressed_and_kept_for_ever(node: Running) -> None:
    response = await node.client.get("/assets/app-4f3a2b1c.js")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/javascript")
    again = await node.client.get(
        "/assets/app-4f3a2b1c.js", headers={"if-none-match": response.headers["etag"]}
    )
    assert again.status_code == 304


async def test_page__asset_that_is_gone__is_not_found_and_not_kept(node: Running) -> None:
    response = await node.client.get("/assets/app-00000000.js")
    assert problem(response)[:2] == (404, "not_found")
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/reports/x/y/z"])
async def test_page__unknown_api_path__is_a_problem_not_the_page(node: Running, path: str) -> None:
    assert problem(await node.client.get(path, headers=BROWSER))[:2] == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/leak.txt"]
)
async def test_page__path_out_of_its_folder__gives_no_foreign_file(node: Running, path: str) -> None:
    response = await node.client.get(path, headers={"accept": "*/*"})
    assert "not for the web" not in response.text
    assert response.status_code == 404


async def test_api__answer__is_never_compressed(node: Running) -> None:
    response = await node.client.get("/v1/catalogue", headers={"accept-encoding": "gzip"})
    assert len(response.content) > 10_000
    assert "content-encoding" not in response.headers


async def test_page__folder_without_index__stops_the_start(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError, match=r"index\.html"):
        async with running(node_settings(deployed, database_url, page_dir=tmp_path)):
            raise AssertionError("it started")


@pytest.mark.parametrize("path", ["/assets/../index.html", "/assets/./../index.html", "/assets/unknown"])
async def test_page__index_html_under_an_asset_path__is_never_kept_for_ever(node: Running, path: str) -> None:
    # Straight to the application: an HTTP client would take the dots out of the path.
    statuses: list[dict[str, Any]] = []

    received = 0

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 1
        if received > 1:
            await asyncio.Event().wait()  # the client stays
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"accept", b"text/html")],
        "client": ("127.0.0.1", 1),
        "server": ("ledger.test", 80),
        "state": {},
    }
    await node.app(scope, receive, send)
    assert dict(statuses[0]["headers"])[b"cache-control"] == b"no-cache"
