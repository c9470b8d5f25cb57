"""What a source states, by role: every input is understood, or it is reported with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from greenledger.validation.names import Quantity, pieces, read_name
from greenledger.validation.vocabulary import role_of
from greenledger.validation.words import word_set

_NUMBER = re.compile(r"[~≈]?\s*(\d[\d,_ ]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(%?)")
_COUNT_WORDS = frozenset({"count", "n", "num", "number", "no", "nr", "qty", "quantity"})
_LEAST_G_PER_KWH = 2
_AGREE = Fraction(1, 50)  # two spellings of one quantity within rounding
# Whose value is a share: above 1.5 it is meant in percent.
_SHARES = frozenset({"use", "life-use", "mfu", "coverage", "idle-share", "embodied-share"})
# What a source may state in parts.
_ADDED = frozenset({"idle-energy", "component-power", "other-carbon"})
_ASSUMED = frozenset({"assumption", "assumptions", "assumed", "defaults"})
_PARTS = frozenset({"phases", "phase", "stages", "parts", "steps", "jobs", "segments", "clusters"})
_TEXTS: dict[str, frozenset[str]] = {
    "place": word_set(
        "region country location place state site zone datacenter datacentre cloud provider city grid",
    ),
    "model": frozenset({"model", "llm"}),
    "task": frozenset({"task"}),
    "accounting": frozenset({"accounting", "method"}),
    "hardware": word_set(
        "accelerator accelerators hardware gpu gpus device devices chip chips tpu card processor node server",
        "machine instance system",
    ),
}
_REMARKS = word_set(
    "note notes remark comment description scope boundary benchmark software framework engine library",
    "dataset data precision dtype quantization quantisation date period start end begin source tool version",
    "name basis unit functional license licence author organisation organization company lab language status",
    "type category stage title url reference metric modality architecture cooling currency persona lifecycle",
    "meter measurement interconnect network parallelism optimizer optimiser published",
)


class Given(NamedTuple):
    """A stated amount in the base unit of its role, with what it is per and the path of its input."""

    value: Fraction
    path: str
    quantity: Quantity


@dataclass(slots=True)
class Statement:
    """Amounts and texts by role; energies apart, as several of them are added.

    `unknown` lists what was not understood, `remarks` what was taken as a description or read with a remark.
    """

    amounts: dict[str, Given] = field(default_factory=dict)
    energies: list[Given] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: list[Statement] = field(default_factory=list)
    assumed: Statement | None = None
    with_pue: bool = False
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def has(self, *roles: str) -> bool:
        return any(role in self.amounts for role in roles)

    def get(self, role: str) -> Fraction | None:
        given = self.amounts.get(role)
        return None if given is None else given.value

    def text(self, role: str) -> str | None:
        """All texts of a role in one line, None if there is none."""
        return ", ".join(self.texts[role].values()) if role in self.texts else None


def statement_of(inputs: Mapping[str, Any], path: str = "inputs") -> Statement:
    """Reads every input. Nothing raises: what cannot be read is in `unknown`."""
    found = Statement()
    for name, value in inputs.items():
        _read(found, name, value, f"{path}.{name}")
    return found


def _read(found: Statement, name: str, value: Any, path: str) -> None:
    words = frozenset(pieces(name))
    if value is None:
        return  # not published
    if isinstance(value, Decimal):
        _amount(found, name, Fraction(value), path)
    elif isinstance(value, bool):
        if value and "pue" in words:
            found.with_pue = True
        elif value or "pue" not in words:
            found.unknown.append(path)
    elif isinstance(value, str):
        _text(found, name, value, words, path)
    elif isinstance(value, Mapping):
        _nested(found, value, words, path)
    elif words & _PARTS and isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        found.parts.extend(statement_of(item, f"{path}[{index}]") for index, item in enumerate(value))
    else:
        found.unknown.append(path)


def _amount(found: Statement, name: str, value: Fraction, path: str) -> None:
    quantity = read_name(name)
    role = role_of(quantity)
    if role == "devices" and not quantity.words and not _COUNT_WORDS & set(pieces(name)):
        role = None
    if role == "wall-time" and quantity.hardware:
        role = "device-time"  # a100_hours
    if role is None or value < 0:
        found.unknown.append(path)
        return
    if quantity.hardware:
        found.texts.setdefault("hardware", {}).setdefault(path, quantity.hardware)
    if role == "plain-intensity":  # no unit: g per kWh, or kg where that would be less than any grid has
        kilograms = value < _LEAST_G_PER_KWH
        found.remarks.append(f"{path}: taken as {'kg' if kilograms else 'g'} per kWh")
        role, value = "intensity", value * (Fraction(1) if kilograms else Fraction(1, 1000))
    if role in _SHARES and quantity.scale == 1 and value > Fraction(3, 2):
        value /= 100
    given = Given(value * quantity.scale / quantity.per_count, path, quantity)
    if role == "energy":
        found.energies.append(given)
        return
    before = found.amounts.get(role)
    if before is None:
        found.amounts[role] = given
    elif role in _ADDED or (role == "energy-per-unit" and quantity.words != before.quantity.words):
        found.amounts[role] = before._replace(value=before.value + given.value)
    elif abs(before.value - given.value) > _AGREE * max(before.value, given.value):
        found.unknown.append(f"{path} (contradicts {before.path})")


def _text(found: Statement, name: str, value: str, words: frozenset[str], path: str) -> None:
    number = _NUMBER.fullmatch(value.strip())
    if number and role_of(read_name(name)):
        stated = Fraction(Decimal(re.sub(r"[,_ ]", "", number[1])))
        _amount(found, name, stated / 100 if number[2] else stated, path)
        return
    for role, known in _TEXTS.items():
        if words & known and not words & {"scope", "note", "notes"}:
            found.texts.setdefault(role, {})[path] = value
            return
    if words & _REMARKS:
        found.remarks.append(path)
    else:
        found.unknown.append(path)


def _nested(found: Statement, value: Mapping[str, Any], words: frozenset[str], path: str) -> None:
    if words & _ASSUMED:
        found.assumed = statement_of(value, path)
        found.unknown.extend(found.assumed.unknown)
        return
    for name, member in value.items():
        _read(found, name, member, f"{path}.{name}")


def all_unknown(found: Statement) -> Iterator[str]:
    """What was not understood, here and in the parts."""
    yield from found.unknown
    for part in found.parts:
        yield from all_unknown(part)
