"""How much of a task is stated, in the unit of its row: pieces, seconds, thousands of tokens."""

from __future__ import annotations

from fractions import Fraction

from greenledger.footprint.factors import FactorSet
from greenledger.validation.counts import ONE, count_of, requests_of
from greenledger.validation.device_time import Missing
from greenledger.validation.statement import Statement


def units_of(task: str, stated: Statement, factors: FactorSet) -> tuple[Fraction, list[str]]:
    """The number of units, with remarks on how it was read. Raises Missing where the statement tells no such
    number: only of pieces a single one is what a source means that states none.
    """
    unit = factors.row(f"task/{task}").unit.removeprefix("nWh/")
    match unit:
        case "image":
            return stated.get("images") or requests_of(stated), []
        case "query":
            return requests_of(stated), []
        case "1000 tokens":
            return _tokens_of(task, stated) / 1000, []
        case "s":
            return _seconds_of(task, stated)
        case _:
            raise Missing(f"inputs ({task} is counted in {unit})")


def _tokens_of(task: str, stated: Statement) -> Fraction:
    each = stated.get("input-tokens")
    tokens = stated.get("tokens") if each is None else each * requests_of(stated)
    if tokens is None:
        raise Missing(f"inputs (no tokens, in which {task} is counted)")
    return tokens


def _seconds_of(task: str, stated: Statement) -> tuple[Fraction, list[str]]:
    """Length of what was heard or made. A bare time is taken as that of a single piece, and said to be."""
    given = stated.amounts.get("media-time")
    notes = []
    if given is None:
        given = stated.amounts.get("wall-time")
        if given is None or given.path == "expected.unit":
            raise Missing(f"inputs (no seconds, in which {task} is counted)")
        notes = [f"{given.path}: taken as the length of what {task} is counted in"]
    if given.quantity.per is not None:
        return given.value * (count_of(given.quantity.per, stated) or ONE), notes
    if requests_of(stated) != 1:
        raise Missing(f"{given.path} (of each or of all)")
    return given.value, notes
