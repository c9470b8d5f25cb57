"""Our bounds beside measured energy per token: models, batches, and versions of the serving software."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.tokens import BATCHES
from greenledger.validation.mapping import Bounds, estimate_of, figure_of, map_run
from greenledger.validation.runs import Expected, PublishedRun, data_text

UNIT = "J/output token (GPU only)"
SIZES = (8_000_000_000, 70_000_000_000, 400_000_000_000)


@dataclass(frozen=True, slots=True)
class Measured:
    """Energy of the accelerators per output token, J, as measured, and as we bound it."""

    model: str
    hardware: str
    batch: int
    joule: Decimal
    ours: Bounds
    source: str

    @property
    def within(self) -> bool:
        return self.ours[0] <= self.joule <= self.ours[2]


def _run(inputs: dict[str, object], joule: Decimal) -> PublishedRun:
    return PublishedRun("", "inference", "band", "", "", inputs, Expected(joule, UNIT, Decimal(0)))


def _ours(inputs: dict[str, object], joule: Decimal, factors: FactorSet) -> Bounds:
    mapped = map_run(_run(inputs, joule), factors)
    return figure_of(mapped, estimate_of(mapped, factors), factors)


def sources() -> dict[str, str]:
    """What the short names of the measurements' sources stand for."""
    found: dict[str, str] = json.loads(data_text("serving.json"))["sources"]
    return found


def measured(factors: FactorSet) -> tuple[Measured, ...]:
    """Every measurement that this version ships, in the order of the file."""
    table = json.loads(data_text("serving.json"))
    found = []
    for entry in table["measurements"]:
        joule = Decimal(entry["joule_per_token"])
        inputs: dict[str, object] = {"model": entry["model"], "batch_size": Decimal(entry["batch"])}
        found.append(
            Measured(
                entry["model"],
                entry["hardware"],
                int(entry["batch"]),
                joule,
                _ours(inputs, joule, factors),
                entry["source"],
            )
        )
    return tuple(found)


def batch_effect(factors: FactorSet) -> tuple[tuple[int, tuple[Bounds, ...], Fraction], ...]:
    """For some sizes of model: J per token at each batch, and how many times batch 1 is above batch 128."""
    rows = []
    for params in SIZES:
        curve = tuple(
            _ours({"params": Decimal(params), "batch_size": Decimal(size)}, Decimal(1), factors)
            for size in BATCHES
        )
        rows.append((params, curve, curve[0][1] / curve[BATCHES.index(128)][1]))
    return tuple(rows)
