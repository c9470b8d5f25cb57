"""What an export's answer says: how many items were refused, and why, in words for its developer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from greenledger.footprint.fields import FieldError
from greenledger.reports.ingestion import Fate, Outcome

MOST_TOLD = 5  # reasons told one by one
LONGEST_MESSAGE = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Received:
    """The outcome of an export whose other items are stored: spans or data points refused, and a text that
    says why. With none refused a text is a warning."""

    rejected: int = 0
    message: str = ""


@dataclass(slots=True)
class Findings:
    """Collects refusals; the same reason for many items is told once."""

    item: str  # "span" or "data point"
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)

    def refuse(self, errors: Iterable[FieldError], where: str, count: int = 1) -> None:
        """Refuses `count` items; `where` names the first of them that has this reason."""
        text = "; ".join(f"{error.field}: {error.problem}, expected {error.expected}" for error in errors)
        self.rejected += count
        known = next((reason for reason in self.reasons if reason.startswith(f"{text} (")), None)
        if known is not None:
            self.reasons[known] += count
        elif len(self.reasons) < MOST_TOLD:
            self.reasons[f"{text} (first: {where})"] = count

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Adds the refusals among events, each under its id, which is made of those of its span or series."""
        for outcome in outcomes:
            if outcome.fate is Fate.REJECTED:
                self.refuse(outcome.errors, outcome.event_id)

    def warn(self, text: str) -> None:
        self.warnings[text] = None

    def received(self) -> Received:
        texts = [f"{count} x {reason}" for reason, count in self.reasons.items()]
        untold = self.rejected - sum(self.reasons.values())
        if untold:
            texts.append(f"{untold} more for other reasons")
        if self.rejected:
            texts.insert(0, f"{self.rejected} {self.item}s were refused and must not be sent again")
        return Received(self.rejected, ". ".join([*texts, *self.warnings])[:LONGEST_MESSAGE])
