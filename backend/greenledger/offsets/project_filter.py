"""Which offers a buyer wants to see. What a market does not tell never satisfies a wish about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from greenledger.offsets.labels import Quality, seen_labels
from greenledger.offsets.market import Project


@dataclass(frozen=True)
class ProjectFilter:
    """Wishes; empty or None is no wish. Only offers ex ante are left out unless they are asked for.

    Texts are compared without regard to case. Years are included on both ends; the price is in USD per tonne,
    the least that has to be available in µgCO2e.
    """

    registries: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    methodologies: frozenset[str] = frozenset()
    vintage_from: int | None = None
    vintage_to: int | None = None
    max_price_usd_per_tonne: Decimal | None = None
    least_available_ug: int | None = None
    removal: bool | None = None  # True: removals only; False: avoided emissions only
    labels: frozenset[Quality] = frozenset()
    with_ex_ante: bool = False

    def __post_init__(self) -> None:
        if self.vintage_from and self.vintage_to and self.vintage_from > self.vintage_to:
            found = f"{self.vintage_from} to {self.vintage_to}"
            raise ValueError(f"vintage_from: found {found}, expected a first year not after the last")
        price = self.max_price_usd_per_tonne
        if price is not None and (not price.is_finite() or price < 0):
            raise ValueError(f"max_price_usd_per_tonne: found {price}, expected 0 or more")


def unmet(project: Project, wanted: ProjectFilter) -> tuple[str, ...]:
    """Names of the wishes that an offer does not meet, in the filter's order; empty if it passes."""
    return tuple(name for name, met in _WISHES.items() if not met(project, wanted))


def passing(projects: Iterable[Project], wanted: ProjectFilter) -> tuple[Project, ...]:
    """The offers that meet every wish, in the order given."""
    return tuple(project for project in projects if not unmet(project, wanted))


def _one_of(value: str | None, wanted: frozenset[str]) -> bool:
    return not wanted or (bool(value) and str(value).casefold() in {word.casefold() for word in wanted})


def _vintage(project: Project, wanted: ProjectFilter) -> bool:
    if wanted.vintage_from is None and wanted.vintage_to is None:
        return True
    told = "vintage" not in project.not_told
    not_before = wanted.vintage_from is None or project.vintage >= wanted.vintage_from
    return told and not_before and (wanted.vintage_to is None or project.vintage <= wanted.vintage_to)


def _price(project: Project, wanted: ProjectFilter) -> bool:
    most = wanted.max_price_usd_per_tonne
    return most is None or (
        "price_usd_per_tonne" not in project.not_told and project.price_usd_per_tonne <= most
    )


def _available(project: Project, wanted: ProjectFilter) -> bool:
    least_ug = wanted.least_available_ug
    return least_ug is None or ("available_ug" not in project.not_told and project.available_ug >= least_ug)


def _labels(project: Project, wanted: ProjectFilter) -> bool:
    return wanted.labels <= {seen.quality for seen in seen_labels(project.labels or ())}


def _ex_ante(project: Project, wanted: ProjectFilter) -> bool:
    return wanted.with_ex_ante or not (project.ex_ante or "ex_ante" in project.not_told)


_WISHES: dict[str, Callable[[Project, ProjectFilter], bool]] = {
    "registry": lambda project, wanted: _one_of(project.registry, wanted.registries),
    "kind": lambda project, wanted: _one_of(project.kind, wanted.kinds),
    "country": lambda project, wanted: _one_of(project.country, wanted.countries),
    "methodology": lambda project, wanted: _one_of(project.methodology, wanted.methodologies),
    "vintage": _vintage,
    "price": _price,
    "available": _available,
    "removal": lambda project, wanted: wanted.removal is None or project.removal is wanted.removal,
    "labels": _labels,
    "ex_ante": _ex_ante,
}
