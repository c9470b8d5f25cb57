"""Downloads a disclosed document: bounded in size and time, and only from where it was meant to come from."""

from __future__ import annotations

import ipaddress
import socket
import time

import httpx

from greenledger.cli.documents import CannotOpen

STEP_S = 10.0  # for each connection and each read
WHOLE_S = 120.0
MOST_REDIRECTS = 5


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotOpen(f"{host}: no such host") from error
    parsed = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    # An IPv4 address in IPv6 form is judged as what it is.
    return [getattr(address, "ipv4_mapped", None) or address for address in parsed]


def is_url(text: str) -> bool:
    return "://" in text


def _checked(text: str) -> httpx.URL:
    """The URL if its owner may ask for it: https, or http on this machine, and no credentials in it."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise CannotOpen("the URL cannot be read, expected https://") from error
    if url.userinfo:
        raise CannotOpen("the URL holds credentials, expected one that anyone may read")
    if url.scheme == "http" and all(address.is_loopback for address in _addresses(url.host)):
        return url
    if url.scheme != "https" or not url.host:
        raise CannotOpen(f"{url.scheme}: expected https:// (http:// on this machine only)")
    return url


def _next(current: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Where a redirect leads. A stranger chose it, so it may not reach into the reader's own network."""
    url = _checked(str(current.join(response.headers.get("location", ""))))
    if url.scheme != current.scheme:
        raise CannotOpen(f"{current.host} redirects from {current.scheme} to {url.scheme}")
    if url.scheme == "https" and not all(address.is_global for address in _addresses(url.host)):
        raise CannotOpen(f"{current.host} redirects to a private address")
    return url


def _body(response: httpx.Response, host: str, max_bytes: int, until: float) -> bytes:
    if response.status_code != 200:
        raise CannotOpen(f"{host} answered HTTP {response.status_code}, expected 200")
    parts, size = [], 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > max_bytes:
            raise CannotOpen(f"{host} answered more than {max_bytes} bytes")
        if time.monotonic() > until:
            raise CannotOpen(f"{host} took longer than {WHOLE_S:.0f} s")
        parts.append(chunk)
    return b"".join(parts)


def download(text: str, max_bytes: int, transport: httpx.BaseTransport | None = None) -> bytes:
    """Bytes at a URL. Raises CannotOpen; its message holds the host and never the whole URL."""
    url, until = _checked(text), time.monotonic() + WHOLE_S
    # Not from the environment: that would send the credentials of a .netrc file.
    with httpx.Client(
        timeout=STEP_S,
        trust_env=False,
        follow_redirects=False,
        headers={"accept-encoding": "identity"},
        transport=transport,
    ) as client:
        for _ in range(MOST_REDIRECTS + 1):
            try:
                with client.stream("GET", url) as response:
                    if not response.has_redirect_location:
                        return _body(response, url.host, max_bytes, until)
                    url = _next(url, response)
            except httpx.HTTPError as error:
                raise CannotOpen(f"{url.host}: no answer ({type(error).__name__})") from error
    raise CannotOpen(f"{url.host} redirects more than {MOST_REDIRECTS} times")
