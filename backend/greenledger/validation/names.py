"""Reads an input's name: its unit, what it is per, and the words that remain.

`gpu_energy_mwh_incl_pue` is energy in MWh with the words device, incl, pue; `ci_g_per_kwh_market` is an
intensity with the words ci, market. So a source may call its inputs as it likes, within the words
that are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from greenledger.validation.words import COUNTED_IN_TRILLIONS, FILLER, MULTIPLIERS, NOUNS, TRILLION, UNITS

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PIECES = re.compile(r"[a-z0-9.]+")
_GLUED_MASS = re.compile(r"(mg|g|kg|t|kt|mt|lb|lbs)co2(?:e|eq)?")
_CO2 = re.compile(r"co2(?:e|eq)?")
_HARDWARE = re.compile(
    r"(?:[avhbk]\d{2,4}|p(?:4|40|100)|t4|l(?:4|20|40)|g[bh]\d{3}|mi\d{2,3}|rtx\d{0,4}|tpuv?\d|v[2-7]|gaudi\d?)[a-z]{0,2}"
)
_SIDE_OF_TOKENS = {
    **dict.fromkeys(("prompt", "prompts", "query"), "input"),
    **dict.fromkeys(("response", "completion", "answer", "generation"), "output"),
}
_MEMORY = re.compile(r"\d{1,3}gb?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a name says. `scale` leads to the base unit of the dimension (see `words`), `per` is the noun that
    it is per (`per_count` of them, as in per_1000_inferences), `hardware` a card that the name mentions.
    """

    dimension: str
    scale: Fraction
    words: frozenset[str]
    per: str | None = None
    per_count: Fraction = Fraction(1)
    hardware: str | None = None


def pieces(name: str) -> list[str]:
    """A name in lower-case pieces; what says CO2 is left out."""
    spelled = name if "_" in name or "-" in name or " " in name else _CAMEL.sub("_", name)
    found: list[str] = []
    for piece in _PIECES.findall(spelled.lower().replace("m³", "m3")):
        glued = _GLUED_MASS.fullmatch(piece)
        found.append(glued[1] if glued else piece)
    # Mass is of CO2 equivalent everywhere, so saying so adds nothing.
    return [piece for piece in found if not _CO2.fullmatch(piece)]


def _split_per(tokens: list[str]) -> tuple[list[str], list[str], Fraction]:
    """What stands before `per`, what the quantity is per (at most one word), and how many of it."""
    if "per" not in tokens:
        return tokens, [], Fraction(1)
    at = tokens.index("per")
    head, tail, count = tokens[:at], tokens[at + 1 :], Fraction(1)
    while tail and (_NUMBER.fullmatch(tail[0]) or (tail[0] in MULTIPLIERS and len(tail) > 1)):
        number = tail.pop(0)
        count *= MULTIPLIERS[number] if number in MULTIPLIERS else Fraction(number)
    described = tail[0] if tail and tail[0] in {"output", "input", "generated"} else None
    if described and len(tail) > 1:
        head, tail = [*head, described], tail[1:]
    tail = ["years" if word == "year" else word for word in tail]
    # What comes after the noun belongs to the head again: energy_per_request_wh.
    return [*head, *tail[1:]], tail[:1], count


def _unit_places(tokens: list[str]) -> list[int]:
    return [index for index, token in enumerate(tokens) if token in UNITS]


def _energy_below(head: list[str]) -> str | None:
    """The unit of energy that directly follows one of mass or water."""
    for one, other in pairwise(head):
        if (
            one in UNITS
            and other in UNITS
            and UNITS[one][0] in {"mass", "water"}
            and UNITS[other][0] == "energy"
        ):
            return other
    return None


def _one_unit(head: list[str], under: str | None) -> tuple[str, Fraction, list[str], str | None]:
    """Dimension, scale and the rest of the words. Two units in a row are a quotient: ci_g_kwh."""
    if under in UNITS and UNITS[under][0] == "time":
        rate = _rate(head, UNITS[under][1])
        if rate is not None:
            return (*rate, None)
    if under not in UNITS and (quotient := _energy_below(head)) is not None:
        return _one_unit([token for token in head if token != quotient], quotient)
    nouns = {NOUNS.get(token) for token in head}
    places = [
        index for index in _unit_places(head) if head[index] != TRILLION or not nouns & COUNTED_IN_TRILLIONS
    ]
    if not places:
        return "number", Fraction(1), head, under
    at = places[-1]
    dimension, scale = UNITS[head[at]]
    rest = [token for index, token in enumerate(head) if index != at]
    if under in UNITS and UNITS[under][0] == "energy" and dimension in {"mass", "water"}:
        return f"{dimension}-per-energy", scale / UNITS[under][1], rest, None
    if dimension == "time" and "flop" in {UNITS.get(token, ("",))[0] for token in rest}:
        return _flop_days(rest, scale)
    return dimension, scale, rest, under


def _flop_days(rest: list[str], seconds: Fraction) -> tuple[str, Fraction, list[str], str | None]:
    """A rate kept up for a time: petaflop_s_days."""
    at = next(index for index, token in enumerate(rest) if UNITS.get(token, ("",))[0] == "flop")
    words = [token for index, token in enumerate(rest) if index != at and token not in {"s", "sec"}]
    return "flop", UNITS[rest[at]][1] * seconds, words, None


def _rate(head: list[str], seconds: Fraction) -> tuple[str, Fraction, list[str]] | None:
    """Something for each second: tokens per s, FLOP per s; None if it is a time itself."""
    places = _unit_places(head)
    if not places:
        return "rate", 1 / seconds, head
    dimension, scale = UNITS[head[places[-1]]]
    if dimension == "energy":  # 1 uWh is 3.6 mJ
        rest = [token for index, token in enumerate(head) if index != places[-1]]
        return "power", scale * Fraction(36, 10_000) / seconds, rest
    if dimension != "flop":
        return None
    rest = [token for index, token in enumerate(head) if index != places[-1]]
    return "flop", scale / seconds, [*rest, "peak"]


def read_name(name: str) -> Quantity:
    """The quantity that an input's name speaks of. Unknown words stay in `words`."""
    head, tail, count = _split_per(pieces(name))
    dimension, scale, rest, under = _one_unit(list(head), tail[0] if tail else None)
    words: set[str] = set()
    hardware = None
    nouns = {NOUNS.get(token) for token in rest}
    for token in rest:
        noun = NOUNS.get(token, token)
        if "token" in nouns:
            noun = _SIDE_OF_TOKENS.get(token, noun)
        if token in MULTIPLIERS and (len(rest) > 1 or dimension != "number"):
            scale *= MULTIPLIERS[token]
        elif token == TRILLION and nouns & COUNTED_IN_TRILLIONS:
            scale *= 10**12
        elif token not in NOUNS and _HARDWARE.fullmatch(token):
            hardware = token
        elif not _MEMORY.fullmatch(token) and token not in FILLER:
            words.add(noun)
    per = None if under is None else NOUNS.get(under, under)
    return Quantity(dimension, scale, frozenset(words), per, count, hardware)
