"""`greenledger batch`: many workloads under one report, and the proof of each."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.answers import AsJson, fail, say_json
from greenledger.cli.documents import written
from greenledger.cli.gateway import DryRun, RpcUrl, Url, Yes, confirmed, ending, opened
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice
from greenledger.cli.planning import planned_json, planned_words
from greenledger.cli.progress import counted
from greenledger.cli.tables import add_row, new_table
from greenledger.cli.work_options import time_of
from greenledger.client import Client
from greenledger.client.batches import Batch
from greenledger.client.shapes import Recorded

EXIT_CODES = "Exit codes: 0 done, 2 not possible or ended otherwise, 4 gateway or chain out of reach."

app = typer.Typer(
    name="batch",
    help="Many workloads under one report: close a period, record it, prove any workload of it.",
    no_args_is_help=True,
)

BatchId = Annotated[str, typer.Argument(metavar="BATCH", help="As `batch list` shows it.")]
Within = Annotated[int, typer.Option("--within", min=1, max=86_400, help="Seconds to wait at most.")]


def _as_json(found: Batch) -> dict[str, Any]:
    report = found.report
    return {
        **{name: getattr(found, name) for name in ("id", "state", "ended_from", "ended_before")},
        **{name: getattr(found, name) for name in ("workloads", "done", "recorded_at", "error")},
        "report": None
        if report is None
        else {
            "id": report.id,
            "valid_until": report.valid_until,
            "signatures": len(report.signatures),
            "footprint": report.footprint.as_json(),
            "to_send": report.to_send.as_json(),
        },
    }


UNDER_WAY = frozenset({"open", "closed", "built"})


def _show(found: Batch) -> None:
    counted_of = f"{found.done:,} of " if found.state in UNDER_WAY else ""
    lines = [f"Batch {found.id} is {found.state}: {counted_of}{found.workloads:,} workloads"]
    if found.report is not None:
        lines += [f"Report {found.report.id}", f"Footprint {units.footprint(found.report.footprint)}"]
    lines += [found.error] if found.error else []
    for line in lines:
        Console().print(Text(line), soft_wrap=True)


def _waited(client: Client, batch_id: str, within: int) -> Batch:
    with counted("Counting and signing") as told:
        return client.wait_batch(batch_id, within, lambda found: told(found.done, found.workloads))


@app.command("close", epilog=EXIT_CODES)
def close(
    ended_from: Annotated[
        str, typer.Option("--from", metavar="TIME", help="Work that ended at this time or later.")
    ],
    ended_before: Annotated[
        str | None, typer.Option("--before", metavar="TIME", help="And before this one [default: now].")
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help="So many workloads at most, the first stated first.")
    ] = None,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Do not wait for the signatures.")] = False,
    within: Within = 3_600,
    dry_run: DryRun = False,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Close what ended in a period and is in no report yet. Needs a key with the scope submit."""
    first = time_of(ended_from, "--from")
    before = int(time.time()) if ended_before is None else time_of(ended_before, "--before")
    if dry_run:
        say_json({"ended_from": first, "ended_before": before, "most": most, "dry_run": True})
        return
    with ending(as_json=as_json), opened(url, None) as client:
        found = client.close_batch(first, before, most)
        done = found if no_wait else _waited(client, found.id, within)
    if as_json:
        say_json(_as_json(done))
    else:
        _show(done)


@app.command("status", epilog=EXIT_CODES)
def status(
    batch_id: BatchId,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is signed.")] = False,
    within: Within = 3_600,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """How far a batch is."""
    with ending(as_json=as_json), opened(url, None) as client:
        found = _waited(client, batch_id, within) if wait else client.batch(batch_id)
    if as_json:
        say_json(_as_json(found))
    else:
        _show(found)


@app.command("list", epilog=EXIT_CODES)
def list_(
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many.")] = 20,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """The newest batches."""
    with ending(as_json=as_json), opened(url, None) as client:
        found = client.batches(limit)
    if as_json:
        say_json([_as_json(one) for one in found])
        return
    table = new_table(f"Batches ({len(found)})", ("id", "state", "workloads", "report"), ("workloads",))
    for one in found:
        add_row(table, one.id, one.state, f"{one.workloads:,}", one.report.id if one.report else "")
    Console().print(table)


@app.command("record", epilog=EXIT_CODES)
def record(
    batch_id: BatchId,
    dry_run: DryRun = False,
    yes: Yes = False,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    url: Url = None,
    rpc: RpcUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record a signed batch with the keystore's key: the account's own, or its operator's."""
    with ending(as_json=as_json), opened(url, rpc) as client:
        found = client.batch(batch_id)
        if found.state == "expired" and not dry_run:
            client.sign_batch_again(batch_id)
            found = _waited(client, batch_id, 3_600)
        if found.report is None:
            fail(f"batch {batch_id} is {found.state}, expected a signed one", as_json=as_json)
        signer = WalletChoice(keystore, ape, password_file).signer(client)
        if not dry_run:
            words = f"Record {found.workloads:,} workloads for good from {signer.address}?"
            confirmed(words, yes=yes)
        made = client.record(found.report, signer, dry_run=dry_run)
    _tell(made, as_json=as_json)


def _tell(made: Recorded, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "report": made.id,
                "already_recorded": made.already,
                "planned": None if made.planned is None else planned_json(made.planned),
                "transaction": None if made.transaction is None else asdict(made.transaction),
            }
        )
        return
    lines = [f"Attestation {made.id}"]
    lines += ["It is on the ledger already; nothing was sent"] if made.already else []
    lines += ["Would be sent:", *planned_words(made.planned)] if made.planned else []
    if made.transaction is not None:
        lines.append(f"Recorded in block {made.transaction.block} by {made.transaction.hash}")
    for line in lines:
        Console().print(Text(line), soft_wrap=True)


@app.command("proof", epilog=EXIT_CODES)
def proof(
    workload_id: Annotated[str, typer.Argument(metavar="WORKLOAD", help="Id of a stated workload.")],
    output: Annotated[Path | None, typer.Option("--output", help="File for it [default: printed].")] = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Write the file with which an auditor checks one workload: `greenledger verify ID --workload FILE`.

    The file is JSON in any case; --json makes an error JSON too.
    """
    with ending(as_json=as_json):
        with opened(url, None) as client:
            found = client.proof(workload_id)
        text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
        if output is None:
            typer.echo(text, nl=False)
            return
        with written(output) as stream:
            stream.write(text)
