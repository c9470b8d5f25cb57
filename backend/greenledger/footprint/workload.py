"""A workload: one piece of AI work as its owner states it, and the one form of it that is hashed.

Units are in the names: uWh, mW, ppm, uL per kWh, mg CO2e per kWh, Unix seconds. Nothing is filled in here:
what was not stated stays None, and the estimate lists each default that it used instead. What each field may
hold is in `rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import NamedTuple

# Version of the form that `Workload.canonical` gives. It is in every Merkle leaf, so that a later form can
# live beside this one. A new optional field needs no new version: what does not state it keeps its hash.
WORKLOAD_VERSION = 1


class Kind(StrEnum):
    """What the work was; `leaf_code` is its number in a Merkle leaf."""

    TRAINING = "training"
    FINE_TUNING = "fine-tuning"
    INFERENCE = "inference"

    @property
    def leaf_code(self) -> int:
        return {Kind.TRAINING: 1, Kind.FINE_TUNING: 2, Kind.INFERENCE: 3}[self]


class Place(NamedTuple):
    """Where the work ran: a country, a US state, or a region of a cloud provider."""

    country: str | None = None
    state: str | None = None
    provider: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of the work: accelerators of one kind at one site.

    `device_seconds` is their number times the time. Where it is not known it follows from `tokens` and
    `params` (6 FLOP per parameter and token of training) and `mfu_ppm`, the share of the peak reached.
    `power_mw` is the mean draw per accelerator: of the card alone (scope `device`) or with its share of
    the host (scope `system`). `utilisation_ppm` is the mean share of that power, or of the rated power if
    none is stated. `measured_uwh` is energy metered for this phase and wins over all of these.
    `embodied_mg` is what making one accelerator and its share of the server emitted.
    A phase without a place is at the workload's site; with one, its own PUE, WUE and grid count.
    """

    hardware: str | None = None
    device_seconds: int | None = None
    power_mw: int | None = None
    power_scope: str | None = None
    utilisation_ppm: int | None = None
    tokens: int | None = None
    params: int | None = None
    mfu_ppm: int | None = None
    measured_uwh: int | None = None
    measurement_scope: str | None = None
    embodied_mg: int | None = None
    place: Place | None = None
    pue_ppm: int | None = None
    wue_ul_per_kwh: int | None = None
    grid_mg_per_kwh: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """Contractual energy for the market-based figure; `evidence` is the hash of its document (0x..)."""

    energy_uwh: int
    grid_mg_per_kwh: int
    evidence: str


@dataclass(frozen=True, slots=True)
class FunctionalUnit:
    """What the SCI (ISO/IEC 21031) is stated per: `count` of what `name` says, as 50000 million tokens."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Workload:
    """See the module's docstring. Tokens are per request; without `requests` they are the totals.

    `cached_tokens` are a part of `input_tokens`, `reasoning_tokens` a part of `output_tokens`. `task` names
    work that is not text (images, seconds of audio), of which `units` were made.
    """

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
    reasoning_tokens: int | None = None
    batch: int | None = None
    task: str | None = None
    units: int | None = None
    pue_ppm: int | None = None
    wue_ul_per_kwh: int | None = None
    grid_mg_per_kwh: int | None = None
    grid_water_ul_per_kwh: int | None = None
    contracts: tuple[Contract, ...] = ()
    residual_mg_per_kwh: int | None = None
    hardware_life_s: int | None = None
    embodied_share_ppm: int | None = None
    functional_unit: FunctionalUnit | None = None

    def canonical(self) -> dict[str, object]:
        """What was stated and nothing else: integers as decimal strings, text in NFC, no nulls.

        Parsing the result gives an equal workload; every spelling of a workload has the same result.
        """
        return _stated(self)


Record = Workload | Place | Phase | Contract | FunctionalUnit


def _stated(record: Record) -> dict[str, object]:
    members: dict[str, object] = {}
    for name in FIELDS[type(record)]:
        value = getattr(record, name)
        if value is None or value == ():
            continue
        if isinstance(value, Place | FunctionalUnit):
            members[name] = _stated(value)
        elif isinstance(value, tuple):
            members[name] = [_stated(item) for item in value]
        else:
            members[name] = str(value)
    return members


FIELDS: dict[type, tuple[str, ...]] = {
    Place: Place._fields,
    **{
        record: tuple(entry.name for entry in fields(record))
        for record in (Workload, Phase, Contract, FunctionalUnit)
    },
}
