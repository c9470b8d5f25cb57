"""How many of what a case speaks of: requests, tokens, images, devices, parameters, FLOP."""

from __future__ import annotations

from fractions import Fraction

from greenledger.validation.statement import Statement

_REQUEST_LIKE = ("requests", "images", "videos", "functional-units")
ONE = Fraction(1)


def requests_of(stated: Statement) -> Fraction:
    """Requests, or what else a figure may be per; one where the source speaks of a single one."""
    for role in _REQUEST_LIKE:
        found = stated.get(role)
        if found is not None:
            return found
    rate, time = stated.get("unit-rate"), stated.get("wall-time")
    return rate * time if rate is not None and time is not None else ONE


def output_tokens_of(stated: Statement) -> Fraction | None:
    """Tokens generated in all."""
    each = stated.get("output-tokens")
    return stated.get("tokens") if each is None else each * requests_of(stated)


def count_of(noun: str, stated: Statement) -> Fraction | None:
    """How many of a noun the stated work makes or has; None if the source does not tell and it is not one."""
    match noun:
        case "request":
            return requests_of(stated)
        case "image" | "video":
            return stated.get(f"{noun}s") or requests_of(stated)
        case "token":
            # One where the source speaks of a single one: a model and no number, or a figure per token.
            one = _is_per(noun, stated) or "model" in stated.texts or stated.has("params", "token-rate")
            return output_tokens_of(stated) or (ONE if one else None)
        case "device":
            return stated.get("devices") or stated.get("devices-per-server") or ONE
        case "server":
            return stated.get("servers") or ONE
        case "wh":
            return sum((given.value for given in stated.energies), Fraction(0)) / 10**6 or None
        case "param":
            return stated.get("params") or stated.get("total-params")
        case "flop":
            return stated.get("flop")
        case _:
            return stated.get("functional-units")


def _is_per(noun: str, stated: Statement) -> bool:
    return any(given.quantity.per == noun for given in stated.amounts.values())
