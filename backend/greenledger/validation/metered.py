"""Energy that the source states: one figure, parts that are added, or a figure for each request or token."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from greenledger.validation.counts import ONE, count_of
from greenledger.validation.statement import Given, Statement
from greenledger.validation.vocabulary import COMPONENTS, WITH_PUE
from greenledger.validation.words import STAGES

_INCLUDING = frozenset({"incl", "including", "included", "include", "with", "after", "gross"})
_PARTS = COMPONENTS | STAGES


@dataclass(frozen=True, slots=True)
class Metered:
    """IT energy or that of the facility, uWh; `idle_uwh` of the facility beside it. `pue` where the source
    gives what the facility adds as a share. `unused` are paths of parts that the total holds already.
    """

    energy_uwh: Fraction
    facility: bool
    idle_uwh: Fraction = Fraction(0)
    pue: Fraction | None = None
    unused: tuple[str, ...] = ()


def _includes_pue(given: Given, stated: Statement) -> bool:
    words = given.quantity.words
    return stated.with_pue or bool(words & WITH_PUE and (words & _INCLUDING or "pue" not in words))


def _main(stated: Statement) -> tuple[list[Given], tuple[str, ...]]:
    """The total where there is one, else all parts. A total is called so, or nothing in particular."""
    energies = stated.energies
    totals = [given for given in energies if "total" in given.quantity.words]
    totals = totals or [given for given in energies if not given.quantity.words & _PARTS]
    if not totals or len(energies) == 1:
        return energies, ()
    with_pue = [given for given in totals if _includes_pue(given, stated)]
    chosen = (with_pue or totals)[:1]
    return chosen, tuple(given.path for given in energies if given not in chosen)


def metered_of(stated: Statement) -> Metered | None:
    """None if the source states no energy."""
    idle = stated.get("idle-energy") or Fraction(0)
    per_unit = stated.amounts.get("energy-per-unit")
    chosen, unused = _main(stated)
    if chosen:
        energy = sum((given.value for given in chosen), Fraction(0))
        facility = all(_includes_pue(given, stated) for given in chosen)
    elif per_unit is not None:
        energy = per_unit.value * (count_of(per_unit.quantity.per or "request", stated) or ONE)
        facility = _includes_pue(per_unit, stated)
    elif idle:
        return Metered(idle, facility=False)
    else:
        return None
    share = stated.get("idle-share")
    if share:  # the energy is of the facility, of which the IT uses the rest
        return Metered(
            energy * (1 - share), facility=False, idle_uwh=idle, pue=1 / (1 - share), unused=unused
        )
    return Metered(energy, facility, idle, unused=unused)
