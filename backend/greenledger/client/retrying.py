"""When to try again, and how long to wait before: pure functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# The server says with these that it did nothing, or that somebody in front of it could not reach it.
_PASSING = frozenset({408, 425, 429, 502, 503, 504})
# Of these it is sure that nothing was done.
_UNTOUCHED = frozenset({429})


@dataclass(frozen=True, slots=True)
class Retries:
    """Exponential backoff with full jitter: the n-th wait is a random part of `first_s` * 2**n, at most
    `longest_s`. A Retry-After is honoured in full; one beyond `patience_s` ends the attempts.
    """

    attempts: int = 5
    first_s: float = 0.5
    longest_s: float = 20.0
    patience_s: float = 120.0

    def wait_s(self, attempt: int, retry_after_s: float | None, random: Callable[[], float]) -> float | None:
        """Seconds before the attempt after number `attempt` (from 0); None if there is none left."""
        if attempt + 1 >= self.attempts:
            return None
        own = random() * min(self.longest_s, self.first_s * 2.0**attempt)
        if retry_after_s is None:
            return own
        return retry_after_s + own if retry_after_s <= self.patience_s else None


NO_RETRIES = Retries(attempts=1)


def may_repeat(status: int | None, *, harmless: bool, sent: bool = True) -> bool:
    """Whether a request may be sent again. `status` is None where no answer came.

    `harmless` says that doing it twice is the same as once: it reads, or carries its own id.
    """
    if status is None:
        return harmless or not sent
    return status in _PASSING if harmless else status in _UNTOUCHED


def retry_after_s(value: str | None, now: Callable[[], float]) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None if it says nothing usable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    seconds = (at - datetime.fromtimestamp(now(), UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
