"""`greenledger status`: where an account stands, on chain and at the gateway."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.answers import AsJson, say_json
from greenledger.cli.gateway import RpcUrl, Url, account_of, ending, opened
from greenledger.cli.tables import add_row, new_table
from greenledger.client import Client
from greenledger.client.shapes import Position, Report

EXIT_CODES = "Exit codes: 0 done, 2 not possible, 4 gateway or chain out of reach."

Rows = list[tuple[Report, str]]


def _reports(client: Client, limit: int) -> Rows:
    """The newest reports with whether each is on the ledger; none without a key."""
    if client.connection.api_key is None:
        return []
    rows: Rows = []
    for report in client.reports(limit):
        stored = client.attestation(report.id)
        state = "signed, not recorded" if stored is None else "recorded"
        rows.append((report, "superseded" if stored is not None and stored.superseded else state))
    return rows


def _as_json(position: Position, rows: Rows, waiting: int) -> dict[str, Any]:
    total = {name: str(value) for name, value in asdict(position.footprint).items()}
    return {
        **{name: getattr(position, name) for name in ("account", "chain_id", "ledger", "block")},
        "attestations": position.attestations,
        "footprint": total,
        "covered_ug": str(position.covered_ug),
        "coverage_ppm": position.coverage_ppm,
        "reports": [{"id": report.id, "state": state} for report, state in rows],
        "unsent_work": waiting,
    }


def _show(position: Position, rows: Rows, waiting: int) -> None:
    console = Console()
    ppm = position.coverage_ppm
    covered = "nothing attested" if ppm is None else f"{units.percent(ppm)} of the high bound"
    lines = [
        f"Account {position.account} on chain {position.chain_id}, block {position.block:,}",
        f"Attested {units.footprint(position.footprint)} by {position.attestations:,} attestations",
        f"Covered {units.mass(position.covered_ug)}: {covered}",
        *([f"Unsent work on disk: {waiting:,} (greenledger flush)"] if waiting else []),
    ]
    for line in lines:
        console.print(Text(line), soft_wrap=True)
    if rows:
        table = new_table("Newest reports", ("id", "footprint", "state"), ("footprint",))
        for report, state in rows:
            add_row(table, report.id, units.mass(report.footprint.central_ug), state)
        console.print(table)


def status(
    account: Annotated[
        str | None, typer.Argument(metavar="ACCOUNT", help="Its address [default: the login's].")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="How many reports.")] = 10,
    url: Url = None,
    rpc: RpcUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show an account's footprint and coverage from the chain, and its newest reports by key."""
    with ending(as_json=as_json), opened(url, rpc) as client:
        position = client.position(account_of(url, account))
        rows = [] if account else _reports(client, limit)
        waiting = client.spool.waiting()
    if as_json:
        say_json(_as_json(position, rows, waiting))
    else:
        _show(position, rows, waiting)
