"""The unit of a printed figure: tCO2e, Wh/prompt, kWh/1000 inferences, J/output token (GPU only)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from greenledger.validation.names import pieces
from greenledger.validation.words import GALLON_L, MULTIPLIERS, NOUNS, POUND_KG

# Here the case of a letter counts: mWh is a thousandth, MWh a million.
_SIZES: dict[str, tuple[str, Fraction]] = {
    **{f"{prefix}Wh": ("energy", size * 10**6) for prefix, size in (
        ("u", Fraction(1, 10**6)), ("µ", Fraction(1, 10**6)), ("m", Fraction(1, 1000)), ("", Fraction(1)),
        ("k", Fraction(10**3)), ("M", Fraction(10**6)), ("G", Fraction(10**9)), ("T", Fraction(10**12)),
    )},
    **{f"{prefix}J": ("energy", size * Fraction(10**6, 3600)) for prefix, size in (
        ("m", Fraction(1, 1000)), ("", Fraction(1)), ("k", Fraction(10**3)), ("M", Fraction(10**6)),
        ("G", Fraction(10**9)), ("T", Fraction(10**12)),
    )},
    **{name: ("carbon", size) for names, size in (
        ("ug µg", Fraction(1)), ("mg", Fraction(10**3)), ("g", Fraction(10**6)), ("kg", Fraction(10**9)),
        ("t tonne tonnes ton tons", Fraction(10**12)), ("kt ktonnes", Fraction(10**15)),
        ("Mt", Fraction(10**18)),
        ("lb lbs pounds", POUND_KG * 10**9),
    ) for name in names.split()},
    **{name: ("water", size) for names, size in (
        ("uL µL ul", Fraction(1)), ("mL ml", Fraction(10**3)),
        ("L l litre litres liter liters", Fraction(10**6)),
        ("kL kl m3 m³", Fraction(10**9)), ("ML", Fraction(10**12)), ("gal gallon gallons", GALLON_L * 10**6),
    ) for name in names.split()},
}  # fmt: skip
_TAG = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]")
_CO2 = re.compile(r"\s*-?\s*CO(?:2|₂)(?:\s?-?\s?e(?:q(?:uivalents?|\.)?)?)?\s*$", re.IGNORECASE)
_PER = re.compile(r"\s*/\s*|\s+per\s+")
_COUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?(?:[eE]\d+)?)\s*([kKMB])?\b")
_DESCRIPTIVE = frozenset({"median", "average", "mean", "text", "user", "chat", "generated", "llm", "typical"})


@dataclass(frozen=True, slots=True)
class Printed:
    """`size` base units (uWh, ug, uL) make one; it is per `per_count` of `per`, None for a total.

    `tag` is what stands in brackets, in lower case.
    """

    measure: str
    size: Fraction
    per: str | None = None
    per_count: Fraction = Fraction(1)
    tag: str = ""

    @property
    def market(self) -> bool:
        return "market" in self.tag

    @property
    def accelerators_only(self) -> bool:
        return "only" in self.tag and any(NOUNS.get(word) == "device" for word in pieces(self.tag))


def printed_of(unit: str) -> Printed | None:
    """Reads a printed unit, None if it is not understood."""
    tag = " ".join(part for found in _TAG.findall(unit) for part in found).strip().lower()
    measure, *under = _PER.split(_TAG.sub("", unit).strip(), maxsplit=1)
    known = _SIZES.get(_CO2.sub("", measure).strip())
    if known is None and measure.strip().lower().startswith("metric "):
        known = _SIZES.get(_CO2.sub("", measure).strip().split(" ", 1)[1])
    if known is None:
        return None
    if not under:
        return Printed(*known, tag=tag)
    count, text = Fraction(1), under[0].strip()
    number = _COUNT.match(text)
    if number:
        count = Fraction(number[1].replace(",", ""))
        count *= MULTIPLIERS.get((number[2] or "").lower(), Fraction(1))
        text = text[number.end() :]
        if text.startswith("-token"):  # of a 400-token response
            count, text = Fraction(1), text.removeprefix("-token")
    words = [word for word in pieces(text) if word not in _DESCRIPTIVE]
    while words and words[0] in MULTIPLIERS:
        count *= MULTIPLIERS[words.pop(0)]
    if not words:
        return None
    return Printed(*known, per=NOUNS.get(words[-1], words[-1]), per_count=count, tag=tag)
