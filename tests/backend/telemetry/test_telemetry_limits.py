"""What the gateway refuses or cannot do at the moment: the exporter is told so in words that it acts on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from deployed import Deployed
from google.protobuf import json_format
from google.rpc.status_pb2 import Status
from nodes import SqliteDatabases, node_settings, served, url_of
from otlp_sender import JSON, PROTOBUF, TRACES, Sender
from postgres import on_both_engines

from greenledger.api.app import create_app
from greenledger.footprint.factors import load_factor_set
from greenledger.reports import ingestion
from greenledger.telemetry import metrics as receiving
from greenledger.telemetry.findings import Findings
from greenledger.telemetry.points import Reading, Sum
from greenledger.telemetry.resources import Resource
from greenledger.usage.database import Database
from greenledger.usage.telemetry import open_events
from greenledger.usage.workloads import list_workloads


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


PER_MINUTE = 60
ACCOUNT = "0x" + "Ab" * 20
NS = 1_000_000_000
NOW = 1_760_000_500


@pytest.fixture
def narrow_node_url(deployed: Deployed, sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[str]:
    """A gateway that lets one key ask once a second."""
    url = sqlite_databases.copy(tmp_path / "usage.sqlite")
    with served(create_app(node_settings(deployed, url, key_rate_per_minute=PER_MINUTE))) as base:
        yield base


@pytest.fixture
def bare_node_url(deployed: Deployed, tmp_path: Path) -> Iterator[str]:
    """A gateway whose database was never migrated: it cannot answer anything about accounts."""
    with served(create_app(node_settings(deployed, url_of(tmp_path / "empty.sqlite")))) as base:
        yield base


async def until_refused(sender: Sender) -> httpx.Response:
    for _ in range(2 * PER_MINUTE):
        answer = await sender.post(TRACES, b"")
        if answer.status_code != 200:
            return answer
    raise AssertionError("the key was never refused")


async def test_too_many_requests__a_status_with_retry_after(narrow_node_url: str) -> None:
    async with Sender.signed_in(narrow_node_url) as sender:
        refused = await until_refused(sender)

    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/x-protobuf"
    assert Status.FromString(refused.content).code == 8  # RESOURCE_EXHAUSTED
    assert int(refused.headers["retry-after"]) >= 1


@pytest.mark.parametrize("encoding", [PROTOBUF, JSON])
async def test_database_away__a_retryable_status(bare_node_url: str, encoding: dict[str, str]) -> None:
    key = {"authorization": f"Bearer gl_{'0' * 16}_{'0' * 64}"}
    async with httpx.AsyncClient(base_url=bare_node_url) as client:
        answer = await client.post(TRACES, content=b"", headers=encoding | key)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["content-type"] == encoding["content-type"]
    is_json = encoding is JSON
    status = json_format.Parse(answer.content, Status()) if is_json else Status.FromString(answer.content)
    assert status.code == 14  # UNAVAILABLE
    assert "Nothing was changed" in status.message


def reading(minute: int, tokens: int) -> Reading:
    start = 1_760_000_000 * NS
    resource = Resource("source", None, None, False)
    sums = {"input": Sum(start, tokens)}
    return Reading("series", ("gpt-4o",), resource, True, start + minute * 60 * NS, sums)


async def receive(database: Database, *readings: Reading) -> int:
    findings = Findings("data point")
    factors = load_factor_set()
    received = await receiving.receive_metrics(database, ACCOUNT, readings, findings, factors, NOW)
    return received.rejected


async def input_tokens(database: Database) -> list[int]:
    async with database.transaction() as session:
        rows = await list_workloads(session, ACCOUNT, 100, None)
        left = await open_events(session, ACCOUNT, 100)
    assert not left
    return sorted(int(row.canonical.split('"input_tokens":"')[1].split('"')[0]) for row in rows)


@pytest.mark.parametrize("again", [[reading(1, 100)], [reading(2, 130)], [reading(1, 100), reading(2, 130)]])
async def test_process_that_ends_between_counting_and_stating__the_next_export_states_both(
    database: Database, again: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ends(*_arguments: object) -> list[ingestion.Outcome]:
        raise ConnectionError("the process ends here")

    with monkeypatch.context() as patched, pytest.raises(ConnectionError):
        patched.setattr(receiving, "state_events", ends)
        await receive(database, reading(1, 100))

    assert await receive(database, *again) == 0

    assert await input_tokens(database) == ([100] if again == [reading(1, 100)] else [30, 100])


async def test_exports_of_one_series__at_the_same_time__count_each_token_once(database: Database) -> None:
    exports = [[reading(minute, 10 * minute)] for minute in range(1, 9)]

    assert await asyncio.gather(*(receive(database, *readings) for readings in exports)) == [0] * 8

    assert sum(await input_tokens(database)) == 80
