"""Models by the names that benchmarks use, and tasks by the names of their table."""

from __future__ import annotations

import re
from fractions import Fraction

from greenledger.footprint.factors import FactorSet
from greenledger.validation.words import MULTIPLIERS

_WORD_AND_VERSION = re.compile(r"(?<=[a-z]{3})(?=\d)")
_WORDS = re.compile(r"[a-z0-9.]+")
_SIZE = re.compile(r"(?<![a-z0-9.x])(\d+(?:\.\d+)?)\s?(b|m|t)(?![a-z0-9])")
_SIZES = {"t": Fraction(10**12), "b": MULTIPLIERS["b"], "m": MULTIPLIERS["m"]}
# What other tables call a task that the catalogue has, or whose models are as small.
TASKS = {
    "summarisation": "summarization",
    "extractive-qa": "question-answering",
    "qa": "question-answering",
    "token-classification": "text-classification",
    "masked-language-modeling": "text-classification",
    "masked-language-modelling": "text-classification",
    "fill-mask": "text-classification",
    "text-to-image": "image-generation",
    "automatic-speech-recognition": "speech-to-text",
    "transcription": "speech-to-text",
    "embedding": "text-embedding",
    "text-to-video": "video-generation",
}


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(_WORD_AND_VERSION.sub("-", name.lower().replace("_", "-"))))


def model_of(text: str, factors: FactorSet) -> str | None:
    """The model of the catalogue whose words are all in the text, the longest such name."""
    words = _words(text)
    fitting = [name for name in factors.names("model/", "/active-params") if _words(name) <= words]
    return max(fitting, key=lambda name: (len(_words(name)), name), default=None)


def params_of(text: str) -> Fraction | None:
    """The number of parameters that a name tells, as vicuna-13B; None for mixtures (8x7B) and other names."""
    found = _SIZE.search(text.lower().replace("_", "-"))
    return None if found is None else Fraction(found[1]) * _SIZES[found[2]]


def task_of(text: str, factors: FactorSet) -> str | None:
    """The task of the catalogue that a text names, the longest such name."""
    spelled = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    known = {name: name for name in factors.names("task/")} | TASKS
    fitting = [name for name in known if name in spelled and factors.has(f"task/{known[name]}")]
    return known[max(fitting, key=len)] if fitting else None
