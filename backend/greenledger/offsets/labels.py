"""Quality labels of credits: what markets call them, what they mean, and when they were last seen.

A label may be granted or withdrawn at any time, so it is never stated without the time it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from greenledger.offsets.market import Label, Project


class Quality(StrEnum):
    """The labels that a buyer can ask for."""

    CCP = "ccp"  # Core Carbon Principles of the ICVCM
    CORSIA_PHASE_1 = "corsia_phase_1"  # eligible for the first phase of ICAO's scheme, 2024 to 2026
    CORRESPONDING_ADJUSTMENT = "corresponding_adjustment"  # the host country does not count it as its own


TITLES = {
    Quality.CCP: "CCP",
    Quality.CORSIA_PHASE_1: "CORSIA phase 1",
    Quality.CORRESPONDING_ADJUSTMENT: "corresponding adjustment",
}

# Whole names only: "CORSIA pilot phase" or "not CCP approved" hold the same words and mean something else.
_NAMES: dict[Quality, frozenset[str]] = {
    Quality.CCP: frozenset(
        {
            *("ccp", "ccp approved", "ccp label", "ccp labelled", "ccp labeled", "ccp tagged"),
            *("icvcm ccp", "icvcm ccp approved", "icvcm ccp label", "core carbon principles"),
            *("core carbon principles ccp", "icvcm core carbon principles"),
        }
    ),
    Quality.CORSIA_PHASE_1: frozenset(
        {
            *("corsia phase 1", "corsia phase 1 eligible", "corsia first phase", "corsia 1st phase"),
            *("corsia phase 1 2024 2026", "corsia first phase 2024 2026", "corsia 2024 2026"),
            *("corsia phase i", "corsia first phase eligible"),
        }
    ),
    Quality.CORRESPONDING_ADJUSTMENT: frozenset(
        {
            *("corresponding adjustment", "corresponding adjustment applied", "corresponding adjustments"),
            *("correspondingly adjusted", "article 6 corresponding adjustment", "article 6 adjusted"),
        }
    ),
}
_BY_NAME = {name: quality for quality, names in _NAMES.items() for name in names}
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class SeenLabel:
    """A known label and when a market last showed it, in Unix seconds."""

    quality: Quality
    seen_at: int

    @property
    def text(self) -> str:
        """For people: "CCP (seen 2026-03-01)"."""
        day = datetime.fromtimestamp(self.seen_at, UTC).date().isoformat()
        return f"{TITLES[self.quality]} (seen {day})"


def quality_of(name: str) -> Quality | None:
    """The label that a market means by a name, None if that is not one of the known ones."""
    return _BY_NAME.get(_NOT_A_WORD.sub(" ", name.casefold()).strip())


def seen_labels(labels: Iterable[Label]) -> tuple[SeenLabel, ...]:
    """The known labels among those of a market, each once with the newest time."""
    newest: dict[Quality, int] = {}
    for label in labels:
        if (quality := quality_of(label.name)) is not None:
            newest[quality] = max(label.seen_at, newest.get(quality, label.seen_at))
    return tuple(SeenLabel(quality, newest[quality]) for quality in Quality if quality in newest)


def label_texts(project: Project) -> tuple[str, ...]:
    """What to print about an offer: known labels with the day, the market's other words, whether ex ante."""
    labels = project.labels or ()
    others = [f"{label.name} (market's own label)" for label in labels if quality_of(label.name) is None]
    flags = ["ex ante: the removal or reduction has not happened yet"] if project.ex_ante else []
    return (*(seen.text for seen in seen_labels(labels)), *others, *flags)
