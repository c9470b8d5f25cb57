"""`make chaos SEED=1 KILLS=200`: workers killed at every step, and each order ends exactly once all the same.

Half of the kills fall on one worker over SQLite, half on two workers over PostgreSQL. Writes build/chaos.json
and ends with 1 if anything was lost, doubled or does not add up.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from contextlib import ExitStack
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from scripts.chaos.quiet import Quiet, measure
from scripts.chaos.records import spread
from scripts.chaos.rehearsal import Outcome, rehearse
from scripts.chaos.stage import Plan
from scripts.dev.state_folder import ROOT

OUTPUT = ROOT / "build" / "chaos.json"
SPREAD = ("minimum", "median", "maximum")
SUMMED = ("kills", "orders", "minted", "refunded", "further_parts", "duplicates", "lost", "seconds")
ENGINES = {"sqlite": 1, "postgresql": 2}  # workers


def main(
    seed: int = 1,
    kills: int = 200,
    database: Annotated[str, typer.Option(help="sqlite, postgresql or both")] = "both",
    url: Annotated[str, typer.Option(help="an empty PostgreSQL database to use")] = "",
    quiet: Annotated[int, typer.Option(help="orders of the measurement before, without kills")] = 10,
    output: Path = OUTPUT,
) -> None:
    signal.signal(signal.SIGTERM, _interrupt)
    console = Console()
    names = list(ENGINES) if database == "both" else [database]
    outcomes: list[Outcome] = []
    measured = _measured(seed, quiet, output.parent, console) if quiet else None
    for at, name in enumerate(names):
        share = kills // len(names) + (kills % len(names) if at == 0 else 0)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenledger-chaos-")))
            where = _database_url(name, url, folder, stack)
            plan = Plan(seed + at, share, ENGINES[name], name, where, folder)
            console.print(f"{name}: {plan.workers} workers, {share} kills, seed {plan.seed}", highlight=False)
            try:
                outcomes.append(rehearse(plan))
            finally:
                _keep(folder / "logs", output.parent / f"chaos-{name}")
        console.print_json(json.dumps(outcomes[-1].as_json()))
    console.print(_table(outcomes, measured))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(_summary(outcomes, measured), indent=2) + "\n")
    raise typer.Exit(1 if any(outcome.verdict.wrong for outcome in outcomes) else 0)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # so that everything that was started is ended


def _measured(seed: int, orders: int, kept: Path, console: Console) -> Quiet:
    """Before the kills, on the database that `make run` uses."""
    console.print(f"quiet: {orders} orders, one after the other", highlight=False)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenledger-chaos-")))
        plan = Plan(seed, 0, 1, "sqlite", _database_url("sqlite", "", folder, stack), folder)
        try:
            return measure(plan, orders)
        finally:
            _keep(folder / "logs", kept / "chaos-quiet")


def _table(outcomes: list[Outcome], measured: Quiet | None) -> Table:
    """Seconds from the payment's block to the certificate's, least, middle and most."""
    table = Table("run", "minted", *SPREAD, title="seconds from payment to certificate")
    rows = [("quiet", measured.blocks)] if measured is not None else []
    rows += [(f"{outcome.plan.database}, killed", outcome.blocks_s) for outcome in outcomes]
    for name, seconds in rows:
        found = spread(seconds)
        table.add_row(name, str(len(seconds)), *(f"{found[key]:g}" for key in SPREAD))
    return table


def _summary(outcomes: list[Outcome], measured: Quiet | None) -> dict[str, Any]:
    runs = [outcome.as_json() for outcome in outcomes]
    sums = {name: round(sum(run[name] for run in runs), 1) for name in SUMMED}
    return {
        **sums,
        "database": " and ".join(run["database"] for run in runs),
        "workers": [run["workers"] for run in runs],
        "quiet": measured.as_json() if measured is not None else None,
        "runs": runs,
    }


def _database_url(name: str, url: str, folder: Path, stack: ExitStack) -> str:
    if name == "sqlite":
        return f"sqlite+aiosqlite:///{folder}/usage.sqlite"
    if url:
        return url
    return str(stack.enter_context(_postgres().running_postgres()).create())


def _postgres() -> Any:
    """The tests' own module for a private server: one place knows how to start one."""
    spec = spec_from_file_location("private_postgres", ROOT / "tests" / "backend" / "postgres.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("tests/backend/postgres.py was not found: expected it in this checkout")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _keep(logs: Path, to: Path) -> None:
    """Logs outlive the rehearsal's folder."""
    if not logs.is_dir():
        return
    to.mkdir(parents=True, exist_ok=True)
    for log in logs.iterdir():
        (to / log.name).write_bytes(log.read_bytes())


if __name__ == "__main__":
    typer.run(main)
