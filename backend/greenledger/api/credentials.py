"""What a request states about who asks: a key, or the cookie of a session."""

from __future__ import annotations

from fastapi import Request

from greenledger.api.problems import Problem
from greenledger.auth.keys import FORM_IN_WORDS, KEY_ANYWHERE
from greenledger.footprint.fields import FieldError

HEADER = "header Authorization"
_QUERY_NAMES = frozenset({"key", "api_key", "apikey", "access_token", "token", "authorization"})


def unauthorized(problem: str, expected: str, error: str = "invalid_token") -> Problem:
    """A 401 for what came in the header, with the challenge of RFC 6750."""
    challenge = {"www-authenticate": f'Bearer realm="greenledger", error="{error}"'}
    reason = FieldError(HEADER, problem, expected)
    return Problem(401, "invalid_key", "The key does not let you in.", [reason], challenge)


def stated_key(request: Request) -> str | None:
    """What the request states as a key, whatever it is worth; none if it states no key at all.

    A request that states a key is the key's request, also if it has a session's cookie: a key may less, and
    no browser adds it by itself. `Basic` is passed over, as a proxy in front of the gateway may ask for it.
    Raises Problem 401 for a header that cannot be read as one key, 400 for a key in the URL.
    """
    _refuse_in_query(request)
    stated = [text for text in request.headers.getlist("authorization") if not _is_basic(text)]
    if not stated:
        return None
    if len(stated) > 1:
        raise unauthorized(f"stands {len(stated)} times", "one key", "invalid_request")
    scheme, _, rest = stated[0].partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("does not begin with Bearer", f"Bearer and the key: {FORM_IN_WORDS}")
    return rest.strip(" ")


def _is_basic(text: str) -> bool:
    return text[:6].lower() == "basic "


def _refuse_in_query(request: Request) -> None:
    query = request.query_params.multi_items()
    bad = [name for name, value in query if name.lower() in _QUERY_NAMES or KEY_ANYWHERE.search(value + name)]
    if bad:
        reason = FieldError(
            "query", "holds a key, or has a name for one", "the key in the header Authorization, after Bearer"
        )
        detail = "A key never stands in a URL, which others log. If it was a real one, revoke it now."
        raise Problem(400, "key_in_url", detail, [reason])
