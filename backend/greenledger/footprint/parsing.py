"""The rules of a workload: which fields go together, and how large each may sensibly be.

The maxima are far above any published run; they stop unit slips (W for mW, tonnes for mg) and keep every
result within the 72 bits that carbon amounts have on chain.
"""

from __future__ import annotations

import re

from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.fields import FieldError, InvalidWorkload, Reader, nearest, shown
from greenledger.footprint.places import read_place
from greenledger.footprint.workload import Contract, Kind, Phase, Workload

EARLIEST = 1_262_304_000  # 2010-01-01
LATEST = 4_102_444_800  # 2100-01-01
LONGEST_S = 10 * 366 * 86_400
MOST_DEVICES = 1_000_000
MOST_DEVICE_SECONDS = 32_000_000_000_000  # a million devices for a year
MOST_POWER_MW = 20_000_000  # 20 kW: a whole 8-GPU node draws 14.3 kW at most (DGX B200 datasheet)
MOST_ENERGY_UWH = 10**20  # 100 TWh
MOST_PARAMS = 10**14
MOST_TOKENS = 10**15
MOST_REQUESTS = 10**13
MOST_BATCH = 4096
MOST_PHASES = 64
MOST_CONTRACTS = 64
PUE_PPM = (1_000_000, 3_000_000)
WUE_UL_PER_KWH = (0, 20_000_000)
GRID_MG_PER_KWH = (0, 2_000_000)  # oil shale and lignite stay below 1.5 kg

_HASH = re.compile(r"0x[0-9a-f]{64}", re.ASCII)
_TOKEN_FIELDS = (
    "model",
    "active_params",
    "total_params",
    "input_tokens",
    "output_tokens",
    "cached_tokens",
    "batch",
)


def _phase(reader: Reader, factors: FactorSet) -> Phase | None:
    reader.only(tuple(Phase.__dataclass_fields__))
    hardware = reader.code("hardware", 60, required=True)
    if hardware is not None:
        hardware = hardware.lower()
        if not factors.has(f"hardware/{hardware}/embodied"):
            known = factors.names("hardware/", "/embodied")
            reader.fail("hardware", f"{hardware!r} is not known", nearest(hardware, known))
            hardware = None
    device_seconds = reader.whole("device_seconds", 1, MOST_DEVICE_SECONDS, required=True)
    power_mw = reader.whole("power_mw", 1, MOST_POWER_MW)
    scope = reader.choice("power_scope", ("system", "device"), required=reader.has("power_mw"))
    if reader.has("power_scope") and not reader.has("power_mw"):
        reader.fail("power_scope", "given without power_mw", "power_mw as well, or neither")
    utilisation = reader.whole("utilisation_ppm", 1, 1_000_000)
    if hardware is None or device_seconds is None:
        return None
    if utilisation is not None and power_mw is None and factors.has(f"hardware/{hardware}/system-power"):
        reader.fail(
            "utilisation_ppm",
            f"{hardware} is listed with a measured system power, not a rated power to take a share of",
            "power_mw and power_scope, or neither",
        )
    return Phase(hardware, device_seconds, power_mw, scope, utilisation)


def _contract(reader: Reader) -> Contract | None:
    reader.only(tuple(Contract.__dataclass_fields__))
    energy = reader.whole("energy_uwh", 1, MOST_ENERGY_UWH, required=True)
    grid = reader.whole("grid_mg_per_kwh", *GRID_MG_PER_KWH, required=True)
    evidence = reader.text("evidence", 66, required=True)
    if evidence is not None and not _HASH.fullmatch(evidence.lower()):
        reader.fail("evidence", "not a hash", "0x and 64 hex digits: the hash of the contract's document")
        return None
    if energy is None or grid is None or evidence is None:
        return None
    return Contract(energy, grid, evidence.lower())


def _check_training(reader: Reader) -> None:
    for name in (*_TOKEN_FIELDS, "requests"):
        if reader.has(name):
            reader.fail(name, "given for training", "no such field unless kind is inference")
    if not reader.has("phases") and not reader.has("measured_uwh"):
        reader.fail("phases", "missing", "phases (hardware and device time), measured_uwh, or both")


def _check_inference(reader: Reader) -> None:
    tokens = [name for name in _TOKEN_FIELDS if reader.has(name)]
    if reader.has("phases"):
        for name in tokens:
            reader.fail(name, "given together with phases", "either tokens or device time, not both")
        return
    if not tokens:
        _check_without_tokens(reader)
        return
    if reader.has("model") == reader.has("active_params"):
        problem = "given together with active_params" if reader.has("model") else "missing"
        reader.fail("model", problem, "either model (an id of the catalogue) or active_params")
    if reader.has("total_params") and not reader.has("active_params"):
        reader.fail("total_params", "given without active_params", "active_params as well")
    if not reader.has("output_tokens") and not reader.has("input_tokens"):
        reader.fail("output_tokens", "missing", "output_tokens, input_tokens, or both")


def _check_without_tokens(reader: Reader) -> None:
    if reader.has("measured_uwh"):
        return
    if not reader.has("requests"):
        reader.fail("model", "missing", "model and tokens, phases, measured_uwh, or at least requests")
    elif reader.has("pue_ppm"):
        # Published averages per request are of the facility; a PUE would be applied twice.
        reader.fail("pue_ppm", "given with nothing but requests", "no PUE, or model and tokens")


