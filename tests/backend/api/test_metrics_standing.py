"""What /metrics says of queues, the chain, connections and dependencies, and what it leaves out."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
from deployed import Deployed
from nodes import Running, node_settings, running
from prometheus_client.parser import text_string_to_metric_families

Read = dict[tuple[str, str], float]


async def scraped(client: httpx.AsyncClient) -> Read:
    """Value by the series' name and the value of its last label."""
    text = (await client.get("/metrics")).text
    return {
        (sample.name, [*sample.labels.values(), ""][0] if sample.labels else ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_metrics__everything_up__tell_followed_block_connections_and_dependencies(
    gateway: Running, deployed: Deployed
) -> None:
    found: Read = {}
    async with asyncio.timeout(60):
        while ("greenledger_followed_block", "") not in found:
            found = await scraped(gateway.client)
    assert found["greenledger_chain_block", ""] >= found["greenledger_followed_block", ""] > 0
    assert found["greenledger_followed_lag_seconds", ""] >= 0
    made = deployed.chain.web3.eth.get_block(int(found["greenledger_followed_block", ""]))["timestamp"]
    # Not "at least 0": a chain that mines more than one block a second runs ahead of the clock.
    assert abs(time.time() - made - found["greenledger_followed_block_age_seconds", ""]) < 60
    assert found["greenledger_database_connections", "most"] >= 5
    assert {found["greenledger_dependency_up", name] for name in ("database", "chain", "peers")} == {1.0}
    assert found["greenledger_queue_due", "orders"] == found["greenledger_queue_due", "effects"] == 0
    assert found["greenledger_queue_due", "batches"] == 0
    assert found["greenledger_draining", ""] == 0
    assert found["greenledger_requests_in_flight", ""] == 1  # the scrape itself


async def test_metrics__chain_away__leave_its_gauges_out_and_keep_the_others(
    deployed: Deployed, database_url: str
) -> None:
    async with running(node_settings(deployed, database_url, rpc_url="http://127.0.0.1:9")) as node:
        found = await scraped(node.client)
    assert found["greenledger_dependency_up", "chain"] == 0
    assert found["greenledger_dependency_up", "database"] == 1
    assert ("greenledger_followed_block", "") not in found
    assert ("greenledger_queue_due", "orders") in found


async def test_metrics__database_away__are_told_all_the_same(deployed: Deployed, tmp_path: Path) -> None:
    async with running(node_settings(deployed, f"sqlite+aiosqlite:///{tmp_path}/none/x")) as node:
        found = await scraped(node.client)
    assert found["greenledger_dependency_up", "database"] == 0
    assert ("greenledger_queue_due", "orders") not in found
    assert ("greenledger_requests_in_flight", "") in found
