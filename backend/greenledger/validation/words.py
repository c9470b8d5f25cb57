"""The words of input names: units with their size, and nouns by what they stand for.

Names are lower case in practice, so a leading m of an energy or a power is mega, never milli; every other
unit is as usual. Mass is of CO2 equivalent.
"""

from __future__ import annotations

from fractions import Fraction

Unit = tuple[str, Fraction]


def _units(dimension: str, base: Fraction, sizes: dict[str, Fraction | int]) -> dict[str, Unit]:
    return {
        word: (dimension, base * Fraction(size)) for words, size in sizes.items() for word in words.split()
    }


POUND_KG = Fraction("0.45359237")
GALLON_L = Fraction("3.785411784")
HOUR_S, DAY_S = Fraction(3_600), Fraction(86_400)
YEAR_S = 365 * DAY_S
MONTH_S = YEAR_S / 12


def word_set(*lines: str) -> frozenset[str]:
    """The words of some lines."""
    return frozenset(word for line in lines for word in line.split())


# Base units: uWh, W, s, ug, uL, FLOP.
UNITS: dict[str, Unit] = {
    **_units(
        "energy",
        Fraction(10**6),
        {
            "wh": 1,
            "kwh": 10**3,
            "mwh": 10**6,
            "gwh": 10**9,
            "twh": 10**12,
            "j joule joules": Fraction(1, 3600),
            "kj kilojoules": Fraction(10**3, 3600),
            "mj megajoules": Fraction(10**6, 3600),
            "gj gigajoules": Fraction(10**9, 3600),
            "tj": Fraction(10**12, 3600),
        },
    ),
    **_units(
        "power", Fraction(1), {"w watt watts": 1, "kw kilowatts": 10**3, "mw megawatts": 10**6, "gw": 10**9}
    ),
    **_units(
        "time",
        Fraction(1),
        {
            "ms milliseconds": Fraction(1, 1000),
            "s sec secs second seconds": 1,
            "min mins minute minutes": 60,
            "h hr hrs hour hours": HOUR_S,
            "d day days": DAY_S,
            "week weeks wk": 7 * DAY_S,
            "month months": MONTH_S,
            "y yr yrs years": YEAR_S,
        },
    ),
    **_units(
        "mass",
        Fraction(10**6),
        {
            "mg milligrams": Fraction(1, 1000),
            "g gram grams": 1,
            "kg kgs kilograms": 10**3,
            "t tonne tonnes ton tons": 10**6,
            "kt ktonnes kilotonnes": 10**9,
            "megatonnes": 10**12,
            "lb lbs pound pounds": POUND_KG * 1000,
        },
    ),
    **_units(
        "water",
        Fraction(10**6),
        {
            "ul": Fraction(1, 10**6),
            "ml millilitres milliliters": Fraction(1, 1000),
            "l litre litres liter liters": 1,
            "kl m3 kilolitres kiloliters": 1000,
            "megalitres megaliters": 10**6,
            "gal gallon gallons": GALLON_L,
        },
    ),
    **_units("share", Fraction(1), {"pct percent percentage": Fraction(1, 100), "ppm": Fraction(1, 10**6)}),
    **_units(
        "flop",
        Fraction(1),
        {
            "flop flops": 1,
            "gflop gflops": 10**9,
            "tflop tflops teraflops": 10**12,
            "pflop pflops petaflop petaflops pf": 10**15,
            "eflop eflops exaflop exaflops": 10**18,
            "zflop zflops zettaflop": 10**21,
            "yflop yottaflop": 10**24,
        },
    ),
}
MULTIPLIERS: dict[str, Fraction] = {
    **dict.fromkeys(("k", "thousand", "thousands"), Fraction(10**3)),
    **dict.fromkeys(("m", "mn", "million", "millions"), Fraction(10**6)),
    **dict.fromkeys(("b", "bn", "billion", "billions"), Fraction(10**9)),
    **dict.fromkeys(("trillion", "trillions"), Fraction(10**12)),
}
TRILLION = "t"
COUNTED_IN_TRILLIONS = {"token", "param"}  # for these a t is a trillion, not a tonne

# Nouns in one spelling each: plural, British and American forms and synonyms.
NOUNS: dict[str, str] = {
    word: noun
    for noun, words in {
        "device": "gpu gpus accelerator accelerators device devices chip chips tpu tpus card cards xpu npu",
        "server": "node nodes server servers hosts machine machines instance instances box boxes vm vms",
        "request": "request requests prompt prompts query queries inference inferences response responses"
        " call calls message messages answer answers completion completions turn turns generation generations"
        " conversation conversations sample samples classification classifications",
        "image": "image images picture pictures",
        "token": "token tokens",
        "param": "param params parameter parameters",
        "batch": "batch batches bs",
        "video": "video videos clip clips",
    }.items()
    for word in words.split()
}
# Stages of the work: energies of several stages are added.
STAGES = word_set("training train pretraining pre pretrain finetuning finetune fine tuning tune serving")
# Words that say nothing about the arithmetic.
FILLER = word_set(
    "of the in and for to a an avg average mean median approx approximate estimated est reported stated",
    "measured published value nominal about used using consumed consumption usage amount size number num n",
    "count counts qty quantity no rate nr actual real final overall typical effective dynamic run all whole",
)