def _check_energy(reader: Reader) -> None:
    """Measured energy needs its scope, and no PUE where the meter already includes it."""
    scope = reader.value.get("measurement_scope")
    if reader.has("measurement_scope") and not reader.has("measured_uwh"):
        reader.fail("measurement_scope", "given without measured_uwh", "measured_uwh as well, or neither")
    if scope == "facility" and reader.has("pue_ppm"):
        reader.fail("pue_ppm", "given for energy of the facility", "no PUE: the meter already includes it")


def _model(reader: Reader, factors: FactorSet) -> str | None:
    stated = reader.code("model", 80)
    if stated is None:
        return None
    model = stated.lower()
    if not factors.has(f"model/{model}/active-params"):
        known = factors.names("model/", "/active-params")
        reader.fail("model", f"{model!r} is not known", f"{nearest(model, known)} (or active_params)")
        return None
    return model


def _check_sums(reader: Reader, work: Workload) -> None:
    """Rules between numbers that were each in range."""
    if not work.start < work.end <= work.start + LONGEST_S:
        reader.fail(
            "end", f"{work.end - work.start} s after start", f"1 to {LONGEST_S} s after start (ten years)"
        )
    elif sum(phase.device_seconds for phase in work.phases) > MOST_DEVICES * (work.end - work.start):
        expected = "at most a million devices between start and end"
        reader.fail("phases", "more device time than start and end allow", expected)
    if work.total_params is not None and work.total_params < (work.active_params or 0):
        reader.fail("total_params", "fewer than active_params", "at least active_params")
    tokens_in = work.input_tokens or 0
    if (work.cached_tokens or 0) > tokens_in:
        reader.fail(
            "cached_tokens", "more than input_tokens", "at most input_tokens, of which they are a part"
        )
    if (work.requests or 1) * (tokens_in + (work.output_tokens or 0)) > MOST_TOKENS:
        reader.fail(
            "requests", "requests times tokens is out of range", f"at most {MOST_TOKENS} tokens in all"
        )


def _check_over(reader: Reader, end: int, now: int) -> None:
    if end > now:
        reader.fail("end", f"{end} is in the future", f"at most now, {now}: state the work once it is over")


def _workload(reader: Reader, factors: FactorSet, over_at: int | None) -> Workload | None:
    """The workload at `reader`, or None after errors; the errors are in the reader."""
    reader.only(tuple(Workload.__dataclass_fields__))
    kind = reader.choice("kind", tuple(str(known.value) for known in Kind), required=True)
    start = reader.whole("start", EARLIEST, LATEST, required=True)
    end = reader.whole("end", EARLIEST, LATEST, required=True)
    phases = [_phase(child, factors) for child in reader.children("phases", MOST_PHASES)]
    contracts = [_contract(child) for child in reader.children("contracts", MOST_CONTRACTS)]
    scopes = ("device", "node", "facility")
    # Placeholders stand for what could not be read; with any error the workload is dropped below.
    workload = Workload(
        kind=Kind(kind or Kind.TRAINING),
        start=start or 0,
        end=end or 1,
        name=reader.text("name", 100),
        place=read_place(reader, factors),
        phases=tuple(phase for phase in phases if phase is not None),
        measured_uwh=reader.whole("measured_uwh", 0, MOST_ENERGY_UWH),
        measurement_scope=reader.choice("measurement_scope", scopes, required=reader.has("measured_uwh")),
        idle_uwh=reader.whole("idle_uwh", 0, MOST_ENERGY_UWH),
        model=_model(reader, factors),
        active_params=reader.whole("active_params", 1_000_000, MOST_PARAMS),
        total_params=reader.whole("total_params", 1_000_000, MOST_PARAMS),
        requests=reader.whole("requests", 1, MOST_REQUESTS),
        input_tokens=reader.whole("input_tokens", 0, MOST_TOKENS),
        output_tokens=reader.whole("output_tokens", 0, MOST_TOKENS),
        cached_tokens=reader.whole("cached_tokens", 0, MOST_TOKENS),
        batch=reader.whole("batch", 1, MOST_BATCH),
        pue_ppm=reader.whole("pue_ppm", *PUE_PPM),
        wue_ul_per_kwh=reader.whole("wue_ul_per_kwh", *WUE_UL_PER_KWH),
        grid_mg_per_kwh=reader.whole("grid_mg_per_kwh", *GRID_MG_PER_KWH),
        contracts=tuple(contract for contract in contracts if contract is not None),
    )
    _check_energy(reader)
    if kind is not None:
        (_check_inference if kind == Kind.INFERENCE else _check_training)(reader)
    if start is not None and end is not None:
        _check_sums(reader, workload)
    if end is not None and over_at is not None:
        _check_over(reader, end, over_at)
    return None if reader.errors else workload


def parse_workload(obj: object, factors: FactorSet | None = None, *, over_at: int | None = None) -> Workload:
    """Reads an untrusted object. Hardware, places and models must be in `factors` (default: the newest set).

    With `over_at` (Unix seconds) the work has to be over by then; without it, planned work is read too.
    Raises InvalidWorkload with the first 20 problems found: field path, problem, what was expected.
    """
    if not isinstance(obj, dict):
        raise InvalidWorkload((FieldError("", f"{shown(obj)} is not an object", "a JSON object"),))
    reader = Reader(obj)
    workload = _workload(reader, factors or load_factor_set(), over_at)
    if reader.errors or workload is None:
        raise InvalidWorkload(tuple(reader.errors))
    return workload
