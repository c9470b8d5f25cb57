"""A forge's own API: bounded, and without following redirects, which would take the token along."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 30.0
MAX_BYTES = 8_388_608


class ForgeRefused(Exception):
    """The forge did not do it. The message says what it answered, and holds no token."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """None: the redirect comes back as an answer with its own status."""


@dataclass(frozen=True, slots=True)
class Forge:
    """`base` is the URL of the API, `headers` say who asks."""

    base: str
    headers: dict[str, str] = field(repr=False)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """JSON of the answer. Raises ForgeRefused."""
        if urlsplit(self.base).scheme not in ("http", "https"):
            raise ForgeRefused("the forge's API is not at an http or https URL")
        request = urllib.request.Request(
            f"{self.base.rstrip('/')}{path}",
            method=method,
            headers=self.headers | {"content-type": "application/json", "user-agent": "greenledger-ci"},
            data=None if body is None else json.dumps(body).encode(),
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=TIMEOUT_S) as response:
                text = response.read(MAX_BYTES + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise ForgeRefused(f"{method} {path} was answered {error.code}") from error
        except (OSError, ValueError) as error:
            raise ForgeRefused(f"{method} {path} got no answer: {type(error).__name__}") from error
        if len(text) > MAX_BYTES:
            raise ForgeRefused(f"{method} {path} was answered more than {MAX_BYTES} bytes")
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ForgeRefused(f"{method} {path} was answered something other than JSON") from error
