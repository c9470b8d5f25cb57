"""Reads the work that a command was given, or ends the command with what is wrong with it."""

from __future__ import annotations

import typer

from greenledger.cli.answers import fail, fail_fields
from greenledger.cli.documents import CannotOpen
from greenledger.cli.stated_work import StatedWork, work_of_file, work_of_one
from greenledger.cli.work_options import HardwareHours
from greenledger.footprint.fields import InvalidWorkload
from greenledger.intake import CodeCarbonOptions, Format, UnknownFormat


def read_work(
    file: str | None,
    form: Format | None,
    options: CodeCarbonOptions,
    hours: HardwareHours,
    event_id: str | None,
    *,
    as_json: bool,
) -> StatedWork:
    """Work that is over: of a file, or of hardware-hours. An event id is for one workload."""
    if (file is None) == (hours.hardware is None):
        raise typer.BadParameter("expected a FILE, or --hardware with --hours: one of them")
    try:
        work = (
            work_of_one(hours.workload(), over=True)
            if file is None
            else work_of_file(file, form, options, over=True)
        )
    except CannotOpen as error:
        fail(str(error), as_json=as_json)
    except UnknownFormat as error:
        fail(f"{error}, or --format", as_json=as_json)
    except InvalidWorkload as error:
        fail_fields(error.errors, as_json=as_json)
    if event_id is not None and len(work.workloads) > 1:
        fail(f"--event-id: the file holds {len(work.workloads)} workloads, expected one", as_json=as_json)
    return work
