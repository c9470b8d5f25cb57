"""Why an estimate is what it is: the share of each stage, and which one input would narrow its bounds most.

Everything here is computed on request from the same model; nothing of it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import Range, half_up
from greenledger.footprint.stages import PPM
from greenledger.footprint.trail import DefaultUsed
from greenledger.footprint.workload import Workload

# What to state in place of a default that is no field of its own, or is one under another name.
_STATE_INSTEAD = {
    "batch": "batch: how many requests the server worked on at once",
    "embodied_mg": "phases[].embodied_mg: what making one device and its share of the server emitted",
    "grid_mg_per_kwh": "grid_mg_per_kwh of the site and time, or a finer place",
    "hardware_life_s": "hardware_life_s: how long the hardware is used",
    "host_ppm": "energy metered at the nodes, or power with power_scope system",
    "inactive_experts": "measured energy: how many experts a batch reads is not known",
    "mfu_ppm": "device_seconds, or mfu_ppm",
    "power_mw": "power_mw: the measured mean",
    "pue_ppm": "pue_ppm of the site",
    "reference_embodied_mg": "phases with the hardware and its time",
    "reference_power_mw": "phases with the hardware and its time",
    "server_embodied_mg": "phases[].embodied_mg: what making one device and its share of the server emitted",
    "unit_energy_nwh": "measured energy, or phases with the hardware and its time",
    "utilisation_ppm": "utilisation_ppm, or power_mw: the measured mean",
}
# A model and its tokens are better evidence than this row, yet seldom within its bounds, let alone closer.
_NEVER_NARROWS = "request/published"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole at the central value, ppm: `of` is energy_uwh or total_ug."""

    stage: str
    of: str
    share_ppm: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How far apart the bounds of the total would be if the factor behind one field were known exactly.

    `field` is what to state (its default's factor is `factor`), `width_ug` high - low as things are,
    `narrowed_ug` the same with the factor at its central value.
    """

    field: str
    factor: str
    width_ug: int
    narrowed_ug: int

    @property
    def advice(self) -> str:
        """What to state to narrow the bounds."""
        return _STATE_INSTEAD.get(self.field.rsplit(".", 1)[-1], self.field)

    @property
    def saved_ppm(self) -> int:
        """Part of the width that would go, ppm."""
        return half_up((self.width_ug - self.narrowed_ug) * PPM, self.width_ug) if self.width_ug else 0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the way from the energy of the machines to the carbon: `unit` is uWh or ug."""

    name: str
    unit: str
    value: Range


@dataclass(frozen=True, slots=True)
class Explanation:
    """`narrowing` is sorted by what it saves, best first; `steps` are the waterfall in its order."""

    shares: tuple[Share, ...]
    narrowing: tuple[Narrowing, ...]
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, object]:
        """Integers as decimal strings."""
        return {
            "shares": [
                {"stage": share.stage, "of": share.of, "share_ppm": str(share.share_ppm)}
                for share in self.shares
            ],
            "narrowing": [
                {
                    "field": item.field,
                    "factor": item.factor,
                    "width_ug": str(item.width_ug),
                    "narrowed_ug": str(item.narrowed_ug),
                    "saved_ppm": str(item.saved_ppm),
                    "state": item.advice,
                }
                for item in self.narrowing
            ],
            "steps": [{"name": step.name, "unit": step.unit, **step.value.as_json()} for step in self.steps],
        }


def explain(workload: Workload, factors: FactorSet, made: Estimate | None = None) -> Explanation:
    """Explains the estimate `made` of this workload under these factors (computed here if not given)."""
    made = made or estimate(workload, factors)
    return Explanation(_shares(workload, made), _narrowing(workload, factors, made), _steps(made))


def _shares(workload: Workload, made: Estimate) -> tuple[Share, ...]:
    idle = workload.idle_uwh or 0
    overhead = made.energy_uwh.central - made.it_energy_uwh.central - idle
    energy = (("machines", made.it_energy_uwh.central), ("building", overhead), ("idle", idle))
    carbon = (("operational", made.operational_ug.central), ("embodied", made.embodied_ug.central))
    return tuple(
        Share(stage, of, half_up(part * PPM, whole) if whole else 0)
        for of, whole, parts in (
            ("energy_uwh", made.energy_uwh.central, energy),
            ("total_ug", made.total_ug.central, carbon),
        )
        for stage, part in parts
    )


def _narrowing(workload: Workload, factors: FactorSet, made: Estimate) -> tuple[Narrowing, ...]:
    """One estimate more for each factor that stood in for a field that was not stated."""
    width = made.total_ug.high - made.total_ug.low
    fields: dict[str, DefaultUsed] = {used.factor: used for used in reversed(made.defaults)}
    fields.pop(_NEVER_NARROWS, None)
    found = []
    for key, used in fields.items():
        total = estimate(workload, factors.with_exact(key)).total_ug
        if total.high - total.low < width:
            found.append(Narrowing(used.field, key, width, total.high - total.low))
    return tuple(sorted(found, key=lambda item: (item.narrowed_ug, item.field)))


def _steps(made: Estimate) -> tuple[Step, ...]:
    it, facility = made.it_energy_uwh, made.energy_uwh
    return (
        Step("machines", "uWh", it),
        Step("facility", "uWh", facility),
        Step("operational", "ug", made.operational_ug),
        Step("embodied", "ug", made.embodied_ug),
        Step("total", "ug", made.total_ug),
    )
