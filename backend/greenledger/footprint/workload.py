"""A workload: one piece of AI work as its owner states it, and the one form of it that is hashed.

Units are in the names: uWh, mW, ppm, uL per kWh, mg CO2e per kWh, Unix seconds. Nothing is filled in here:
what was not stated stays None, and the estimate lists each default that it used instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum

# Version of the form that `Workload.canonical` gives. It is in every Merkle leaf, so that a later form can
# live beside this one.
WORKLOAD_VERSION = 1


class Kind(StrEnum):
    """What the work was; `leaf_code` is its number in a Merkle leaf."""

    TRAINING = "training"
    FINE_TUNING = "fine-tuning"
    INFERENCE = "inference"

    @property
    def leaf_code(self) -> int:
        return {Kind.TRAINING: 1, Kind.FINE_TUNING: 2, Kind.INFERENCE: 3}[self]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work ran: a country, a US state, or a region of a cloud provider."""

    country: str | None = None
    state: str | None = None
    provider: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """Accelerators of one kind at work. `device_seconds` is their number times the time.

    `power_mw` is the mean draw per accelerator: of the card alone (scope `device`) or with its share of
    the host (scope `system`). `utilisation_ppm` is the mean share of that power, or of the rated power if
    none is stated.
    """

    hardware: str
    device_seconds: int
    power_mw: int | None = None
    power_scope: str | None = None
    utilisation_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """Contractual energy for the market-based figure; `evidence` is the hash of its document (0x..)."""

    energy_uwh: int
    grid_mg_per_kwh: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Workload:
    """See the module's docstring. Tokens are per request; without `requests` they are the totals."""

    kind: Kind
    start: int
    end: int
    name: str | None = None
    place: Place | None = None
    phases: tuple[Phase, ...] = ()
    measured_uwh: int | None = None
    measurement_scope: str | None = None
    idle_uwh: int | None = None
    model: str | None = None
    active_params: int | None = None
    total_params: int | None = None
    requests: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    batch: int | None = None
    pue_ppm: int | None = None
    wue_ul_per_kwh: int | None = None
    grid_mg_per_kwh: int | None = None
    contracts: tuple[Contract, ...] = field(default=())

    def canonical(self) -> dict[str, object]:
        """What was stated and nothing else: integers as decimal strings, text in NFC, no nulls.

        Parsing the result gives an equal workload; every spelling of a workload has the same result.
        """
        return _stated(self)


def _stated(record: Workload | Place | Phase | Contract) -> dict[str, object]:
    members: dict[str, object] = {}
    for entry in fields(record):
        value = getattr(record, entry.name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            members[entry.name] = [_stated(item) for item in value]
        elif isinstance(value, Place):
            members[entry.name] = _stated(value)
        else:
            members[entry.name] = str(value)
    return members
