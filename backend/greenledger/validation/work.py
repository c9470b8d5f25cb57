"""The work's own part of a workload: from energy, stated carbon, device time, tokens or a number of requests.

The boundary is the source's: a power that it multiplies with device time is all the power that it counts, so
it is stated with scope `system`, and no host is added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import half_up
from greenledger.validation.counts import ONE, count_of, output_tokens_of, requests_of
from greenledger.validation.device_time import STAND_IN, Missing, hardware_of, usage_of
from greenledger.validation.making import Making, has_making, making_of, no_making
from greenledger.validation.metered import Metered, metered_of
from greenledger.validation.models import model_of, params_of, task_of
from greenledger.validation.printed import Printed
from greenledger.validation.runs import PublishedRun
from greenledger.validation.statement import Statement
from greenledger.validation.task_units import units_of

Form = dict[str, Any]
PPM = 10**6
_MANY = Fraction(
    10**6
)  # a small piece of work is estimated so many times over: integers are fine enough then
_SMALL_UWH = 10**10
_SMALL_S = 10**5
_NO_TOKENS = frozenset({"training", "fine-tuning", "embodied", "sci"})
_KG_PER_KWH = "1000000"  # mg/kWh: carbon that is stated passes the model as energy at 1 kg per kWh


@dataclass(slots=True)
class Work:
    """`form` are members of a workload. All of it is `copies` times the stated work.

    `facility`: no PUE applies. `pue`: what the statement itself implies. `site`: members instead of those of
    the source's site. `modelled`: the energy is the model's; `hosted`: it is of tokens, with hosts.
    """

    form: Form
    copies: Fraction = ONE
    facility: bool = False
    pue: Fraction | None = None
    modelled: bool = False
    hosted: bool = False
    site: Form | None = None
    notes: list[str] = field(default_factory=list)


def whole(value: Fraction) -> str:
    """Rounded half up, as a decimal string."""
    return str(half_up(value.numerator, value.denominator))


def work_of(
    run: PublishedRun, stated: Statement, printed: Printed, factors: FactorSet, *, embodied: bool
) -> Work:
    """Energy that is stated wins over stated carbon, device time, tokens. In a `band` run tokens come first:
    it asks whether what was measured lies within what the model says. Raises Missing.
    """
    if embodied:
        return _making_alone(stated, factors)
    timed = _has_time(stated)
    metered = metered_of(stated)
    served = None if timed or run.kind in _NO_TOKENS else _served(stated, factors)
    if served is not None and (metered is None or run.use == "band"):
        return served
    if printed.per == "wh" and stated.has("carbon"):
        return _stated_carbon(stated, factors)  # an intensity: the carbon over the energy beside it
    if metered is not None:
        return _metered(run, stated, metered, factors)
    if printed.measure == "water" and stated.has("water", "water-per-unit"):
        return _stated_water(stated)
    if printed.measure == "carbon" and stated.has("carbon", "carbon-per-unit", "embodied"):
        return _stated_carbon(stated, factors)
    if printed.measure == "energy" and stated.has("carbon") and (grid := stated.get("intensity")):
        energy = stated.amounts["carbon"].value / grid
        return _metered(run, stated, Metered(energy, facility=True), factors)
    if run.kind not in _NO_TOKENS and not timed:
        return _published_average(run, stated, printed, factors)
    return _timed(run, stated, factors)


def _has_time(stated: Statement) -> bool:
    power = stated.has("power-per-device", "power-per-server", "power-whole", "component-power")
    time = stated.has(
        "wall-time", "device-time", "server-time", "time-per-unit", "token-rate", "unit-rate", "mfu"
    )
    return bool(stated.parts) or (power and time) or stated.has("device-time")


def _scaled(amount: Fraction, small: int) -> Fraction:
    return _MANY if amount < small else ONE


def _metered(run: PublishedRun, stated: Statement, metered: Metered, factors: FactorSet) -> Work:
    copies = _scaled(metered.energy_uwh, _SMALL_UWH)
    facility, energy = metered.facility, metered.energy_uwh
    pue = stated.get("pue")
    if pue is None and metered.pue is None and run.use != "default":
        facility = True  # the boundary of the source ends where its meter does
    form: Form = {
        "measured_uwh": whole(energy * copies),
        "measurement_scope": "facility" if facility else "node",
    }
    if run.kind == "sci" or has_making(stated):
        making = making_of(stated, _known_seconds(stated, factors)) if has_making(stated) else no_making()
        form = _made(form, making, stated, factors, copies)
    if metered.idle_uwh:
        form["idle_uwh"] = whole(metered.idle_uwh * copies)
    notes = [f"{path}: inside the total" for path in metered.unused]
    return Work(form, copies, facility, metered.pue, notes=notes)


def _known_seconds(stated: Statement, factors: FactorSet) -> Fraction | None:
    """Device time if the source tells it; of one device if nothing says how many."""
    if (time := stated.get("device-time")) is not None:
        return time
    wall = stated.get("wall-time")
    count = stated.get("devices") or hardware_of(stated, factors).count or ONE
    return None if wall is None else wall * count


def _made(meter: Form, making: Making, stated: Statement, factors: FactorSet, copies: Fraction) -> Form:
    """One phase with its meter and the hardware whose making counts."""
    phase = meter | {
        "hardware": hardware_of(stated, factors).name or STAND_IN,
        "device_seconds": whole(making.seconds * copies),
    }
    if making.made_mg is not None:
        phase["embodied_mg"] = whole(making.made_mg)
    return {"phases": [phase]} | _life(making)


def _life(making: Making) -> Form:
    form: Form = {} if making.life_s is None else {"hardware_life_s": whole(making.life_s)}
    return form if making.share is None else form | {"embodied_share_ppm": whole(making.share * PPM)}


def _making_alone(stated: Statement, factors: FactorSet) -> Work:
    nothing: Form = {"measured_uwh": "0", "measurement_scope": "facility"}
    if not has_making(stated) and (amount := stated.amounts.get("carbon")) is not None:
        stated.amounts["embodied"] = amount  # all that such a run is about
    if not has_making(stated) and not stated.has("device-time", "wall-time"):
        raise Missing("inputs (nothing that was made, and no device time)")
    making = making_of(stated, _known_seconds(stated, factors))
    return Work(_made(nothing, making, stated, factors, ONE), facility=True)


def _stated_carbon(stated: Statement, factors: FactorSet) -> Work:
    amount = stated.get("carbon")
    if amount is None and (each := stated.amounts.get("carbon-per-unit")) is not None:
        amount = each.value * (count_of(each.quantity.per or "request", stated) or ONE)
    amount = amount or Fraction(0)
    copies = _scaled(amount + (stated.get("embodied") or Fraction(0)), _SMALL_UWH)
    meter: Form = {"measured_uwh": whole(amount * copies), "measurement_scope": "facility"}
    making = making_of(stated, None) if has_making(stated) else no_making()
    form = _made(meter, making, stated, factors, copies)
    return Work(form, copies, facility=True, site={"grid_mg_per_kwh": _KG_PER_KWH})


def _stated_water(stated: Statement) -> Work:
    """Water that is stated passes the model as energy at 1 litre per kWh."""
    amount = stated.get("water")
    if amount is None:
        each = stated.amounts["water-per-unit"]
        amount = each.value * (count_of(each.quantity.per or "request", stated) or ONE)
    copies = _scaled(amount * 1000, _SMALL_UWH)
    form = {"measured_uwh": whole(amount * 1000 * copies), "measurement_scope": "facility"}
    return Work(form, copies, facility=True, site={"wue_ul_per_kwh": "1000000"})


def _timed(run: PublishedRun, stated: Statement, factors: FactorSet) -> Work:
    """Phases of device time; without parts the work is one phase."""
    if run.kind != "inference" and not stated.parts and (form := _training_arithmetic(run, stated, factors)):
        return Work(form)
    for part in stated.parts:
        part.amounts = stated.amounts | part.amounts
        part.texts = stated.texts | part.texts
    training, rated = run.kind != "inference", run.use != "default"
    sources = stated.parts or [stated]
    usages = [usage_of(part, factors, training=training, rated=rated) for part in sources]
    copies = _scaled(sum((usage.seconds for usage in usages), Fraction(0)), _SMALL_S)
    phases: list[Form] = []
    making: Making | None = None
    for part, usage in zip(sources, usages, strict=True):
        phase: Form = {"hardware": usage.hardware, "device_seconds": whole(usage.seconds * copies)}
        if usage.power_w is not None:
            phase |= {"power_mw": whole(usage.power_w * 1000), "power_scope": "system"}
        if usage.use is not None:
            phase["utilisation_ppm"] = whole(usage.use * PPM)
        if has_making(part):
            making = making_of(part, usage.seconds)
            phase |= {} if making.made_mg is None else {"embodied_mg": whole(making.made_mg)}
        phases.append(phase)
    life = {} if making is None else _life(making)
    return Work({"phases": phases} | life, copies, modelled=any(usage.power_w is None for usage in usages))


def _training_arithmetic(run: PublishedRun, stated: Statement, factors: FactorSet) -> Form | None:
    """The model's own arithmetic of a training, where the source states tokens and parameters only."""
    hardware = hardware_of(stated, factors).name
    params, tokens = stated.get("params"), stated.get("tokens")
    if hardware is None or params is None or tokens is None or not factors.has("training/mfu"):
        return None
    if stated.has("device-time", "server-time", "wall-time", "peak", "flop", "flop-per-token"):
        return None
    phase: Form = {"hardware": hardware, "tokens": whole(tokens), "params": whole(params)}
    if (mfu := stated.get("mfu")) is not None:
        phase["mfu_ppm"] = whole(mfu * PPM)
    power = stated.get("power-per-device")
    if power is None and run.use != "default" and factors.has(f"hardware/{hardware}/rated-power"):
        power = Fraction(factors.row(f"hardware/{hardware}/rated-power").value.central, 1000)
    if power is not None:
        phase |= {"power_mw": whole(power * 1000), "power_scope": "system"}
    if (use := stated.get("use")) is not None:
        phase["utilisation_ppm"] = whole(use * PPM)
    return {"phases": [phase]}


