"""Where work ran, as people write it."""

from __future__ import annotations

from collections.abc import Mapping

Place = str | Mapping[str, str]


def place_of(place: Place | None) -> dict[str, str] | None:
    """`FR`, `US-CA` or `aws/eu-west-3` as a workload's place; what it names is checked with the workload."""
    if place is None or not isinstance(place, str):
        return None if place is None else dict(place)
    provider, slash, region = place.partition("/")
    if slash:
        return {"provider": provider, "region": region}
    country, dash, state = place.partition("-")
    return {"country": country, "state": state} if dash else {"country": country}
