"""Workloads of every shape that the model reads, for property tests in Python and on chain."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from greenledger.footprint.factors import FactorSet

START, YEAR_S = 1_700_000_000, 31_536_000
# Tokens times parameters: a million of the slowest card, at a hundredth of its peak, need days for it.
MOST_WORK = 10**22
Stated = dict[str, Any]

seconds = st.integers(1, 10**12)
_sites_by_value: Stated = {
    "pue_ppm": st.integers(1_000_000, 3_000_000),
    "wue_ul_per_kwh": st.integers(0, 20_000_000),
    "grid_mg_per_kwh": st.integers(0, 2_000_000),
}
_contract = st.fixed_dictionaries(
    {
        "energy_uwh": st.integers(1, 10**16),
        "grid_mg_per_kwh": st.integers(0, 2_000_000),
        "evidence": st.just("0x" + "00" * 32),
    }
)
_unit = st.fixed_dictionaries(
    {"name": st.sampled_from(["image", "million tokens", "10^18 FLOP"]), "count": st.integers(1, 10**18)}
)


class Workloads:
    """Strategies over the names of one factor set; features that an older set lacks are left out."""

    def __init__(self, factors: FactorSet) -> None:
        self.factors = factors
        self.hardware = factors.names("hardware/", "/embodied")
        self.rated = tuple(name for name in self.hardware if factors.has(f"hardware/{name}/rated-power"))
        self.with_peak = tuple(name for name in self.hardware if factors.has(f"hardware/{name}/peak-flops"))
        self.models = factors.names("model/", "/active-params")
        self.tasks = factors.names("task/")
        self.regions = tuple(tuple(name.split("/")) for name in factors.names("grid/region/"))
        self.countries = factors.names("grid/country/")
        self.states = factors.names("grid/state/US-")

    @property
    def places(self) -> st.SearchStrategy[Stated]:
        return st.one_of(
            st.sampled_from(self.countries).map(lambda code: {"country": code}),
            st.sampled_from(self.states).map(lambda code: {"country": "US", "state": code}),
            st.sampled_from(self.regions).map(lambda name: {"provider": name[0], "region": name[1]}),
        )

    @property
    def site(self) -> Stated:
        """Optional members of a workload or a phase that say where it ran."""
        return {"place": self.places, **_sites_by_value}

    @property
    def rest(self) -> Stated:
        """Optional members of any workload."""
        members: Stated = {
            **self.site,
            "idle_uwh": st.integers(0, 10**16),
            "contracts": st.lists(_contract, min_size=1, max_size=3),
            "residual_mg_per_kwh": st.integers(0, 2_000_000),
            "grid_water_ul_per_kwh": st.integers(0, 20_000_000),
            "hardware_life_s": st.integers(2_592_000, 1_600_000_000),
            "embodied_share_ppm": st.integers(1, 1_000_000),
            "functional_unit": _unit,
        }
        return members

    @property
    def device_phases(self) -> st.SearchStrategy[Stated]:
        power = st.one_of(
            st.just({}),
            st.fixed_dictionaries(
                {
                    "power_mw": st.integers(1, 20_000_000),
                    "power_scope": st.sampled_from(["system", "device"]),
                },
                optional={"utilisation_ppm": st.integers(1, 1_000_000)},
            ),
        )
        base = st.fixed_dictionaries(
            {"hardware": st.sampled_from(self.hardware), "device_seconds": seconds}, optional=self.site
        )
        return st.builds(lambda phase, stated: {**phase, **stated}, base, power)

    @property
    def rated_phases(self) -> st.SearchStrategy[Stated]:
        return st.fixed_dictionaries(
            {"hardware": st.sampled_from(self.rated), "device_seconds": seconds},
            optional={"utilisation_ppm": st.integers(1, 1_000_000), **self.site},
        )

    @property
    def metered_phases(self) -> st.SearchStrategy[Stated]:
        def complete(phase: Stated, hardware: str | None, time: int) -> Stated:
            if phase["measurement_scope"] == "facility":
                phase = {name: value for name, value in phase.items() if name != "pue_ppm"}
            return phase if hardware is None else {**phase, "hardware": hardware, "device_seconds": time}

        base = st.fixed_dictionaries(
            {
                "measured_uwh": st.integers(0, 10**16),
                "measurement_scope": st.sampled_from(["device", "node", "facility"]),
            },
            optional=self.site,
        )
        return st.builds(complete, base, st.none() | st.sampled_from(self.hardware), seconds)

    @property
    def arithmetic_phases(self) -> st.SearchStrategy[Stated]:
        def within_a_year(phase: Stated) -> Stated:
            return {**phase, "params": max(10**6, min(phase["params"], MOST_WORK // phase["tokens"]))}

        drawn = st.fixed_dictionaries(
            {
                "hardware": st.sampled_from(self.with_peak),
                "tokens": st.integers(1, 10**13),
                "params": st.integers(10**6, 10**13),
            },
            optional={
                "mfu_ppm": st.integers(10_000, 1_000_000),
                "embodied_mg": st.integers(0, 10**12),
                **self.site,
            },
        )
        return drawn.map(within_a_year)

    @property
    def phases(self) -> st.SearchStrategy[Stated]:
        kinds = [self.device_phases, self.rated_phases, self.metered_phases]
        if self.with_peak:
            kinds.append(self.arithmetic_phases)
        return st.one_of(kinds)

    def training(self, most_phases: int = 4) -> st.SearchStrategy[Stated]:
        return st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["training", "fine-tuning"]),
                "phases": st.lists(self.phases, min_size=1, max_size=most_phases),
            },
            optional=self.rest,
        )

    @property
    def measured(self) -> st.SearchStrategy[Stated]:
        """Energy metered for the whole work; its hardware only for the embodied carbon."""

        def complete(stated: Stated, phases: list[Stated]) -> Stated:
            if stated["measurement_scope"] == "facility":
                stated = {name: value for name, value in stated.items() if name != "pue_ppm"}
            return {**stated, "phases": phases} if phases else stated

        base = st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["training", "fine-tuning", "inference"]),
                "measured_uwh": st.integers(0, 10**16),
                "measurement_scope": st.sampled_from(["device", "node", "facility"]),
            },
            optional=self.rest,
        )
        timed = st.fixed_dictionaries({"hardware": st.sampled_from(self.hardware), "device_seconds": seconds})
        if self.with_peak:
            names = {"place", *_sites_by_value}
            timed |= self.arithmetic_phases.map(
                lambda phase: {name: value for name, value in phase.items() if name not in names}
            )
        return st.builds(complete, base, st.lists(timed, max_size=2))

    @property
    def tokens(self) -> st.SearchStrategy[Stated]:
        def complete(stated: Stated, model: Stated, cached: int, reasoning: int) -> Stated:
            parts: Stated = {}
            if "input_tokens" in stated:
                parts["cached_tokens"] = cached % (stated["input_tokens"] + 1)
            if "output_tokens" in stated:
                parts["reasoning_tokens"] = reasoning % (stated["output_tokens"] + 1)
            return {**stated, **model, **parts}

        counts = {"input_tokens": st.integers(0, 10**6), "output_tokens": st.integers(0, 10**6)}
        optional = {"requests": st.integers(1, 10**6), "batch": st.integers(1, 4096), **self.rest}
        kind = {"kind": st.just("inference")}
        base = st.one_of(
            st.fixed_dictionaries({**kind, "output_tokens": counts["output_tokens"]}, optional=optional),
            st.fixed_dictionaries({**kind, "input_tokens": counts["input_tokens"]}, optional=optional),
            st.fixed_dictionaries({**kind, **counts}, optional=optional),
        )
        model = st.one_of(
            st.sampled_from(self.models).map(lambda name: {"model": name}),
            st.integers(10**6, 10**13).map(lambda count: {"active_params": count}),
            st.tuples(st.integers(10**6, 10**12), st.integers(0, 10**13)).map(
                lambda pair: {"active_params": pair[0], "total_params": pair[0] + pair[1]}
            ),
        )
        many = st.integers(0, 10**7)
        return st.builds(complete, base, model, many, many)

    @property
    def published_averages(self) -> st.SearchStrategy[Stated]:
        rest = {name: value for name, value in self.rest.items() if name != "pue_ppm"}
        requests = st.fixed_dictionaries(
            {"kind": st.just("inference"), "requests": st.integers(1, 10**9)}, optional=rest
        )
        if not self.tasks:
            return requests
        units = st.fixed_dictionaries(
            {
                "kind": st.just("inference"),
                "task": st.sampled_from(self.tasks),
                "units": st.integers(1, 10**9),
            },
            optional={**self.rest, "requests": st.integers(1, 10**6)},
        )
        return requests | units

    @property
    def any(self) -> st.SearchStrategy[Stated]:
        """With a period of a year."""
        every = st.one_of(self.training(), self.measured, self.tokens, self.published_averages)
        return every.map(lambda stated: {"start": START, "end": START + YEAR_S, **stated})