def _served(stated: Statement, factors: FactorSet) -> Work | None:
    """Tokens of a model; None if the source names no model, or none that is known."""
    name = stated.text("model")
    model = None if name is None else model_of(name, factors)
    params = stated.get("params") or (None if name is None else params_of(name))
    if model is None and params is None:
        return None
    form: Form = {"model": model} if model else {"active_params": whole(params or ONE)}
    if model is None and (total := stated.get("total-params")) is not None:
        form["total_params"] = whole(total)
    requests = requests_of(stated)
    output, read = output_tokens_of(stated), stated.get("input-tokens")
    each = ONE if output is None and read is None else (output or Fraction(0)) / requests
    copies = _scaled(requests * (each + (read or ONE)), _SMALL_S)
    form |= {"requests": whole(requests * copies), "output_tokens": whole(each)}
    for role, member in (("input-tokens", "input_tokens"), ("cached-tokens", "cached_tokens")):
        if (tokens := stated.get(role)) is not None:
            form[member] = whole(tokens)
    if (thought := stated.get("reasoning-tokens")) is not None:
        # Reasoning is a part of the output; a source that states more of it than output states it beside it.
        form["output_tokens"] = whole(each + thought if thought > each else each)
        form["reasoning_tokens"] = whole(thought)
    if (batch := stated.get("batch")) is not None:
        form["batch"] = whole(batch)
    notes = [] if name is None or model else [f"{name}: not in the catalogue, taken by its parameters"]
    return Work(form, copies, modelled=True, hosted=True, notes=notes)


def _published_average(run: PublishedRun, stated: Statement, printed: Printed, factors: FactorSet) -> Work:
    """A task of the catalogue, named by the source or by the run's id; else a request like any other."""
    named = stated.text("task")
    task = task_of(named or run.id, factors)
    if task is not None:
        units, notes = units_of(task, stated, factors)
        copies = _scaled(units, _SMALL_S)
        return Work({"task": task, "units": whole(units * copies)}, copies, modelled=True, notes=notes)
    if named is not None:
        raise Missing(f"inputs.task {named!r} (no such row in {factors.set_id})")
    if printed.per != "request" and not stated.has("requests", "images", "videos"):
        raise Missing("inputs (no energy, no device time, no model and nothing counted)")
    if stated.has("images", "videos", "media-time"):
        raise Missing(f"inputs (images, videos or audio of no task in {factors.set_id})")
    requests = requests_of(stated)
    copies = _scaled(requests, _SMALL_S)
    return Work({"requests": whole(requests * copies)}, copies, facility=True, modelled=True)
