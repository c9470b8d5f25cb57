"""What each field of a workload may hold: the one table that parsing and the published JSON Schema read.

The maxima are far above any published run; they stop unit slips (W for mW, tonnes for mg) and keep every
result within the 72 bits that carbon amounts have on chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenledger.footprint.workload import Contract, FunctionalUnit, Kind, Phase, Place, Workload

EARLIEST = 1_262_304_000  # 2010-01-01
LATEST = 4_102_444_800  # 2100-01-01
LONGEST_S = 10 * 366 * 86_400
MOST_DEVICES = 1_000_000
MOST_DEVICE_SECONDS = 32_000_000_000_000  # a million devices for a year
MOST_ENERGY_UWH = 10**20  # 100 TWh
MOST_TOKENS = 10**15
PUE_PPM = (1_000_000, 3_000_000)
WUE_UL_PER_KWH = (0, 20_000_000)
GRID_MG_PER_KWH = (0, 2_000_000)  # oil shale and lignite stay below 1.5 kg


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer in [low, high], written as a JSON integer or a decimal string."""

    low: int
    high: int
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Printable text of 1 to `longest` characters, in Unicode normal form C."""

    longest: int
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A name of the catalogue (`section` of it) in any case, ASCII."""

    longest: int
    section: str
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Hash:
    """0x and 64 hex digits."""

    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class One:
    """An object with fields of its own."""

    record: type
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of 1 to `most` such objects."""

    record: type
    most: int
    about: str
    required: bool = False


Rule = Whole | Text | Code | Choice | Hash | One | Many

SCOPES = ("device", "node", "facility")
_ENERGY = (0, MOST_ENERGY_UWH)
_PARAMS = (1_000_000, 10**14)
_SITE: dict[str, Rule] = {
    "place": One(Place, "where it ran"),
    "pue_ppm": Whole(*PUE_PPM, "power usage effectiveness of the site, ppm"),
    "wue_ul_per_kwh": Whole(
        *WUE_UL_PER_KWH, "water usage effectiveness of the site, uL per kWh of IT energy"
    ),
    "grid_mg_per_kwh": Whole(*GRID_MG_PER_KWH, "location-based intensity of the grid, mg CO2e per kWh"),
}
_MEASURED: dict[str, Rule] = {
    "measured_uwh": Whole(*_ENERGY, "metered energy, uWh"),
    "measurement_scope": Choice(
        SCOPES, "what the meter saw: accelerators alone, whole nodes, or the whole facility"
    ),
}

RULES: Mapping[type, Mapping[str, Rule]] = {
    Workload: {
        "kind": Choice(tuple(str(kind.value) for kind in Kind), "what the work was", required=True),
        "start": Whole(EARLIEST, LATEST, "begin, Unix seconds", required=True),
        "end": Whole(EARLIEST, LATEST, "end, Unix seconds", required=True),
        "name": Text(100, "a name for people; part of the hash"),
        "phases": Many(Phase, 64, "parts of the work: accelerators, time, power, site"),
        **_MEASURED,
        "idle_uwh": Whole(*_ENERGY, "energy of the facility while the reserved hardware idled, uWh"),
        "model": Code(80, "models", "the model that served"),
        "active_params": Whole(*_PARAMS, "parameters used for one token"),
        "total_params": Whole(*_PARAMS, "all parameters"),
        "requests": Whole(1, 10**13, "requests served"),
        "input_tokens": Whole(0, MOST_TOKENS, "tokens read, per request, cached ones included"),
        "output_tokens": Whole(0, MOST_TOKENS, "tokens generated, per request, reasoning included"),
        "cached_tokens": Whole(0, MOST_TOKENS, "of the input: tokens served from a cache, per request"),
        "reasoning_tokens": Whole(0, MOST_TOKENS, "of the output: hidden reasoning, per request"),
        "batch": Whole(1, 4096, "requests that the server worked on at once"),
        "task": Code(60, "tasks", "work that is not text, as image-generation"),
        "units": Whole(1, 10**13, "how many of the task's unit were made: images, seconds of audio"),
        **_SITE,
        "grid_water_ul_per_kwh": Whole(*WUE_UL_PER_KWH, "water of the power stations, uL per kWh"),
        "contracts": Many(Contract, 64, "contractual energy, for the market-based figure"),
        "residual_mg_per_kwh": Whole(
            *GRID_MG_PER_KWH, "residual mix for energy beyond the contracts, mg CO2e per kWh"
        ),
        "hardware_life_s": Whole(2_592_000, 1_600_000_000, "years of use that share the embodied carbon, s"),
        "embodied_share_ppm": Whole(1, 1_000_000, "reserved share of each device (SCI: RR / ToR), ppm"),
        "functional_unit": One(FunctionalUnit, "what the SCI is stated per"),
    },
    Phase: {
        "hardware": Code(60, "hardware", "accelerator or 8-accelerator node"),
        "device_seconds": Whole(1, MOST_DEVICE_SECONDS, "number of devices times seconds"),
        # 20 kW: a whole 8-GPU node draws 14.3 kW at most (DGX B200 datasheet)
        "power_mw": Whole(1, 20_000_000, "mean power per device, mW"),
        "power_scope": Choice(("system", "device"), "whether the host is in power_mw"),
        "utilisation_ppm": Whole(1, 1_000_000, "mean share of the power, ppm"),
        "tokens": Whole(1, 10**17, "tokens trained on"),
        "params": Whole(*_PARAMS, "parameters that each token used (active ones)"),
        "mfu_ppm": Whole(10_000, 1_000_000, "share of the peak arithmetic rate that was reached, ppm"),
        **_MEASURED,
        "embodied_mg": Whole(0, 10**12, "of one device and its share of the server, mg CO2e"),
        **_SITE,
    },
    Place: {
        "country": Code(2, "countries", "ISO 3166 two-letter code"),
        "state": Code(2, "states", "two-letter US state"),
        "provider": Code(20, "providers", "cloud provider"),
        "region": Code(60, "regions", "region as the provider spells it"),
    },
    Contract: {
        "energy_uwh": Whole(1, MOST_ENERGY_UWH, "contracted energy, uWh", required=True),
        "grid_mg_per_kwh": Whole(*GRID_MG_PER_KWH, "its intensity, mg CO2e per kWh", required=True),
        "evidence": Hash("hash of the contract's document", required=True),
    },
    FunctionalUnit: {
        "name": Text(40, "the unit, as image or million tokens", required=True),
        "count": Whole(1, 10**30, "how many of it", required=True),
    },
}
