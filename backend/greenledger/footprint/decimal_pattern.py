"""A regular expression for the decimal strings of a range of integers: a schema cannot say it otherwise."""

from __future__ import annotations


def _digits(low: int, high: int) -> str:
    if low == high:
        return str(low)
    return f"[{low}-{high}]"


def _rest(count: int) -> str:
    """Any `count` digits."""
    return "" if count == 0 else "[0-9]" if count == 1 else f"[0-9]{{{count}}}"


def _same_length(low: str, high: str) -> list[str]:
    """Patterns of the numbers from `low` to `high`, two strings of the same length."""
    if low == "0" * len(low) and high == "9" * len(high):
        return [_rest(len(low))]
    first, last, tail = int(low[0]), int(high[0]), len(low) - 1
    if tail == 0:
        return [_digits(first, last)]
    if first == last:
        return [low[0] + part for part in _same_length(low[1:], high[1:])]
    parts: list[str] = []
    if low[1:] != "0" * tail:
        parts += [low[0] + part for part in _same_length(low[1:], "9" * tail)]
        first += 1
    after: list[str] = []
    if high[1:] != "9" * tail:
        after = [high[0] + part for part in _same_length("0" * tail, high[1:])]
        last -= 1
    if first <= last:
        parts.append(_digits(first, last) + _rest(tail))
    return parts + after


def decimal_pattern(low: int, high: int) -> str:
    """A pattern of exactly the integers in [low, high], 0 <= low <= high, without sign and leading zeros.

    In the dialect that ECMA-262 and Python share.
    """
    if not 0 <= low <= high:
        raise ValueError(f"expected 0 <= {low} <= {high}")
    parts: list[str] = []
    for length in range(len(str(low)), len(str(high)) + 1):
        smallest = max(low, 0 if length == 1 else 10 ** (length - 1))
        parts += _same_length(str(smallest), str(min(high, 10**length - 1)))
    return f"^(?:{'|'.join(parts)})$"
