"""Draws the inputs of the model's vectors: `python -m scripts.vectors.drawing --seed 1 --count 2000 [FILE]`.

Workloads of every shape, and the same with something broken in them, so that refusals are compared as well.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from rich.console import Console

from greenledger.footprint.factors import FactorSet, load_factor_set, published_sets
from greenledger.footprint.workload import FIELDS
from scripts.vectors.model import ROOT, TARGET, Input, document

BROKEN_SHARE = 0.25
OLD_SET_SHARE = 0.2
YEAR_S = 31_536_000
STRANGE: tuple[Any, ...] = (
    *(None, True, 0, 1, -1, 1.5, 1e16, -0.0, 2.5e-7, 10**35, [], {}, [1], [{}], {"country": "FR"}),
    *("", " ", "0", "007", "-5", "1e5", "12 ", "1.0", "9" * 40, "\uff11", "h100", "A100-SXM-80GB", "device"),
    *(
        "e\u0301te\u0301",
        "\u212a",
        "na\u202eme",
        "tab\there",
        "it's",
        'say "it"',
        'it\'s "it"',
        "x" * 90,
        "\U0001f600" * 101,
    ),
    *("0x" + "AB" * 32, "0X" + "ab" * 32, "0x12", "us", "Fr", "training", "facility", "\u00a0", "\u0378"),
)


def _whole_workloads(factors: FactorSet, count: int, seed_: int) -> list[dict[str, Any]]:
    sys.path.append(str(ROOT / "tests" / "backend" / "footprint"))
    strategies: Any = import_module("workload_strategies")
    drawn: list[dict[str, Any]] = []

    @seed(seed_)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.Workloads(factors).any)
    def draw(stated: dict[str, Any]) -> None:
        drawn.append(stated)

    draw()
    return drawn[:count]


def _spelt(value: Any, choice: random.Random) -> Any:
    """The same with some integers as decimal strings: both may stand in a file."""
    if isinstance(value, dict):
        return {name: _spelt(member, choice) for name, member in value.items()}
    if isinstance(value, list):
        return [_spelt(item, choice) for item in value]
    return str(value) if type(value) is int and choice.random() < 0.5 else value


def _at_another_time(stated: dict[str, Any], choice: random.Random) -> dict[str, Any]:
    """Moved by whole years, since grid factors have years: 2010 to 2030."""
    moved = choice.choice([0, 0, *range(-13, 8)]) * YEAR_S
    return stated | {"start": stated["start"] + moved, "end": stated["end"] + moved}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _misspelt(name: str, choice: random.Random) -> str:
    place = choice.randrange(len(name))
    return name[:place] + choice.choice(["", "x", "_", name[place].upper()]) + name[place + 1 :]


def _break(stated: dict[str, Any], other: dict[str, Any], choice: random.Random) -> dict[str, Any]:
    """One thing changed somewhere in the workload, in place."""
    strange, other = deepcopy(choice.choice(STRANGE)), deepcopy(other)
    target = choice.choice(list(_objects(stated)))
    names = list(target) or ["kind"]
    name = choice.choice(names)
    known = [field for fields in FIELDS.values() for field in fields]
    match choice.randrange(6):
        case 0:
            target.pop(name, None)
        case 1 | 2:
            target[name] = strange
        case 3:
            target[_misspelt(name, choice)] = target.get(name)
        case 4:
            target[choice.choice(known)] = strange
        case _:
            target.update(choice.sample(sorted(other.items()), min(2, len(other))))
    return stated


def drawn_inputs(count: int, seed_: int) -> list[Input]:
    """`count` inputs, the same for the same seed and version of hypothesis."""
    choice = random.Random(seed_)
    *old, newest = published_sets()
    inputs: list[Input] = []
    shares = {
        newest: count - round(count * OLD_SET_SHARE),
        **{set_id: round(count * OLD_SET_SHARE / len(old)) for set_id in old},
    }
    for set_id, share in shares.items():
        whole = _whole_workloads(load_factor_set(set_id), share, seed_)
        stated = [_spelt(_at_another_time(item, choice), choice) for item in whole]
        for item in stated:
            changes = choice.choice([1, 1, 2, 4]) if choice.random() < BROKEN_SHARE else 0
            for _ in range(changes):
                _break(item, _spelt(choice.choice(stated), choice), choice)
            inputs.append((set_id, item))
    return inputs


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("file", type=Path, nargs="?", default=TARGET)
    chosen = options.parse_args()
    text = document(drawn_inputs(chosen.count, chosen.seed))
    chosen.file.write_text(text, encoding="utf-8")
    Console().print(f"wrote {chosen.file}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
