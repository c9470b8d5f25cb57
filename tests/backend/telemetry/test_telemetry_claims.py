"""Traces or metrics: one of the two counts, and which may change a day after the other has ended."""

from __future__ import annotations

import pytest
from postgres import on_both_engines

from greenledger.footprint.factors import load_factor_set
from greenledger.telemetry.claims import LAPSE_S
from greenledger.telemetry.findings import Findings
from greenledger.telemetry.metrics import receive_metrics
from greenledger.telemetry.points import Reading, Sum
from greenledger.telemetry.resources import Resource
from greenledger.telemetry.spans import ReadSpan
from greenledger.telemetry.traces import receive_traces
from greenledger.telemetry.usage import Usage
from greenledger.usage.database import Database
from greenledger.usage.workloads import list_workloads

ACCOUNT = "0x" + "Ab" * 20
NS = 1_000_000_000
START = 1_760_000_000
HOUR = 3600


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


def resource(source: str) -> Resource:
    return Resource(source, None, None, False)


async def span_at(database: Database, now: int, source: str = "one") -> bool:
    """Sends a span that ends at a time. Whether it was taken."""
    key = (f"{now:032x}", f"{now:016x}")
    usage = Usage(("gpt-4o",), 100, 10)
    span = ReadSpan(key, None, usage, (now - 1) * NS, now * NS, False, resource(source))
    return not (await receive_traces(database, ACCOUNT, [span], load_factor_set(), now)).rejected


async def sum_at(database: Database, now: int, tokens: int, source: str = "one") -> bool:
    """Sends a cumulative sum of a time. Whether what it grew by was taken."""
    reading = Reading(source, ("gpt-4o",), resource(source), True, now * NS)
    reading.sums["input"] = Sum(START * NS, tokens)
    findings, factors = Findings("data point"), load_factor_set()
    return not (await receive_metrics(database, ACCOUNT, [reading], findings, factors, now)).rejected


async def input_tokens(database: Database) -> int:
    async with database.transaction() as session:
        rows = await list_workloads(session, ACCOUNT, 500, None)
    return sum(int(row.canonical.split('"input_tokens":"')[1].split('"')[0]) for row in rows)


async def test_metrics_after_a_day_without_traces__go_on_from_where_the_traces_counted(
    database: Database,
) -> None:
    assert await span_at(database, START + 10)
    assert not await sum_at(database, START + 60, 100)
    assert await sum_at(database, START + LAPSE_S, 100)  # nothing was used: nothing to refuse
    assert await sum_at(database, START + 10 + LAPSE_S, 130)

    assert await input_tokens(database) == 100 + 30
    assert not await span_at(database, START + 20 + LAPSE_S)


async def test_traces__that_go_on__keep_their_claim_for_longer_than_a_day(database: Database) -> None:
    for hours in range(0, 60, 6):
        assert await span_at(database, START + 10 + hours * HOUR)
        assert not await sum_at(database, START + 60 + hours * HOUR, 100 + hours)

    assert await input_tokens(database) == 10 * 100


async def test_other_services_and_accounts__claim_for_themselves(database: Database) -> None:
    assert await span_at(database, START + 10)
    assert await sum_at(database, START + 60, 7, source="other")

    assert await input_tokens(database) == 107
