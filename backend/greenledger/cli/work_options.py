"""The work that a command is about: a file, or hardware-hours said in options."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from greenledger.cli.completion import hardware_names
from greenledger.client.places import place_of
from greenledger.footprint.workload import Kind
from greenledger.intake.times import unix_seconds

_GROUP = "Hardware-hours, instead of a file"
_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOST_HOURS = 10_000_000
S_PER_HOUR = 3_600

Hardware = Annotated[
    str | None,
    typer.Option(
        "--hardware",
        metavar="ID",
        help="Accelerator of the catalogue.",
        autocompletion=hardware_names,
        rich_help_panel=_GROUP,
    ),
]
Devices = Annotated[
    int, typer.Option("--devices", min=1, max=1_000_000, help="How many of them.", rich_help_panel=_GROUP)
]
Hours = Annotated[
    str | None,
    typer.Option("--hours", metavar="H", help="Wall-clock hours, a decimal.", rich_help_panel=_GROUP),
]
KindOfWork = Annotated[Kind, typer.Option("--kind", help="What the work was.", rich_help_panel=_GROUP)]
WorkPlace = Annotated[
    str | None,
    typer.Option("--place", metavar="FR|US-CA|aws/eu-west-3", help="Where it ran.", rich_help_panel=_GROUP),
]
Name = Annotated[str | None, typer.Option("--name", help="Shown with it.", rich_help_panel=_GROUP)]
End = Annotated[
    str | None,
    typer.Option(
        "--end",
        metavar="TIME",
        help="When it was over, as 2026-01-31T00:00:00Z or Unix seconds [default: now].",
        rich_help_panel=_GROUP,
    ),
]


@dataclass(frozen=True, slots=True)
class HardwareHours:
    """What the options of one piece of work say."""

    hardware: str | None
    devices: int
    hours: str | None
    kind: Kind
    place: str | None
    name: str | None
    end: str | None

    def workload(self) -> dict[str, object]:
        """As a gateway takes it. Raises typer.BadParameter for what cannot be read."""
        end, seconds = _end(self.end), _seconds(self.hours)
        phase = {"hardware": self.hardware, "device_seconds": str(round(self.devices * seconds))}
        place = place_of(self.place)
        return {
            "kind": str(self.kind),
            **({"name": self.name} if self.name else {}),
            "start": end - max(1, -int(-seconds // 1)),
            "end": end,
            **({"place": place} if place else {}),
            "phases": [phase],
        }


def _seconds(hours: str | None) -> Decimal:
    expected = f"a decimal above 0 and at most {MOST_HOURS}, such as 2.5"
    if hours is None:
        raise typer.BadParameter(f"is missing, expected {expected}", param_hint="--hours")
    try:
        value = Decimal(hours)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or not 0 < value <= MOST_HOURS:
        raise typer.BadParameter(f"{hours[:40]!r}: expected {expected}", param_hint="--hours")
    return value * S_PER_HOUR


def _end(text: str | None) -> int:
    return int(time.time()) if text is None else time_of(text, "--end")


def time_of(text: str, option: str) -> int:
    """Unix seconds of a time as options take it; a day is its first second, UTC. Raises BadParameter."""
    if _SECONDS.fullmatch(text):
        return int(text)
    try:
        return unix_seconds(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)
    except ValueError:
        expected = "2026-01-31T00:00:00Z, a day such as 2026-01-31, or Unix seconds"
        raise typer.BadParameter(f"{text[:40]!r}: expected {expected}", param_hint=option) from None
