"""What the tests of the corrections contract share: announced moves and the passing of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reports import Corrections, Signed


@pytest.fixture
def head(chain: Any) -> Callable[[], int]:
    """Time of the latest block as it is when asked, Unix seconds."""

    def ask() -> int:
        return int(chain.blocks.head.timestamp)

    return ask


@pytest.fixture
def announced(
    corrections: Any, correcting: Corrections, owner: Any, head: Callable[[], int]
) -> Callable[..., Signed]:
    """Announces the move of a certificate, with changes to the report, and returns it."""

    def announce(certificate: int, holder: Any, to: Any, **changes: Any) -> Signed:
        signed = correcting.rebind(certificate, holder, to, head(), **changes)
        corrections.rebind(signed.report, signed.signatures, sender=owner)
        return signed

    return announce


@pytest.fixture
def complete(corrections: Any, chain: Any, owner: Any) -> Callable[..., Any]:
    """Completes an announced move so many seconds after the earliest time; gives the receipt."""

    def send(certificate: int, after_s: int = 0) -> Any:
        chain.pending_timestamp = corrections.rebinding(certificate).effective_at + after_s
        # A fixed limit, since an estimate could be made for another time.
        return corrections.complete_rebind(certificate, sender=owner, gas=1_000_000)

    return send
