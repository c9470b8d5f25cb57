"""Accelerators by the names that papers use: A100-80GB, TPUv3, V100x64, NVIDIA H100 80GB SXM."""

from __future__ import annotations

import re
from typing import NamedTuple

from greenledger.footprint.factors import FactorSet

_COUNT_AFTER = re.compile(r"^(.*(?:\d[a-z]{0,2}|gb|\s))[x*]\s*(\d{1,6})$")
_COUNT_BEFORE = re.compile(r"^(\d{1,6})\s*(?:[x*]\s*|\s(?=[a-z]))(.+)$")
_SPELLINGS = (
    (re.compile(r"tpu[\s-]*v?(\d)"), r"tpu v\1"),
    (re.compile(r"\b(rtx|gaudi|max)[\s-]*(\d)"), r"\1 \2"),
    (re.compile(r"\bsxm\d?\b"), "sxm"),
    (re.compile(r"\bpci(?:-?e)?\b"), "pcie"),
    (re.compile(r"\b(16|24|32|40|48|80|94|96|141|192)\s*(?:g|gb|gib)?\b"), r"\1gb"),
)
# Names of generations, and what vendors call the same chip.
ALIASES = {
    "ironwood": "v7x",
    "trillium": "v6e",
    "volta": "v100",
    "ampere": "a100",
    "hopper": "h100",
    "blackwell": "b200",
    "gaudi2": "gaudi 2",
    "gaudi3": "gaudi 3",
}
_WHOLE_SERVERS = frozenset({"dgx", "hgx", "host", "mac", "studio"})
# Parts of a name that do not tell which chip it is.
_FORMS = frozenset(
    {"sxm", "pcie", "nvl", "tpu", "rtx", "ti", "ada", "pro", "max", "quadro", "titan", "per", "gpu"}
)
_NO_CHIP = re.compile(r"\d+gb|\d{1,3}")  # memory, or a number that many names have
_PREFERRED = ("sxm", "80gb")  # what clusters are built of, where the form is not stated


class Named(NamedTuple):
    """A name of the catalogue, or None if the text names none, and how many the text says."""

    hardware: str | None
    number: int | None


def _words(text: str) -> frozenset[str]:
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    words = re.findall(r"[a-z0-9.]+", text)
    return frozenset(part for word in words for part in ALIASES.get(word, word).split())


def accelerator_of(text: str, factors: FactorSet) -> Named:
    """Every word of the text that the catalogue has must be in the name; the shortest such name is taken."""
    lowered, count = text.lower().strip(), None
    after, before = _COUNT_AFTER.fullmatch(lowered), _COUNT_BEFORE.fullmatch(lowered)
    if after:
        lowered, count = after[1], int(after[2])
    elif before:
        lowered, count = before[2], int(before[1])
    known = {name: _words(name) for name in factors.names("hardware/", "/embodied")}
    catalogue = frozenset[str]().union(*known.values())
    words = _words(lowered) & catalogue
    if not any(word not in _FORMS and not _NO_CHIP.fullmatch(word) for word in words):
        return Named(None, count)
    fitting = [
        name
        for name, parts in known.items()
        if words <= parts and (parts & _WHOLE_SERVERS) <= (words & _WHOLE_SERVERS)
    ]
    return Named(min(fitting, key=lambda name: _order(known[name]), default=None), count)


def _order(parts: frozenset[str]) -> tuple[int, int, list[str]]:
    return len(parts), -sum(word in parts for word in _PREFERRED), sorted(parts)
