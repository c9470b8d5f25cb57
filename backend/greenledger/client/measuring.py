"""How a tracked block is measured: its energy by CodeCarbon where that is installed, else hardware-hours."""

from __future__ import annotations

import importlib.util
import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from greenledger.client.accelerators import detected
from greenledger.footprint.factors import FactorSet
from greenledger.intake.countries import ALPHA_2

log = logging.getLogger("greenledger")

UWH_PER_KWH = 10**9
# CodeCarbon wants a country even where only its energy is taken; ours never comes from there.
_ANY_COUNTRY = "USA"


class NotMeasured(Exception):
    """The block cannot be measured in this way; the message says why."""


class Meter(Protocol):
    """Measures from `start` to `stop`, which gives the workload's fields. Both may raise NotMeasured.

    `note` notes how far it is and never raises; a stop `as_noted` gives what was used until then.
    """

    def start(self) -> None: ...

    def note(self) -> None: ...

    def stop(self, *, as_noted: bool = False) -> dict[str, object]: ...


@dataclass(slots=True)
class CodeCarbonMeter:
    """Energy of GPU, CPU and RAM of this machine as CodeCarbon counts it, without any network."""

    place: Mapping[str, str] | None
    every_s: float = 15.0
    _tracker: Any = None
    _noted_kwh: Any = None

    def start(self) -> None:
        from codecarbon import OfflineEmissionsTracker

        country = (self.place or {}).get("country", "")
        alpha_3 = {two: three for three, two in ALPHA_2.items()}.get(country.upper(), _ANY_COUNTRY)
        self._tracker = OfflineEmissionsTracker(
            country_iso_code=alpha_3,
            measure_power_secs=self.every_s,
            save_to_file=False,
            save_to_api=False,
            save_to_logger=False,
            allow_multiple_runs=True,
            pue=1.0,  # the building's share is the model's to add
            log_level="error",
        )
        self._tracker.start()

    def note(self) -> None:
        # Its own thread counts every `every_s`; what was counted so far it has no public name for.
        self._noted_kwh = getattr(getattr(self._tracker, "_total_energy", None), "kWh", None)

    def stop(self, *, as_noted: bool = False) -> dict[str, object]:
        self._tracker.stop()
        data = getattr(self._tracker, "final_emissions_data", None)
        energy_kwh = self._noted_kwh if as_noted else getattr(data, "energy_consumed", None)
        if not isinstance(energy_kwh, int | float) or not math.isfinite(energy_kwh):
            raise NotMeasured("CodeCarbon gave no energy")
        energy_uwh = round(Fraction(str(energy_kwh)) * UWH_PER_KWH)
        if energy_uwh <= 0:
            raise NotMeasured("CodeCarbon counted no energy: the block was too short")
        # As of its emissions.csv: see docs/adr/0012-codecarbon-scope.md.
        return {"measured_uwh": str(energy_uwh), "measurement_scope": "device"}


@dataclass(slots=True)
class HardwareMeter:
    """Hours of accelerators: those that the caller says, else those that the driver names."""

    factors: FactorSet
    hardware: str | None
    devices: int | None
    _counts: Mapping[str, int] = field(default_factory=dict)
    _began: float = 0.0
    _noted: float = 0.0

    def start(self) -> None:
        """Raises NoAccelerator."""
        if self.hardware is not None:
            self._counts = {self.hardware: self.devices if self.devices is not None else 1}
        else:
            self._counts = detected(self.factors)
        self._began = self._noted = time.monotonic()

    def note(self) -> None:
        self._noted = time.monotonic()

    def stop(self, *, as_noted: bool = False) -> dict[str, object]:
        seconds = (self._noted if as_noted else time.monotonic()) - self._began
        return {
            "phases": [
                {"hardware": hardware, "device_seconds": str(max(1, round(count * seconds)))}
                for hardware, count in self._counts.items()
            ]
        }


class BestMeter:
    """CodeCarbon and hardware-hours side by side: the energy if it was counted, else the hours."""

    def __init__(self, meters: list[Meter]) -> None:
        self._meters = meters
        self._running: list[Meter] = []
        self._why: list[str] = []

    def start(self) -> None:
        """Raises NotMeasured if none of them can measure here, saying what each lacks."""
        for meter in self._meters:
            try:
                meter.start()
            except Exception as error:
                self._why.append(_reason(meter, error))
            else:
                self._running.append(meter)
        if not self._running:
            raise NotMeasured("; ".join(self._why) or "there is nothing to measure with")

    def note(self) -> None:
        for meter in self._running:
            meter.note()

    def stop(self, *, as_noted: bool = False) -> dict[str, object]:
        """Raises NotMeasured. Every meter is stopped, whatever comes of another."""
        measured: list[dict[str, object]] = []
        for meter in self._running:
            try:
                measured.append(meter.stop(as_noted=as_noted))
            except Exception as error:
                self._why.append(_reason(meter, error))
        if not measured:
            raise NotMeasured("; ".join(self._why))
        for reason in self._why:
            log.info("not measured so: %s", reason)
        return measured[0]


def _reason(meter: Meter, error: Exception) -> str:
    # CodeCarbon raises whatever its sensors do.
    return f"{type(meter).__name__.removesuffix('Meter')}: {str(error)[:300] or type(error).__name__}"


def has_codecarbon() -> bool:
    return importlib.util.find_spec("codecarbon") is not None


def best_meter(
    factors: FactorSet, place: Mapping[str, str] | None, hardware: str | None, devices: int | None
) -> BestMeter:
    """What measures a block here and now."""
    counted: list[Meter] = [CodeCarbonMeter(place)] if has_codecarbon() else []
    return BestMeter([*counted, HardwareMeter(factors, hardware, devices)])
