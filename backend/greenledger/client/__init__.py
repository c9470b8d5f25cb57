"""The Python client of a GPTX Green AI Ledger gateway.

    from greenledger.client import Client, track

    with Client() as client:                        # GREENLEDGER_URL and GREENLEDGER_API_KEY, or a login
        stated = client.submit({"kind": "training", ...})
        report = client.issue([stated.id])

    with track("fine-tune", hardware="h100-sxm-80gb", devices=8):
        train()                                     # no exception of ours ever reaches this block

`AsyncClient` has the same methods for programs that run an event loop.
"""

from greenledger.client.async_client import AsyncClient
from greenledger.client.client import Client
from greenledger.client.connection import Connection
from greenledger.client.delivery import Flushed
from greenledger.client.errors import (
    ChainRefused,
    ClientError,
    Conflict,
    Invalid,
    LostSight,
    NotAllowed,
    NotAuthenticated,
    NotConfigured,
    NotFinished,
    NotFound,
    NotMined,
    NotTrusted,
    Refused,
    ServerFailed,
    TooFast,
    UnexpectedAnswer,
    Unreachable,
)
from greenledger.client.quoting import QuoteWish
from greenledger.client.retrying import NO_RETRIES, Retries
from greenledger.client.tracking import track

__all__ = [
    "NO_RETRIES",
    "AsyncClient",
    "ChainRefused",
    "Client",
    "ClientError",
    "Conflict",
    "Connection",
    "Flushed",
    "Invalid",
    "LostSight",
    "NotAllowed",
    "NotAuthenticated",
    "NotConfigured",
    "NotFinished",
    "NotFound",
    "NotMined",
    "NotTrusted",
    "QuoteWish",
    "Refused",
    "Retries",
    "ServerFailed",
    "TooFast",
    "UnexpectedAnswer",
    "Unreachable",
    "track",
]
