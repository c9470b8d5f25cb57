"""The workloads that are estimated: three kinds in equal numbers, varied, the same on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import Workload

SEED = 2026
OF_EACH_KIND = 1_000
KINDS = ("training", "inference", "measured")
_SHORTEST_S, _LONGEST_S = 1_000_000, 15_000_000  # 12 days to half a year
_FROM, _UNTIL = 1_577_836_800, 1_751_328_000  # 2020-01-01, 2025-07-01

Document = dict[str, Any]


class Names:
    """What the factor set knows, to choose from."""

    def __init__(self, factors: FactorSet) -> None:
        regions = [name.split("/") for name in factors.names("grid/region/")]
        self.places: list[Document] = [
            *({"country": name} for name in factors.names("grid/country/") if len(name) == 2),
            *({"country": "US", "state": name} for name in factors.names("grid/state/US-") if len(name) == 2),
            *({"provider": parts[0], "region": parts[1]} for parts in regions if len(parts) == 2),
        ]
        self.hardware = factors.names("hardware/", "/rated-power")
        self.models = factors.names("model/", "/active-params")


def training(pick: random.Random, names: Names) -> Document:
    """One to four phases, some at a site of their own, with stated power, utilisation or neither."""
    phases: list[Document] = []
    for _ in range(pick.randint(1, 4)):
        phase: Document = {
            "hardware": pick.choice(names.hardware),
            "device_seconds": pick.randint(10**6, 10**11),
        }
        match pick.randrange(3):
            case 0:
                phase |= {"power_mw": pick.randint(200_000, 500_000), "power_scope": "system"}
            case 1:
                phase["utilisation_ppm"] = pick.randint(300_000, 950_000)
        if pick.random() < 0.25:
            phase["place"] = pick.choice(names.places)
        phases.append(phase)
    return {"kind": "training", "phases": phases}


def inference(pick: random.Random, names: Names) -> Document:
    """Requests to a model of the catalogue; half know the batch, a third has cached input."""
    tokens = pick.randint(50, 20_000)
    document: Document = {
        "kind": "inference",
        "model": pick.choice(names.models),
        "requests": pick.randint(1, 10**7),
        "input_tokens": tokens,
        "output_tokens": pick.randint(20, 4_000),
    }
    if pick.random() < 0.5:
        document["batch"] = pick.randint(1, 128)
    if pick.random() < 0.33:
        document["cached_tokens"] = pick.randint(0, tokens)
    return document


def measured(pick: random.Random, _: Names) -> Document:
    """Metered energy in one of the three scopes."""
    return {
        "kind": pick.choice(("training", "fine-tuning")),
        "measured_uwh": pick.randint(10**9, 10**15),
        "measurement_scope": pick.choice(("device", "node", "facility")),
    }


_MAKERS: dict[str, Callable[[random.Random, Names], Document]] = {
    "training": training,
    "inference": inference,
    "measured": measured,
}


def workloads(factors: FactorSet, kind: str, count: int = OF_EACH_KIND) -> list[Workload]:
    """Parsed workloads of one of `KINDS` at places all over the factor set; some state PUE or grid."""
    pick, names, make = random.Random(f"{SEED} {kind}"), Names(factors), _MAKERS[kind]
    found = []
    for _ in range(count):
        start = pick.randint(_FROM, _UNTIL)
        document: Document = {"start": start, "end": start + pick.randint(_SHORTEST_S, _LONGEST_S)} | make(
            pick, names
        )
        document["place"] = pick.choice(names.places)
        if pick.random() < 0.2 and document.get("measurement_scope") != "facility":
            document["pue_ppm"] = pick.randint(1_050_000, 1_600_000)
        if pick.random() < 0.2:
            document["grid_mg_per_kwh"] = pick.randint(20_000, 900_000)
        found.append(parse_workload(document, factors))
    return found
