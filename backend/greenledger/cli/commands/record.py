"""`greenledger record`: from work to an attestation on chain."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.answers import AsJson, fail, say, say_json
from greenledger.cli.codecarbon_options import Kinds, Place, Scope, Scopes, UtcOffset, codecarbon_options
from greenledger.cli.commands.submit import (
    EventId,
    File,
    Form,
    Spooled,
    code_of,
    show_rejected,
    show_stated,
)
from greenledger.cli.gateway import DryRun, RpcUrl, Url, Yes, confirmed, ending, opened
from greenledger.cli.keystores import Ape, Keystore, PasswordFile, WalletChoice
from greenledger.cli.planning import planned_json, planned_words
from greenledger.cli.progress import counted, spoken
from greenledger.cli.stated_work import StatedWork
from greenledger.cli.stating import StatedOutcome, state, unstated
from greenledger.cli.work_input import read_work
from greenledger.cli.work_options import (
    Devices,
    End,
    Hardware,
    HardwareHours,
    Hours,
    KindOfWork,
    Name,
    WorkPlace,
)
from greenledger.client import Client
from greenledger.client.reports import MOST_WORKLOADS
from greenledger.client.shapes import Recorded, Report
from greenledger.footprint.workload import Kind

EXIT_CODES = (
    "Exit codes: 0 recorded, or signed with --no-send, or kept with --spool; 2 not possible, 3 some entries"
    " were rejected and the others recorded, 4 gateway or chain out of reach."
)

NEVER_RECORDED = (
    "What is kept is stated later, and not recorded by that: after `greenledger flush`, `greenledger batch"
    " close` and `batch record` do it, or this command once more with the same file or --end"
)


def _report_json(report: Report) -> dict[str, object]:
    return {"id": report.id, "valid_until": report.valid_until, "signatures": len(report.signatures)}


def _show(recorded: Recorded, *, sends: bool) -> None:
    report, console = recorded.report, Console()
    lines = [
        f"Report {report.id}, signed by {len(report.signatures)} of the council",
        f"Footprint {units.footprint(report.footprint)} of account {report.account}",
    ]
    if recorded.already:
        lines.append("It is on the ledger already; nothing was sent")
    elif recorded.transaction is not None:
        sent = recorded.transaction
        lines.append(f"Recorded in block {sent.block} by {sent.hash}, gas {sent.gas_used:,}")
    elif recorded.planned is not None:
        lines += ["Would be sent:", *planned_words(recorded.planned)]
    elif not sends:
        lines.append(f"For the account's wallet to send: to {report.to_send.to}, data {report.to_send.data}")
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _record(
    client: Client, ids: tuple[str, ...], choice: WalletChoice, *, dry_run: bool, yes: bool
) -> Recorded:
    with spoken("The council recomputes and signs"):
        report, is_recorded = client.issue_or_find(ids)
    if is_recorded:
        return Recorded(report, None, already=True)
    signer = choice.signer(client)
    if not dry_run:
        total = units.mass(report.footprint.central_ug)
        confirmed(f"Record {total} CO2e for good from {signer.address}?", yes=yes)
    with spoken("Sending") as told:
        told("Waiting for the transaction's block")
        return client.record(report, signer, dry_run=dry_run)


def record(
    file: File = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="A stated workload instead; may be repeated.")
    ] = None,
    event_id: EventId = None,
    spool: Spooled = False,
    no_send: Annotated[
        bool, typer.Option("--no-send", help="Have the report signed, and leave sending to a wallet.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
    keystore: Keystore = None,
    ape: Ape = None,
    password_file: PasswordFile = None,
    form: Form = None,
    codecarbon_kind: Kinds = Kind.TRAINING,
    codecarbon_scope: Scopes = Scope.DEVICE,
    codecarbon_utc_offset: UtcOffset = "+00:00",
    codecarbon_place: Place = None,
    hardware: Hardware = None,
    devices: Devices = 1,
    hours: Hours = None,
    kind: KindOfWork = Kind.TRAINING,
    place: WorkPlace = None,
    name: Name = None,
    end: End = None,
    url: Url = None,
    rpc: RpcUrl = None,
) -> None:
    """State work, have the council sign a report over it, and record that with the keystore's key.

    Needs a key with the scopes submit and record. The keystore's key is the account's own, or one that the
    account made its operator on the ledger. A dry run of a file states nothing; one of --id has the report
    signed, since only that can be simulated, and sends no transaction.
    """
    options = codecarbon_options(codecarbon_kind, codecarbon_scope, codecarbon_utc_offset, codecarbon_place)
    said = HardwareHours(hardware, devices, hours, kind, place, name, end)
    choice = WalletChoice(keystore, ape, password_file)
    work = StatedWork()
    if not ids:
        work = read_work(file, form, options, said, event_id, as_json=as_json)
    elif file is not None or hardware is not None:
        raise typer.BadParameter("expected a FILE, --hardware, or --id: one of them")
    with ending(as_json=as_json), opened(url, rpc) as client:
        outcome = StatedOutcome(tuple(ids or ()), len(ids or ()), 0, ())
        if not ids:
            if dry_run:
                _end(unstated(work), None, work, sends=False, as_json=as_json)
            with counted("Stating") as told:
                outcome = state(client, work, event_id, told, spool=spool)
        if outcome.spooled:
            _end(outcome, None, work, sends=False, as_json=as_json)
        if not outcome.ids:
            show_rejected(outcome)
            fail("nothing could be recorded", as_json=as_json, more=outcome.as_json())
        if len(outcome.ids) > MOST_WORKLOADS:
            said_so = f"{len(outcome.ids)} workloads are stated; a report takes {MOST_WORKLOADS}"
            fail(f"{said_so}: record them as a batch", as_json=as_json, more=outcome.as_json())
        if no_send:
            report, is_recorded = client.issue_or_find(outcome.ids)
            recorded = Recorded(report, None, already=is_recorded)
        else:
            recorded = _record(client, outcome.ids, choice, dry_run=dry_run, yes=yes)
    _end(outcome, recorded, work, sends=not no_send, as_json=as_json)


def _end(
    outcome: StatedOutcome, recorded: Recorded | None, work: StatedWork, *, sends: bool, as_json: bool
) -> None:
    report = recorded.report if recorded is not None else None
    sent = recorded.transaction if recorded is not None else None
    planned = recorded.planned if recorded is not None else None
    is_open = report is not None and sent is None and not (recorded and recorded.already)
    if as_json:
        say_json(
            outcome.as_json()
            | {
                "footprint": (work.total if report is None else report.footprint).as_json(),
                "report": None if report is None else _report_json(report),
                "to_send": report.to_send.as_json() if report is not None and is_open else None,
                "transaction": None if sent is None else asdict(sent),
                "planned": None if planned is None else planned_json(planned),
                "already_recorded": bool(recorded and recorded.already),
            }
        )
    else:
        if recorded is None:
            show_stated(work, outcome)
            say("Nothing is recorded")
            if outcome.spooled:
                say(NEVER_RECORDED)
        else:
            show_rejected(outcome)
            _show(recorded, sends=sends)
    raise typer.Exit(code_of(outcome))
