"""Everything that the client raises. Messages say what was wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence

from greenledger.footprint.fields import FieldError


class ClientError(Exception):
    """Any failure of the client.

    `transactions` are the hashes of those that were sent before it, or may have been, oldest first: look them
    up before sending anything again.
    """

    def __init__(self, message: str = "", *, transactions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.transactions = tuple(transactions)


class NotConfigured(ClientError):
    """Something that the call needs was never given: the URL, a key, a signer."""


class Unreachable(ClientError):
    """No answer from the gateway or the RPC endpoint, after the retries that were allowed."""


class LostSight(Unreachable):
    """The RPC endpoint gave no answer after a transaction was handed to it. `hash` is the transaction's."""

    def __init__(self, hash_: str, why: str) -> None:
        words = f"transaction {hash_} was sent or may have been: look it up before sending again ({why})"
        super().__init__(words, transactions=(hash_,))
        self.hash = hash_


class UnexpectedAnswer(ClientError):
    """An answer that is none of this API's: another server, a proxy's page, a version that does not fit."""


class Refused(ClientError):
    """The gateway refused. `code` is stable and for programs, `errors` name the wrong fields."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        retry_after_s: float | None = None,
    ) -> None:
        named = "".join(f"\n  {e.field}: {e.problem}, expected {e.expected}" for e in errors)
        super().__init__(f"{detail} ({status} {code}){named}")
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after_s = retry_after_s


class NotAuthenticated(Refused):
    """401: no key or session, or one that is unknown, revoked or over."""


class NotAllowed(Refused):
    """403: the key lacks the scope, or the request came from another site."""


class NotFound(Refused):
    """404: there is no such thing, or it is somebody else's."""


class Conflict(Refused):
    """409: it contradicts what there is already."""


class Invalid(Refused):
    """400, 413, 415, 422: the request itself is wrong, and stays wrong when it is repeated."""


class TooFast(Refused):
    """429: more requests than allowed; `retry_after_s` says when there will be room."""


class ServerFailed(Refused):
    """5xx: the gateway cannot answer now."""


class ChainRefused(ClientError):
    """A contract refused the call, in its own words, before it was sent; or the node did; or it reverted."""


class NotTrusted(ClientError):
    """What the gateway answered is not what was asked for: nothing was signed."""


class NotMined(ClientError):
    """A transaction was sent and is in no block yet; it still may be. `hash` is its hash."""

    def __init__(self, hash_: str, waited_s: float) -> None:
        super().__init__(
            f"transaction {hash_} is in no block after {waited_s:.0f} s: look it up before sending again",
            transactions=(hash_,),
        )
        self.hash = hash_


class NotFinished(ClientError):
    """What was waited for did not come in the time allowed; it goes on at the gateway."""


_BY_STATUS: dict[int, type[Refused]] = {
    401: NotAuthenticated,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    429: TooFast,
}


def refusal(
    status: int, code: str, detail: str, errors: Sequence[FieldError], retry_after_s: float | None
) -> Refused:
    """The exception for an answer that is not a success."""
    kind = _BY_STATUS.get(status, ServerFailed if status >= 500 else Invalid)
    return kind(status, code, detail, errors, retry_after_s)
