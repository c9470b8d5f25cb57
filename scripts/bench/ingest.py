"""`python -m scripts.bench.ingest`: how fast workloads are stored, beside a raw COPY of the same rows.

Writes `build/ingest.json`. A private PostgreSQL with its usual durability, one run of each after the other,
on empty tables each time; the exit code is 1 if storing reaches less than half the speed of COPY.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import delete, text

from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.reports.ingestion import BATCH, Fate, StatedEvent, state_events
from greenledger.reports.workloads import new_workload
from greenledger.usage.bulk import NewWorkload, add_events, insert_rows
from greenledger.usage.database import Database
from greenledger.usage.migrate import upgrade
from greenledger.usage.models.report import ReportWorkload
from greenledger.usage.models.workload import Workload, WorkloadEvent
from greenledger.usage.workloads import firsts_of_repeated
from scripts.bench.model import machine
from scripts.bench.timing import Figure, Seconds, rate_of, timed_once
from scripts.bench.workloads import KINDS, workloads

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "ingest.json"
ROWS = 12_000
EVENTS = 6_000  # that are estimated and hashed too
RUNS = 9
LEAST_RATIO = 0.5
ACCOUNT = "0x" + "11" * 20
NOW = 1_790_000_000
# Durability as it is by default. Room for the log of a run, so that no run pays for another's checkpoint.
SERVER = ("max_connections=20", "shared_buffers=512MB", "max_wal_size=4GB")

Act = Callable[[], Awaitable[None]]


def events(factors: FactorSet, count: int) -> list[StatedEvent]:
    """Workloads of three kinds in equal numbers, each under an event id of its own."""
    kinds = [workloads(factors, kind, count // len(KINDS)) for kind in KINDS]
    mixed = [work for works in zip(*kinds, strict=True) for work in works]
    return [StatedEvent(f"event/{number:09}", work.canonical()) for number, work in enumerate(mixed)]


def rows_of(factors: FactorSet, count: int) -> list[NewWorkload]:
    """The same, estimated and hashed: all that is left is to store them."""
    kinds = [workloads(factors, kind, count // len(KINDS)) for kind in KINDS]
    mixed = [work for works in zip(*kinds, strict=True) for work in works]
    return [
        new_workload(ACCOUNT, work, estimate(work, factors), f"event/{number:09}", factors, NOW)
        for number, work in enumerate(mixed)
    ]


async def emptied(database: Database) -> None:
    async with database.transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(text("TRUNCATE workload_events, report_workloads, workloads"))
            return
        for model in (WorkloadEvent, ReportWorkload, Workload):
            await session.execute(delete(model))


async def copied(database: Database, rows: list[NewWorkload]) -> None:
    """A raw COPY: all rows into the same table in one transaction, nothing asked or checked."""
    async with database.transaction() as session:
        await insert_rows(session, rows)


async def ingested(database: Database, rows: list[NewWorkload]) -> None:
    """What a client gets: each event once, whoever else sends it, committed every BATCH rows."""
    for first in range(0, len(rows), BATCH):
        batch = {row.event_id: row for row in rows[first : first + BATCH] if row.event_id}
        async with database.transaction() as session:
            await add_events(session, ACCOUNT, batch)
            await firsts_of_repeated(session, ACCOUNT, [row.content_hash for row in batch.values()])


async def stated(database: Database, wanted: list[StatedEvent], factors: FactorSet) -> None:
    outcomes = await state_events(database, ACCOUNT, wanted, factors, NOW)
    if any(outcome.fate is not Fate.ACCEPTED for outcome in outcomes):
        raise RuntimeError("an event was not accepted: expected each to be new and right")


async def sampled(database: Database, acts: dict[str, Act]) -> dict[str, list[Seconds]]:
    """Each act RUNS times by turns, on empty tables. The first time warms up, uncounted."""
    samples: dict[str, list[Seconds]] = {name: [] for name in acts}
    for _ in range(RUNS + 1):
        for name, act in acts.items():
            await emptied(database)
            samples[name].append(await timed_once(act))
    return {name: found[1:] for name, found in samples.items()}


async def measured(url: str, prefix: str, compared: bool) -> dict[str, Figure]:
    factors = load_factor_set()
    rows, wanted = rows_of(factors, ROWS), events(factors, EVENTS)
    database = Database(url)
    acts: dict[str, Act] = {"copy_rows_per_s": lambda: copied(database, rows)} if compared else {}
    acts["ingest_rows_per_s"] = lambda: ingested(database, rows)
    acts["stated_events_per_s"] = lambda: stated(database, wanted, factors)
    units = {"stated_events_per_s": EVENTS}
    samples = await sampled(database, acts)
    await database.close()
    figures = {
        prefix + name: rate_of(WHAT[name], units.get(name, ROWS), found) for name, found in samples.items()
    }
    return figures | ({"ratio": ratio_of(samples)} if compared else {})


def ratio_of(samples: dict[str, list[Seconds]]) -> Figure:
    """By pairs that ran one after the other, so that other work on the machine slows both alike."""
    pairs = zip(samples["copy_rows_per_s"], samples["ingest_rows_per_s"], strict=True)
    ratios = [raw.wall / ours.wall for raw, ours in pairs]
    return Figure("of the speed of COPY, by pairs", "ratio", median(ratios), min(ratios), max(ratios), 0.0)


WHAT = {
    "copy_rows_per_s": "raw COPY into the same table, one transaction",
    "ingest_rows_per_s": f"stored once by event id, a commit every {BATCH:,} rows",
    "stated_events_per_s": "from JSON to stored row, with estimate and hashes",
}


def postgres_module() -> Any:
    """The tests' own module for a private server: one place knows how to start one."""
    spec = spec_from_file_location("private_postgres", ROOT / "tests" / "backend" / "postgres.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("tests/backend/postgres.py was not found: expected it in this checkout")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def on_both() -> dict[str, Figure]:
    with postgres_module().running_postgres(SERVER) as server:
        figures = asyncio.run(measured(server.migrated(), "", compared=True))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/usage.sqlite"
        migration = threading.Thread(target=upgrade, args=(url,))
        migration.start()
        migration.join()
        return figures | asyncio.run(measured(url, "sqlite_", compared=False))


def table_of(figures: dict[str, Figure]) -> Table:
    table = Table("per second", "median", "least", "most", "what")
    for name, figure in figures.items():
        shown = ",.2f" if figure.unit == "ratio" else ",.0f"
        numbers = (f"{number:{shown}}" for number in (figure.median, figure.least, figure.most))
        table.add_row(name, *numbers, figure.what)
    return table


def main() -> int:
    console, about = Console(), machine()
    with console.status("measuring"):
        figures = on_both()
    ratio = figures["ratio"].median
    report = {
        **{name: round(figure.median, 3) for name, figure in figures.items()},
        "rows": ROWS,
        "runs": RUNS,
        "figures": {name: figure.as_json() for name, figure in figures.items()},
        "machine": about,
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    console.print(table_of(figures))
    console.print(
        f"{ratio:.2f} of the speed of COPY, expected at least {LEAST_RATIO}. {REPORT.relative_to(ROOT)}"
    )
    return 0 if ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
