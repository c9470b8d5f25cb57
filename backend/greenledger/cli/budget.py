"""A footprint beside its budget: for people, for programs, and as Markdown for a comment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from greenledger.cli import units
from greenledger.cli.stated_work import StatedWork, repeated_words
from greenledger.client import Client, NotFound
from greenledger.client.shapes import Bounds, RejectedEntry

MOST_LISTED = 20


class Bound(StrEnum):
    """Which end of a footprint's range is meant."""

    LOW = "low"
    CENTRAL = "central"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Budget:
    """A footprint and what it is of. `tier` 0 and `energy_uwh` None: not known from where it was read."""

    what: str
    count: int
    total: Bounds
    tier: int
    energy_uwh: int | None = None
    rejected: tuple[RejectedEntry, ...] = ()
    repeated: int = 0

    def at(self, bound: Bound) -> int:
        amounts = {"low": self.total.low_ug, "central": self.total.central_ug, "high": self.total.high_ug}
        return amounts[bound]

    def is_within(self, budget_ug: int, bound: Bound) -> bool:
        return self.at(bound) <= budget_ug

    def as_json(self, budget_ug: int, bound: Bound) -> dict[str, object]:
        return {
            "of": self.what,
            "workloads": self.count,
            "footprint": self.total.as_json(),
            "energy_uwh": None if self.energy_uwh is None else str(self.energy_uwh),
            "tier": self.tier or None,
            "bound": str(bound),
            "budget_ug": str(budget_ug),
            "repeated": self.repeated,
            "within": self.is_within(budget_ug, bound) if self.count else None,
            "rejected": [
                {
                    "line": row.line,
                    "entry": row.entry,
                    "field": row.field,
                    "problem": row.problem,
                    "expected": row.expected,
                }
                for row in self.rejected
            ],
        }


def of_work(work: StatedWork) -> Budget:
    count = len(work.workloads)
    what = f"{count:,} workload{'' if count == 1 else 's'}"
    return Budget(what, count, work.total, work.tier, work.energy_uwh, tuple(work.rejected), work.repeated)


def of_stated(client: Client, workload_id: str) -> Budget:
    """A workload that the account has stated. Raises NotFound."""
    # Ids ascend with time, and a page holds those before an id: the next higher one finds this at its top.
    following = f"{int(workload_id, 16) + 1:032x}"
    found = [one for one in client.workloads(1, following) if one.id == workload_id]
    if not found:
        raise NotFound(404, "unknown_workload", f"{workload_id} is not a workload of this account")
    made = found[0].estimate
    return Budget(f"workload {workload_id}", 1, made.total, made.tier, made.energy_uwh)


def of_attestation(client: Client, id_: str) -> Budget:
    """What the ledger holds. Raises NotFound for an id that was never recorded."""
    stored = client.attestation(id_)
    if stored is None:
        raise NotFound(404, "unknown_attestation", f"{id_} is not on the ledger")
    bounds = Bounds(stored.low_ug, stored.central_ug, stored.high_ug)
    return Budget(f"attestation {id_}", 1, bounds, stored.tier)


def _verdict(found: Budget, budget_ug: int, bound: Bound) -> str:
    if not found.count:
        return "Nothing could be estimated"
    amount, budget = units.mass(found.at(bound)), units.mass(budget_ug)
    within = found.is_within(budget_ug, bound)
    return f"{'Within' if within else 'Over'} the budget: {amount} at the {bound} bound, {budget} allowed"


def words_of(found: Budget, budget_ug: int, bound: Bound) -> Iterator[str]:
    """Lines for people."""
    yield f"Footprint of {found.what}: {units.footprint(found.total)}"
    if found.energy_uwh is not None and found.count:
        yield f"Energy {units.energy(found.energy_uwh)}, evidence tier {found.tier} of 1 (metered) to 7"
    if found.repeated:
        yield repeated_words(found.repeated)
    for row in found.rejected[:MOST_LISTED]:
        yield f"Rejected, line {row.line}: {row.field or '(whole)'}: {row.problem}, expected {row.expected}"
    if len(found.rejected) > MOST_LISTED:
        yield f"and {len(found.rejected) - MOST_LISTED:,} more rejections"
    yield _verdict(found, budget_ug, bound)


def _cell(text: str) -> str:
    """Text of others inside a Markdown table: no cell, link, image or tag can be made with it, and no
    mention or reference, which forges find in the rendered text, so that an escape would not do.
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    safe = "".join(f"\\{letter}" if letter in r"\`*_{}[]()+-.!|~:" else letter for letter in plain)
    for mark, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("@", "@\u200b"), ("#", "#\u200b")):
        safe = safe.replace(mark, instead)
    return safe


def markdown_of(found: Budget, budget_ug: int, bound: Bound) -> str:
    """A comment's text: the footprint as a table, the verdict, and what was rejected."""
    total = found.total
    mark = "⚠️" if not found.count else "✅" if found.is_within(budget_ug, bound) else "❌"
    lines = [
        "### Carbon footprint",
        "",
        f"{mark} **{_verdict(found, budget_ug, bound)}**",
        "",
        "| | CO2e |",
        "|---|---:|",
        f"| low | {units.mass(total.low_ug)} |",
        f"| **central** | **{units.mass(total.central_ug)}** |",
        f"| high | {units.mass(total.high_ug)} |",
        "",
        f"Of {_cell(found.what)}"
        + (f", energy {units.energy(found.energy_uwh)}" if found.energy_uwh is not None else "")
        + (f", evidence tier {found.tier} of 1 (metered) to 7." if found.tier else "."),
    ]
    if found.repeated:
        lines += ["", f"{repeated_words(found.repeated)}."]
    if found.rejected:
        lines += ["", "| rejected line | field | problem | expected |", "|---:|---|---|---|"]
        lines += [
            f"| {row.line} | {_cell(row.field or '(whole)')} | {_cell(row.problem)} | {_cell(row.expected)} |"
            for row in found.rejected[:MOST_LISTED]
        ]
    if len(found.rejected) > MOST_LISTED:
        lines += ["", f"{len(found.rejected) - MOST_LISTED:,} more were rejected."]
    return "\n".join(lines)
