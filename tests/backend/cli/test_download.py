"""Disclosed documents from a URL: what is fetched, and what is refused."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from greenledger.cli.documents import CannotOpen
from greenledger.cli.download import download

LIMIT = 1000
PUBLIC, PRIVATE, LOOPBACK = "93.184.215.14", "10.0.0.7", "127.0.0.1"
ADDRESSES = {
    "public.example": PUBLIC,
    "other.example": PUBLIC,
    "inside.example": PRIVATE,
    "mapped.example": f"::ffff:{PRIVATE}",
    "localhost": LOOPBACK,
}


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names resolve to what the table says, so that no test asks the network."""

    def found(host: str, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        if host not in ADDRESSES:
            raise socket.gaierror(f"{host} is unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ADDRESSES[host], 0))]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def get(url: str, answer: Callable[[httpx.Request], httpx.Response]) -> bytes:
    return download(url, LIMIT, httpx.MockTransport(answer))


def text(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"{}")


def to(place: str) -> Callable[[httpx.Request], httpx.Response]:
    """Redirects the first request to `place`, and answers there."""

    def answer(request: httpx.Request) -> httpx.Response:
        first = request.url.path == "/first"
        return httpx.Response(302, headers={"location": place}) if first else text(request)

    return answer


@pytest.mark.parametrize("url", ["https://public.example/a.json", "http://localhost:8080/a.json"])
def test_download__from_where_it_may__is_the_body(url: str) -> None:
    assert get(url, text) == b"{}"


@pytest.mark.parametrize("place", ["/second", "https://other.example/a"])
def test_download__redirected_to_a_public_place__follows(place: str) -> None:
    assert get("https://public.example/first", to(place)) == b"{}"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://public.example/a", "expected https"),
        ("ftp://public.example/a", "expected https"),
        ("file:///etc/passwd", "expected https"),
        ("https://me:secret-key@public.example/a", "holds credentials"),
        ("https://public.example:port/", "cannot be read"),
        ("http://nowhere.example/a", "no such host"),
    ],
)
def test_download__of_another_kind_of_url__is_refused_without_repeating_it(url: str, problem: str) -> None:
    with pytest.raises(CannotOpen, match=problem) as caught:
        get(url, text)
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("http://public.example/a", "expected https"),
        ("http://localhost/a", "from https to http"),
        ("https://inside.example/a", "private address"),
        ("https://mapped.example/a", "private address"),
        ("https://localhost/a", "private address"),
        ("https://me:secret@public.example/a", "holds credentials"),
        ("https://nowhere.example/a", "no such host"),
        ("/first", "more than 5 times"),
    ],
)
def test_download__redirected_elsewhere__is_refused(place: str, problem: str) -> None:
    with pytest.raises(CannotOpen, match=problem):
        get("https://public.example/first", to(place))


def test_download__of_too_much__is_refused() -> None:
    def large(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * (LIMIT + 1))

    with pytest.raises(CannotOpen, match="more than 1000 bytes"):
        get("https://public.example/a", large)


def test_download__of_an_error_page__is_refused() -> None:
    with pytest.raises(CannotOpen, match="HTTP 404"):
        get("https://public.example/a", lambda request: httpx.Response(404, content=b"{}"))


def test_download__without_an_answer__names_the_host_only() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("slow")

    with pytest.raises(CannotOpen, match=r"^public\.example: no answer \(ConnectTimeout\)$"):
        get("https://public.example/secret-path", broken)


def test_download__that_never_ends__is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 70))
    monkeypatch.setattr("greenledger.cli.download.time.monotonic", lambda: next(clock))

    with pytest.raises(CannotOpen, match="longer than 120 s"):
        get("https://public.example/a", lambda request: httpx.Response(200, content=iter([b"a"] * 9)))


def test_download__with_a_netrc_file__sends_no_credentials(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine public.example login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[httpx.Headers] = []

    def remember(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return text(request)

    get("https://public.example/a", remember)
    assert "authorization" not in seen[0]
