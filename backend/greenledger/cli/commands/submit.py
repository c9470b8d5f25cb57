"""`greenledger submit` and `greenledger flush`: stating work, now or later."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli.answers import NOT_POSSIBLE, SOME_REJECTED, UNREACHABLE, AsJson, say, say_json
from greenledger.cli.codecarbon_options import Kinds, Place, Scope, Scopes, UtcOffset, codecarbon_options
from greenledger.cli.gateway import DryRun, RpcUrl, Url, ending, opened
from greenledger.cli.progress import counted
from greenledger.cli.stated_work import StatedWork, repeated_words
from greenledger.cli.stating import StatedOutcome, state, unstated
from greenledger.cli.units import footprint
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
from greenledger.client import Flushed
from greenledger.footprint.workload import Kind
from greenledger.intake import Format

EXIT_CODES = (
    "Exit codes: 0 all stated or kept with --spool, 2 nothing could be, 3 some entries were rejected, 4"
    " gateway out of reach."
)
FLUSH_EXIT_CODES = "Exit codes: 0 nothing waits any more, 3 some was refused for good, 4 some still waits."

File = Annotated[
    str | None,
    typer.Argument(metavar="FILE", help="A workload or many of them, as of `estimate`; - is standard input."),
]
EventId = Annotated[
    str | None,
    typer.Option("--event-id", help="Own id of the one workload [default: made from what it says]."),
]
Spooled = Annotated[
    bool, typer.Option("--spool", help="Keep on disk what the gateway cannot take now, and send it later.")
]
Form = Annotated[Format | None, typer.Option("--format", help="Format of the file [default: told by it].")]


def show_rejected(outcome: StatedOutcome) -> None:
    for row in outcome.rejected:
        say(f"Rejected, line {row.line}: {row.field or '(whole)'}: {row.problem}, expected {row.expected}")


def show_stated(work: StatedWork, outcome: StatedOutcome) -> None:
    """What became of it, for people."""
    show_rejected(outcome)
    lines = [
        f"Stated {outcome.accepted:,}, of which {outcome.duplicates:,} were known before",
        f"Footprint {footprint(work.total)}",
        *([repeated_words(work.repeated)] if work.repeated else []),
        *([f"Kept on disk to be sent later: {outcome.spooled:,}"] if outcome.spooled else []),
        *([f"Id {outcome.ids[0]}"] if len(outcome.ids) == 1 else []),
    ]
    for line in lines:
        Console().print(Text(line), soft_wrap=True)


def code_of(outcome: StatedOutcome) -> int:
    if not outcome.accepted and not outcome.spooled:
        return NOT_POSSIBLE
    return SOME_REJECTED if outcome.rejected else 0


def submit(
    file: File = None,
    event_id: EventId = None,
    spool: Spooled = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
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
    """State work at the gateway, to be recorded later. Needs a key with the scope submit."""
    options = codecarbon_options(codecarbon_kind, codecarbon_scope, codecarbon_utc_offset, codecarbon_place)
    said = HardwareHours(hardware, devices, hours, kind, place, name, end)
    work = read_work(file, form, options, said, event_id, as_json=as_json)
    if dry_run:
        outcome = unstated(work)
    else:
        with ending(as_json=as_json), opened(url, rpc) as client, counted("Stating") as told:
            outcome = state(client, work, event_id, told, spool=spool)
    if as_json:
        say_json(outcome.as_json() | {"footprint": work.total.as_json(), "dry_run": dry_run})
    else:
        show_stated(work, outcome)
    raise typer.Exit(code_of(outcome))


def flush(dry_run: DryRun = False, as_json: AsJson = False, url: Url = None, rpc: RpcUrl = None) -> None:
    """Send the work that was kept on disk while the gateway was out of reach. It is stated, not recorded."""
    with ending(as_json=as_json), opened(url, rpc) as client:
        done = Flushed(waiting=client.spool.waiting()) if dry_run else client.flush()
    members = {
        "sent": done.sent,
        "refused": done.refused,
        "waiting": done.waiting,
        "reason": done.reason,
        "busy": done.busy,
        "dry_run": dry_run,
    }
    if as_json:
        say_json(members)
    else:
        words = "Another process is sending it" if done.busy else f"Sent {done.sent:,}"
        Console().print(Text(f"{words}, refused {done.refused:,}, still waiting {done.waiting:,}"))
        if done.reason:
            say(done.reason)
    if done.waiting and not dry_run:
        raise typer.Exit(UNREACHABLE)
    raise typer.Exit(SOME_REJECTED if done.refused else 0)
