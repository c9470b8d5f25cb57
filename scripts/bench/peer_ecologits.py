"""Run by the peers' environment: impacts of LLM requests by EcoLogits, as JSON on standard output.

Measured is `compute_llm_impacts`, its whole model of one request, with everything looked up beforehand: the
parameters of each model in its registry (a range for closed ones), PUE and water use of the provider, and the
electricity mix. Our own estimate looks its factors up by name while it is timed.
"""

from __future__ import annotations

import json
import random
import sys
from importlib.metadata import version
from typing import Any

from ecologits.electricity_mix_repository import electricity_mixes
from ecologits.impacts.llm import compute_llm_impacts
from ecologits.model_repository import ParametersMoE, models
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP

from scripts.bench.timing import rate

ZONES = ("USA", "FRA", "DEU", "SWE", "POL", "IND", "CHN", "WOR")


def requests() -> list[dict[str, Any]]:
    """One request to each model of the registry, as arguments of `compute_llm_impacts`."""
    pick = random.Random(2026)
    found = []
    for model in models.list_models():
        parameters = model.architecture.parameters
        experts = isinstance(parameters, ParametersMoE)
        provider = PROVIDER_CONFIG_MAP[model.provider.value]
        mix = electricity_mixes.find_electricity_mix(zone=pick.choice(ZONES))
        found.append(
            {
                "model_active_parameter_count": parameters.active if experts else parameters,
                "model_total_parameter_count": parameters.total if experts else parameters,
                "output_token_count": pick.randint(20, 4_000),
                "request_latency": pick.uniform(0.5, 60),
                "if_electricity_mix_adpe": mix.adpe,
                "if_electricity_mix_pe": mix.pe,
                "if_electricity_mix_gwp": mix.gwp,
                "if_electricity_mix_wue": mix.wue,
                "datacenter_pue": provider.datacenter_pue,
                "datacenter_wue": provider.datacenter_wue,
            }
        )
    return found


def main() -> None:
    asked = requests()

    def act() -> None:
        for arguments in asked:
            compute_llm_impacts(**arguments)

    installed = version("ecologits")
    figure = rate(f"EcoLogits {installed}, impacts of an LLM request", act, len(asked))
    report = {"figures": {"ecologits_per_s": figure.as_json()}, "versions": {"ecologits": installed}}
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
