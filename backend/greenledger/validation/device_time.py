"""Energy from device time: how long, how many, at which power, as the source counts it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from greenledger.footprint.factors import FactorSet
from greenledger.validation.accelerators import accelerator_of
from greenledger.validation.counts import ONE, count_of, output_tokens_of
from greenledger.validation.statement import Statement

STAND_IN = "h100-sxm-80gb"  # the model's own reference; counts for nothing where the power is stated
_LEAST_W = 30  # a total that leaves each device less than this is a figure for each
_MOST_W = 20_000  # what the model takes as the power of one device
_MOST_CARD_W = 2_000  # no accelerator draws more, so a power above it is of all of them together
_INFERENCE_FLOP, _TRAINING_FLOP = 2, 6  # per parameter and token: forward alone; forward and backward


@dataclass(frozen=True, slots=True)
class Missing(Exception):
    """The statement does not hold what the figure needs. `what` completes `not understood: `."""

    what: str


@dataclass(frozen=True, slots=True)
class Hardware:
    """The accelerator of the catalogue, how many its text says, and what the text was."""

    name: str | None
    count: Fraction | None
    text: str | None


def hardware_of(stated: Statement, factors: FactorSet) -> Hardware:
    """The first text that names an accelerator of the catalogue."""
    count = None
    texts = stated.texts.get("hardware", {})
    for text in texts.values():
        found = accelerator_of(text, factors)
        count = count or (None if found.number is None else Fraction(found.number))
        if found.hardware is not None:
            return Hardware(found.hardware, count, text)
    return Hardware(None, count, next(iter(texts.values()), None))


@dataclass(frozen=True, slots=True)
class Usage:
    """Device time of a phase, and its mean power in W as the source counts it (None: ours)."""

    hardware: str
    seconds: Fraction
    power_w: Fraction | None
    use: Fraction | None


def usage_of(stated: Statement, factors: FactorSet, *, training: bool, rated: bool) -> Usage:
    """Raises Missing. `rated`: without a stated power the source counts the rated power of the card."""
    hardware = hardware_of(stated, factors)
    devices = stated.get("devices") or hardware.count
    seconds, each = _seconds(stated, factors, hardware, devices, training)
    power, seconds = _power(stated, devices, seconds, each)
    if power is None and hardware.name is None:
        named = (
            "no power" if hardware.text is None else f"no power, and no accelerator {hardware.text!r} known"
        )
        raise Missing(f"inputs ({named})")
    if power is None and rated and factors.has(f"hardware/{hardware.name}/rated-power"):
        power = Fraction(factors.row(f"hardware/{hardware.name}/rated-power").value.central, 1000)
    if power is not None and power > _MOST_W:
        seconds, power = seconds * power / 1000, Fraction(1000)  # as many devices of 1 kW
    return Usage(hardware.name or STAND_IN, seconds, power, stated.get("use"))


def _seconds(
    stated: Statement, factors: FactorSet, hardware: Hardware, devices: Fraction | None, training: bool
) -> tuple[Fraction, str]:
    """Time, and whether it is of each device, of each server or of the whole on the wall."""
    per_server = stated.get("devices-per-server")
    if (time := stated.get("device-time")) is not None:
        return time, "device"
    if (time := stated.get("server-time")) is not None:
        by_server = stated.has("power-per-server") or per_server is None
        return (time, "server") if by_server else (time * (per_server or ONE), "device")
    wall = stated.get("wall-time")
    if wall is None and (unit := stated.amounts.get("time-per-unit")) is not None:
        wall = unit.value * (count_of(unit.quantity.per or "request", stated) or ONE)
    if wall is None and (rate := stated.get("token-rate")) is not None:
        wall = (output_tokens_of(stated) or ONE) / rate
    if wall is None and (rate := stated.get("unit-rate")) is not None:
        wall = (count_of("request", stated) or ONE) / rate
    if wall is not None:
        return wall, "wall"
    flop = _flop(stated, training)
    if flop is not None and (achieved := stated.get("achieved")):
        return flop / achieved, "device"
    mfu = stated.get("mfu")
    peak = stated.get("peak")
    if peak is None and factors.has(key := f"hardware/{hardware.name}/peak-flops"):
        peak = Fraction(factors.row(key).value.central * 10**9)
    if flop is None or mfu is None or not peak:
        raise Missing("inputs (no energy, no device time, and no arithmetic to compute it from)")
    return flop / (peak * mfu), "device"


def _flop(stated: Statement, training: bool) -> Fraction | None:
    tokens = stated.get("tokens") if training else output_tokens_of(stated)
    if (flop := stated.get("flop")) is not None:
        return flop
    if (per_token := stated.get("flop-per-token")) is not None:
        return per_token * (tokens or output_tokens_of(stated) or ONE)
    params = stated.get("params")
    if params is None or tokens is None:
        return None
    return params * tokens * (_TRAINING_FLOP if training else _INFERENCE_FLOP)


def _power(
    stated: Statement, devices: Fraction | None, seconds: Fraction, each: str
) -> tuple[Fraction | None, Fraction]:
    """Power of one device and the time of all of them."""
    servers = stated.get("servers")
    per_server = stated.get("devices-per-server")
    if devices is None and servers is not None and per_server is not None:
        devices = servers * per_server
    own, server, whole = (stated.get(f"power-{of}") for of in ("per-device", "per-server", "whole"))
    rest = stated.get("component-power") or Fraction(0)
    if each != "wall":
        power = server if each == "server" and server is not None else own
        power = whole if power is None else power
        if each == "device" and power is None and server is not None and per_server:
            power = server / per_server
        return (rest or None if power is None else power + rest), seconds
    if whole is not None and devices and whole / devices < _LEAST_W:
        own, whole = whole, None
    named = stated.amounts.get("power-per-device")
    plain = named is not None and named.quantity.per is None
    if own is not None and (devices is None or (plain and own > _MOST_CARD_W)):
        own, whole = None, own if whole is None else whole
    if whole is not None:
        return whole + rest, seconds
    if server is not None:
        return server + rest, seconds * (servers or (devices / per_server if devices and per_server else ONE))
    if own is None and rest:
        return rest, seconds
    count = devices or servers or ONE
    return (None if own is None else own + rest / count), seconds * count
