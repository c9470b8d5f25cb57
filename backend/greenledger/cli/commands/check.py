"""`greenledger check`: a budget for the footprint of some work, for pipelines."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli.answers import (
    NOT_POSSIBLE,
    OVER_BUDGET,
    SOME_REJECTED,
    AsJson,
    fail,
    fail_fields,
    say_json,
)
from greenledger.cli.budget import Bound, Budget, markdown_of, of_attestation, of_stated, of_work, words_of
from greenledger.cli.codecarbon_options import Kinds, Place, Scope, Scopes, UtcOffset, codecarbon_options
from greenledger.cli.gateway import RpcUrl, Url, ending, opened
from greenledger.cli.stated_work import work_of_file, work_of_one
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
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.workload import Kind
from greenledger.intake import CodeCarbonOptions, Format, UnknownFormat

EXIT_CODES = (
    "Exit codes: 0 within the budget, 1 over it, 2 not possible, 3 within, but some entries were rejected, 4"
    " gateway or chain out of reach."
)

_WORKLOAD = re.compile(r"[0-9a-f]{32}", re.ASCII)
_ATTESTATION = re.compile(r"0x[0-9a-fA-F]{64}", re.ASCII)
MOST_KG = 10**12


def _budget_ug(text: str) -> int:
    expected = f"kilograms of CO2e, a decimal from 0 to {MOST_KG}"
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= MOST_KG:
        raise typer.BadParameter(f"{text[:40]!r}: expected {expected}", param_hint="--max-kg")
    return int(value * 10**9)


def _measured(
    target: str | None,
    form: Format | None,
    options: CodeCarbonOptions,
    hours: HardwareHours,
    url: str | None,
    rpc: str | None,
) -> Budget:
    """The footprint of whichever of them is given. Raises typer.BadParameter if it is not exactly one."""
    if (target is None) == (hours.hardware is None):
        raise typer.BadParameter("expected a FILE, an ID, or --hardware with --hours: one of them")
    if target is None:
        return of_work(work_of_one(hours.workload(), over=False))
    if _ATTESTATION.fullmatch(target):
        with opened(url, rpc) as client:
            return of_attestation(client, target)
    if _WORKLOAD.fullmatch(target):
        with opened(url, rpc) as client:
            return of_stated(client, target)
    return of_work(work_of_file(target, form, options, over=False))


def check(
    max_kg: Annotated[str, typer.Option("--max-kg", metavar="KG", help="The budget in kilograms of CO2e.")],
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|ID",
            help="A file of workloads (- is standard input), a stated workload (32 hex digits), or an"
            " attestation (0x and 64).",
        ),
    ] = None,
    bound: Annotated[
        Bound, typer.Option("--bound", help="Which bound of the footprint has to be within it.")
    ] = Bound.HIGH,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the footprint as Markdown, for a comment.")
    ] = False,
    as_json: AsJson = False,
    form: Annotated[
        Format | None, typer.Option("--format", help="Format of the file [default: told by it].")
    ] = None,
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
    """Compare the footprint of some work with a budget. A file and hardware-hours need no server."""
    if markdown and as_json:
        raise typer.BadParameter("--markdown and --json: expected one of them")
    budget_ug = _budget_ug(max_kg)
    options = codecarbon_options(codecarbon_kind, codecarbon_scope, codecarbon_utc_offset, codecarbon_place)
    said = HardwareHours(hardware, devices, hours, kind, place, name, end)
    try:
        with ending(as_json=as_json):
            found = _measured(target, form, options, said, url, rpc)
    except UnknownFormat as error:
        fail(f"{error}, or --format", as_json=as_json)
    except InvalidWorkload as error:
        fail_fields(error.errors, as_json=as_json)
    if as_json:
        say_json(found.as_json(budget_ug, bound))
    elif markdown:
        typer.echo(markdown_of(found, budget_ug, bound))
    else:
        for line in words_of(found, budget_ug, bound):
            Console().print(Text(line), soft_wrap=True)
    raise typer.Exit(_code(found, budget_ug, bound))


def _code(found: Budget, budget_ug: int, bound: Bound) -> int:
    if found.count == 0:
        return NOT_POSSIBLE
    if not found.is_within(budget_ug, bound):
        return OVER_BUDGET
    return SOME_REJECTED if found.rejected else 0
