"""Software Carbon Intensity (ISO/IEC 21031): the location-based total over a functional unit.

SCI for AI names two personas: who provides a model accounts for building it, who consumes one for running it.
Which of them a figure is for follows from the kind of the workload.
"""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.footprint.ranges import Range
from greenledger.footprint.stages import per_unit_ug
from greenledger.footprint.workload import Kind, Workload


@dataclass(frozen=True, slots=True)
class Sci:
    """ug CO2e per unit; `unit` as the workload names it, `persona` is provider or consumer."""

    persona: str
    unit: str
    count: int
    per_unit_ug: Range

    def as_json(self) -> dict[str, object]:
        return {
            "persona": self.persona,
            "unit": self.unit,
            "count": str(self.count),
            "per_unit_ug": self.per_unit_ug.as_json(),
        }


def sci_of(workload: Workload, total_ug: Range) -> Sci | None:
    """None if the workload states no functional unit. Market-based figures never enter an SCI."""
    unit = workload.functional_unit
    if unit is None:
        return None
    persona = "consumer" if workload.kind is Kind.INFERENCE else "provider"
    return Sci(persona, unit.name, unit.count, per_unit_ug(total_ug, unit.count))
