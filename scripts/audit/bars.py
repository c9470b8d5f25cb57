"""What every page has to reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KIB = 1024
# Lighthouse in its mobile form: 0 to 100.
SCORES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# Script of a first visit, gzip. Pages for strangers know no wallet.
PUBLIC = frozenset({"explore", "account", "attestation", "certificate"})
PUBLIC_BYTES, APP_BYTES = 60 * KIB, 150 * KIB
MOST_RPC_REQUESTS = 2


def missed(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A line for each bar that a page misses: page, figure, what was expected."""
    return [line for name, row in rows.items() for line in _missed(name, row)]


def _missed(name: str, row: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{name}: {score} {row[score]}, expected at least {bar}"
        for score, bar in SCORES.items()
        if row[score] < bar
    ]
    lines += [f"{name}: axe {violation}" for violation in row["axe_violations"]]
    most = PUBLIC_BYTES if name in PUBLIC else APP_BYTES
    if row["script_gzip_bytes"] > most:
        size = f"{row['script_gzip_bytes'] / KIB:.1f} KiB"
        lines.append(f"{name}: script {size}, expected at most {most // KIB} KiB")
    if row["rpc_requests"] > MOST_RPC_REQUESTS:
        lines.append(f"{name}: {row['rpc_requests']} RPC requests, expected at most {MOST_RPC_REQUESTS}")
    return lines
