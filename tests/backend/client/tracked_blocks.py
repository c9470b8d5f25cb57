"""What the tests of `track` have in common."""

from __future__ import annotations

from typing import Any

from greenledger.client import Client

H100: dict[str, Any] = {"hardware": "h100-sxm-80gb", "devices": 8}


def only(client: Client) -> dict[str, Any]:
    """The one workload that was stated."""
    (one,) = client.workloads(500)
    return dict(one.workload)
