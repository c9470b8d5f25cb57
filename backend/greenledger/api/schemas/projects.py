"""Offers over the wire, and what a buyer may wish of them. µgCO2e and prices are decimal strings."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from greenledger.api.problems import Problem
from greenledger.api.schemas.words import AMOUNT_PATTERN, PRICE_PATTERN, Body, View
from greenledger.footprint.fields import FieldError
from greenledger.offsets.labels import TITLES, Quality, quality_of
from greenledger.offsets.market import Label, Project
from greenledger.offsets.portfolio import smallest_ug
from greenledger.offsets.project_filter import ProjectFilter

Wish = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Wishes = Annotated[tuple[Wish, ...], Field(max_length=20)]
Year = Annotated[int, Field(ge=1, le=9999)]


class ProjectWishes(Body):
    """What an offer has to be; empty or null is no wish. What a market does not tell meets no wish.

    Texts are compared without regard to case, years are included on both ends.
    """

    registry: Wishes = ()
    type: Wishes = ()
    country: Wishes = ()
    methodology: Wishes = ()
    label: Annotated[tuple[Quality, ...], Field(max_length=3)] = ()
    vintage: Year | None = None  # one year; or a first and a last
    vintage_from: Year | None = None
    vintage_to: Year | None = None
    max_price_usd_per_tonne: Annotated[str, StringConstraints(pattern=PRICE_PATTERN)] | None = None
    min_available_ug: Annotated[str, StringConstraints(pattern=AMOUNT_PATTERN)] | None = None
    removal: bool | None = None  # true: removals only; false: avoided emissions only
    ex_post_only: bool = False

    def filter(self) -> ProjectFilter:
        """Raises Problem 422 for years that contradict each other."""
        if self.vintage is not None and (self.vintage_from or self.vintage_to):
            expected = "one year, or vintage_from and vintage_to, and not both"
            raise _contradiction("vintage", "stands beside a range of years", expected)
        first, last = self.vintage_from or self.vintage, self.vintage_to or self.vintage
        if first is not None and last is not None and first > last:
            raise _contradiction("vintage_from", f"is {first}", f"a year not after vintage_to, {last}")
        price, least = self.max_price_usd_per_tonne, self.min_available_ug
        return ProjectFilter(
            registries=frozenset(self.registry),
            kinds=frozenset(self.type),
            countries=frozenset(self.country),
            methodologies=frozenset(self.methodology),
            vintage_from=first,
            vintage_to=last,
            max_price_usd_per_tonne=None if price is None else Decimal(price),
            least_available_ug=None if least is None else int(least),
            removal=self.removal,
            labels=frozenset(self.label),
            with_ex_ante=not self.ex_post_only,
        )


class LabelView(View):
    name: str  # in the market's words
    quality: Quality | None  # what it means, null for a market's own label
    title: str
    seen_at: int  # Unix seconds; a label may be granted or withdrawn at any time


class ProjectView(View):
    """What is null the market does not tell, and neither what `not_told` names."""

    source_id: str
    market: str
    project: str
    name: str
    registry: str
    type: str | None
    methodology: str | None
    country: str
    vintage: int
    price_usd_per_tonne: str
    available_ug: str
    minimum_ug: str  # as the market states it
    smallest_ug: str  # what can be ordered: from one gram up, and a multiple of the step
    step_ug: str
    ex_ante: bool
    removal: bool | None
    labels: list[LabelView] | None
    not_told: list[str]


class ProjectList(View):
    items: list[ProjectView]
    warnings: list[str]  # a line for each market that could not be read


def project_view(offer: Project) -> ProjectView:
    return ProjectView(
        source_id=offer.source_id,
        market=offer.market,
        project=offer.project,
        name=offer.name,
        registry=offer.registry,
        type=offer.kind,
        methodology=offer.methodology,
        country=offer.country,
        vintage=offer.vintage,
        price_usd_per_tonne=format(offer.price_usd_per_tonne, "f"),
        available_ug=str(offer.available_ug),
        minimum_ug=str(offer.minimum_ug),
        smallest_ug=str(smallest_ug(offer)),
        step_ug=str(offer.step_ug),
        ex_ante=offer.ex_ante,
        removal=offer.removal,
        labels=None if offer.labels is None else [_label_view(label) for label in offer.labels],
        not_told=list(offer.not_told),
    )


def _label_view(label: Label) -> LabelView:
    quality = quality_of(label.name)
    title = TITLES[quality] if quality else f"{label.name} (market's own label)"
    return LabelView(name=label.name, quality=quality, title=title, seen_at=label.seen_at)


def _contradiction(field: str, problem: str, expected: str) -> Problem:
    reason = FieldError(field, problem, expected)
    return Problem(422, "invalid_request", "The request has fields that are not valid.", [reason])
