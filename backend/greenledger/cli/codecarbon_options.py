"""What an emissions.csv of CodeCarbon does not say, as options."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

import typer

from greenledger.client.places import place_of
from greenledger.footprint.workload import Kind
from greenledger.intake import CodeCarbonOptions

_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_GROUP = "For emissions.csv of CodeCarbon"


class Scope(StrEnum):
    """What the energy was counted over; see the glossary's measurement scope."""

    DEVICE = "device"
    NODE = "node"


Kinds = Annotated[
    Kind, typer.Option("--codecarbon-kind", help=f"{_GROUP}: what the runs were.", show_default=True)
]
Scopes = Annotated[
    Scope, typer.Option("--codecarbon-scope", help=f"{_GROUP}: what the energy was counted over.")
]
UtcOffset = Annotated[
    str,
    typer.Option(
        "--codecarbon-utc-offset",
        metavar="+HH:MM",
        help=f"{_GROUP}: how far the machine's clock was ahead of UTC.",
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        "--codecarbon-place",
        metavar="FR|US-CA|aws/eu-west-3",
        help=f"{_GROUP}: country, US state or cloud region, instead of what it found.",
    ),
]


def _seconds(offset: str) -> int:
    found = _OFFSET.fullmatch(offset)
    if found is None:
        raise typer.BadParameter(
            f"{offset!r}: expected +HH:MM or -HH:MM", param_hint="--codecarbon-utc-offset"
        )
    seconds = 3600 * int(found[2]) + 60 * int(found[3])
    return -seconds if found[1] == "-" else seconds


def codecarbon_options(kind: Kind, scope: Scope, utc_offset: str, place: str | None) -> CodeCarbonOptions:
    """The options as the reader takes them. Raises typer.BadParameter for a wrong offset."""
    return CodeCarbonOptions(kind, _seconds(utc_offset), str(scope), place_of(place))
