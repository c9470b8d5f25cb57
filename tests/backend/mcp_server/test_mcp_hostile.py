"""What a confused or hijacked agent may send, and what strangers may have written."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from mcp import Client
from mcp_answers import failure, structured
from nodes import workload

ADDRESS = "0x" + "ab" * 20
ID = "0x" + "cd" * 32
UNREADABLE_LEVELS = 220  # deeper than the reader of the protocol goes


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("position", {"account": "0x12"}, "account"),
        ("position", {"account": ADDRESS, "acount": ADDRESS}, "acount"),
        ("position", {"account": "x" * 1_000_000}, "account"),
        ("position", {}, "account"),
        ("verify", {"attestation": "0x" + "zz" * 32}, "attestation"),
        ("verify", {"attestation": "0x" + "cd" * 32, "bundle": {"version": 1}}, "bundle"),
        (
            "verify",
            {"attestation": "0x" + "cd" * 32, "bundle": {"a": "x" * 1_100_000}},
            "larger than 1048576",
        ),
        ("estimate", {"workload": workload(name="x" * 70_000)}, "larger than 65536"),
        ("estimate", {"workload": nested(40)}, "deeper than 12"),
        ("estimate", {"workload": "not a workload"}, "workload"),
        ("quote", {"amount_kg": "0"}, "amount_kg"),
        ("quote", {"amount_kg": "-1"}, "amount_kg"),
        ("quote", {"amount_kg": "1e400"}, "amount_kg"),
        ("quote", {"amount_kg": "1", "limit": 10**9}, "limit"),
        ("quote", {"amount_kg": "1", "registry": "x" * 65}, "registry"),
        (
            "retire",
            {"source_id": "s", "amount_kg": "1", "beneficiary_name": "A\nB", "reason": "r"},
            "beneficiary_name",
        ),
        (
            "retire",
            {"source_id": "nothing", "amount_kg": "1", "beneficiary_name": "A", "reason": "r"},
            "source_id: is not on sale now",
        ),
        ("record", {"workload": workload()}, "GREENLEDGER_API_KEY"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_tool__wrong_arguments__are_refused_by_name_and_not_repeated(
    agent: Client, tool: str, arguments: dict[str, Any], named: str
) -> None:
    said = failure(await agent.call_tool(tool, arguments))
    assert named in said
    assert len(said) < 2_000


async def test_server__line_that_nobody_can_read__goes_on_answering(agent: Client) -> None:
    unanswered = asyncio.create_task(agent.call_tool("estimate", {"workload": nested(UNREADABLE_LEVELS)}))
    await asyncio.sleep(0)
    structured(await agent.call_tool("estimate", {"workload": workload()}))
    unanswered.cancel()
    with pytest.raises(asyncio.CancelledError):
        await unanswered
