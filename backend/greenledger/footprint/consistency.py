"""Rules between the fields of a workload: what goes together, what excludes what, and sums in range.

Every function adds its findings to the reader; values that could not be read are None in `values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenledger.footprint.energy import device_seconds_of
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import Reader
from greenledger.footprint.rules import LONGEST_S, MOST_DEVICES, MOST_TOKENS
from greenledger.footprint.workload import Phase

Values = Mapping[str, Any]

TOKEN_FIELDS = (
    *("model", "active_params", "total_params", "input_tokens", "output_tokens"),
    *("cached_tokens", "reasoning_tokens", "batch"),
)
TASK_FIELDS = ("task", "units")
SITE_FIELDS = ("place", "pue_ppm", "wue_ul_per_kwh", "grid_mg_per_kwh")
POWER_FIELDS = ("power_mw", "power_scope", "utilisation_ppm", "tokens", "params", "mfu_ppm")


def check_workload(reader: Reader, values: Values, factors: FactorSet, over_at: int | None) -> None:
    """All rules between the fields; with `over_at` (Unix seconds) the work has to be over by then."""
    _check_measured(reader)
    kind = values.get("kind")
    if kind == "inference":
        _check_inference(reader)
    elif kind is not None:
        _check_training(reader)
    for index in range(_length(reader.value.get("phases"))):
        phase = reader.value["phases"][index]  # type: ignore[index]
        if isinstance(phase, Mapping):
            _check_phase(Reader(phase, f"{reader.at('phases')}[{index}]", reader.errors), factors)
    _check_phases_and_meter(reader)
    if values.get("start") is not None and values.get("end") is not None:
        _check_time(reader, values, factors)
        if over_at is not None and values["end"] > over_at:
            problem = f"{values['end']} is in the future, {values['end'] - over_at} s too far ahead"
            reader.fail("end", problem, f"at most {over_at}: state the work once it is over")
    _check_tokens(reader, values)


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0


def _refuse(reader: Reader, names: tuple[str, ...], problem: str, expected: str) -> None:
    for name in names:
        if reader.has(name):
            reader.fail(name, problem, expected)


def _together(reader: Reader, one: str, other: str) -> None:
    """`one` means nothing without `other`."""
    if reader.has(one) and not reader.has(other):
        reader.fail(one, f"given without {other}", f"{other} as well, or neither")


def _check_measured(reader: Reader) -> None:
    """Measured energy needs its scope, and no PUE where the meter already includes it."""
    if reader.has("measured_uwh") and not reader.has("measurement_scope"):
        reader.fail("measurement_scope", "missing", "one of device, node, facility")
    _together(reader, "measurement_scope", "measured_uwh")
    if reader.value.get("measurement_scope") == "facility" and reader.has("pue_ppm"):
        reader.fail("pue_ppm", "given for energy of the facility", "no PUE: the meter already includes it")


def _check_training(reader: Reader) -> None:
    unless = "no such field unless kind is inference"
    _refuse(reader, (*TOKEN_FIELDS, *TASK_FIELDS, "requests"), "given for training", unless)
    if not reader.has("phases") and not reader.has("measured_uwh"):
        reader.fail("phases", "missing", "phases (hardware and device time), measured_uwh, or both")


def _check_inference(reader: Reader) -> None:
    tokens = tuple(name for name in TOKEN_FIELDS if reader.has(name))
    task = tuple(name for name in TASK_FIELDS if reader.has(name))
    if reader.has("phases"):
        either = "either tokens or device time, not both"
        _refuse(reader, (*tokens, *task), "given together with phases", either)
    elif task:
        _refuse(reader, tokens, "given together with task", "either tokens of a model or units of a task")
        for name in TASK_FIELDS:
            if not reader.has(name):
                reader.fail(name, "missing", "task (of the catalogue) and units")
    elif tokens:
        _check_model(reader)
    else:
        _check_without_tokens(reader)


def _check_model(reader: Reader) -> None:
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
        expected = "model and tokens, task and units, phases, measured_uwh, or at least requests"
        reader.fail("model", "missing", expected)
    elif reader.has("pue_ppm"):
        # Published averages per request are of the facility; a PUE would be applied twice.
        reader.fail("pue_ppm", "given with nothing but requests", "no PUE, or model and tokens")


def _check_phase(phase: Reader, factors: FactorSet) -> None:
    _check_measured(phase)
    if phase.has("measured_uwh"):
        metered = "either the metered energy or what it could be modelled from"
        _refuse(phase, POWER_FIELDS, "given together with measured_uwh", metered)
        _together(phase, "hardware", "device_seconds")
        _together(phase, "device_seconds", "hardware")
    else:
        _check_device_time(phase)
        _check_power(phase, factors)
    _together(phase, "embodied_mg", "hardware")


def _check_device_time(phase: Reader) -> None:
    if not phase.has("hardware"):
        phase.fail("hardware", "missing", "a name of the catalogue's section hardware")
    if phase.has("tokens") or phase.has("params"):
        if phase.has("device_seconds"):
            expected = "either device_seconds, or tokens and params to compute it from"
            phase.fail("device_seconds", "given together with tokens", expected)
        _together(phase, "tokens", "params")
        _together(phase, "params", "tokens")
    elif not phase.has("device_seconds"):
        expected = "the number of devices times seconds, or tokens and params"
        phase.fail("device_seconds", "missing", expected)
    _together(phase, "mfu_ppm", "tokens")


def _check_power(phase: Reader, factors: FactorSet) -> None:
    if phase.has("power_mw") and not phase.has("power_scope"):
        phase.fail("power_scope", "missing", "one of system, device: whether the host is in power_mw")
    _together(phase, "power_scope", "power_mw")
    hardware = str(phase.value.get("hardware")).lower()
    has_rating = not factors.has(f"hardware/{hardware}/system-power")
    if phase.has("utilisation_ppm") and not phase.has("power_mw") and not has_rating:
        phase.fail(
            "utilisation_ppm",
            f"{hardware} is listed with a measured system power, not a rated power to take a share of",
            "power_mw and power_scope, or neither",
        )
    if phase.has("tokens") and not factors.has(f"hardware/{hardware}/peak-flops"):
        expected = "device_seconds, or hardware whose peak arithmetic rate is known"
        phase.fail("tokens", f"no peak rate is known for {hardware[:60]}", expected)


def _check_phases_and_meter(reader: Reader) -> None:
    """One meter for the whole work cannot be split between phases at other sites or with their own meters."""
    if not reader.has("measured_uwh"):
        return
    phases = reader.value.get("phases")
    for index, phase in enumerate(phases if isinstance(phases, list) else []):
        for name in (*SITE_FIELDS, "measured_uwh"):
            if isinstance(phase, Mapping) and name in phase:
                expected = "a meter for each phase, or no sites and meters in phases"
                reader.fail(
                    f"phases[{index}].{name}", "given together with measured_uwh of the workload", expected
                )


def _least_seconds(phase: Phase, factors: FactorSet) -> int:
    """Device time of a phase, by its arithmetic the low bound; 0 where hardware without a peak is refused."""
    if phase.tokens is not None and not factors.has(f"hardware/{phase.hardware}/peak-flops"):
        return 0
    return device_seconds_of(phase, factors)[0].low


def _check_time(reader: Reader, values: Values, factors: FactorSet) -> None:
    start, end = values["start"], values["end"]
    phases: tuple[Phase, ...] = values.get("phases") or ()
    if not start < end <= start + LONGEST_S:
        reader.fail("end", f"{end - start} s after start", f"1 to {LONGEST_S} s after start (ten years)")
    elif sum(_least_seconds(phase, factors) for phase in phases) > MOST_DEVICES * (end - start):
        expected = "at most a million devices between start and end"
        if any(phase.tokens is not None for phase in phases):
            expected += ", the device time of tokens and params included"
        reader.fail("phases", "more device time than start and end allow", expected)


def _check_tokens(reader: Reader, values: Values) -> None:
    """Rules between numbers that were each in range."""

    def number(name: str) -> int:
        return values.get(name) or 0

    if reader.has("total_params") and number("total_params") < number("active_params"):
        reader.fail("total_params", "fewer than active_params", "at least active_params")
    for part, whole in (("cached_tokens", "input_tokens"), ("reasoning_tokens", "output_tokens")):
        if number(part) > number(whole):
            reader.fail(part, f"more than {whole}", f"at most {whole}, of which they are a part")
    if (number("requests") or 1) * (number("input_tokens") + number("output_tokens")) > MOST_TOKENS:
        expected = f"at most {MOST_TOKENS} tokens in all"
        reader.fail("requests", "requests times tokens is out of range", expected)
