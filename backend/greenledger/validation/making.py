"""Embodied carbon as sources state it: for a card, a server or in all, with the life that shares it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from greenledger.validation.counts import ONE
from greenledger.validation.statement import Statement

_LIFE_S = 4 * 365 * 86_400  # where the whole amount counts any life does: it cancels
_MOST_MG = 10**12  # what a workload may state for one device


@dataclass(frozen=True, slots=True)
class Making:
    """What making one device emitted (mg), device time that counts, life and reserved share.

    `made_mg` None: the model's own figure of the hardware; `life_s` None: the model's own life.
    """

    made_mg: Fraction | None
    seconds: Fraction
    life_s: Fraction | None
    share: Fraction | None


def has_making(stated: Statement) -> bool:
    return stated.has("embodied", "embodied-per-device", "embodied-per-server")


def no_making() -> Making:
    """Nothing but operation: the source leaves what making the hardware emitted outside."""
    return Making(Fraction(0), Fraction(1), Fraction(_LIFE_S), None)


def making_of(stated: Statement, seconds: Fraction | None) -> Making:
    """`seconds`: device time; None if the source states none, then the whole amount counts."""
    life = stated.get("life")
    use = stated.get("life-use")
    if life is not None and use is not None:
        life *= use
    reserved, available = stated.get("reserved"), stated.get("available")
    share = stated.get("embodied-share")
    if reserved is not None and available:
        share = reserved / available
    whole = stated.get("embodied")
    made_ug = stated.get("embodied-per-device")
    if (server := stated.get("embodied-per-server")) is not None:  # the server beside its cards
        made_ug = (made_ug or Fraction(0)) + server / (stated.get("devices-per-server") or ONE)
    if seconds is not None and (life is not None or made_ug is not None or whole is None):
        made = whole if made_ug is None else made_ug
        return Making(None if made is None else made / 1000, seconds, life, share)
    devices = stated.get("devices") or ONE
    amount_mg = (whole if whole is not None else (made_ug or Fraction(0)) * devices) / 1000
    parts = max(1, -(-int(amount_mg) // _MOST_MG))
    whole_life = life or Fraction(_LIFE_S)
    return Making(amount_mg / parts, whole_life * parts, whole_life, share)
