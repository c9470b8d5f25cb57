"""Disclosed workloads: from what an owner shows to a footprint, and the comparison with a stated one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.merkle import StandardTree, workload_leaf
from greenledger.evidence.methodology import methodology_id
from greenledger.evidence.structs import TYPES, ZERO, Footprint, FootprintReport
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import WORKLOAD_VERSION, Workload

SALT_BYTES = 32
# Not results of the workloads: the owner and the council choose them, so a comparison takes them as stated.
_CHOSEN = ("supersedes", "valid_until")
_SUMMED = ("energy_uwh", "low_ug", "central_ug", "high_ug", "market_ug", "embodied_ug", "water_ul")


class InvalidDisclosure(InvalidWorkload):
    """Workloads that cannot make a footprint. The paths of `errors` begin with `workloads[i]`."""


@dataclass(frozen=True, slots=True)
class DisclosedWorkload:
    """A workload as its owner shows it, with the 32-byte salt that hid it in the Merkle tree."""

    workload: dict[str, object]
    salt: bytes


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field of a report: its stated value and what the workloads give. Both as in the report's JSON."""

    field: str
    stated: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A disclosed workload after the model: its leaf and everything the footprint sums.

    `content` is the hash without the salt: the same work has the same one, whatever hid it.
    """

    workload: Workload
    content: bytes
    hash: bytes
    leaf: bytes
    estimate: Estimate


def workload_hash(workload: Workload, salt: bytes) -> bytes:
    """keccak256(salt || keccak256(canonical JSON)). The salt keeps a guessed workload from being confirmed.

    Raises ValueError unless the salt has 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"salt: {len(salt)} bytes, expected {SALT_BYTES}")
    return keccak256(salt + content_hash(workload))


def content_hash(workload: Workload) -> bytes:
    """keccak256(canonical JSON): what the salt hides."""
    return keccak256(canonical_bytes(workload.canonical()))


def _fail(path: str, problem: str, expected: str) -> InvalidDisclosure:
    return InvalidDisclosure((FieldError(path, problem, expected),))


def compute(disclosed: DisclosedWorkload, factors: FactorSet, path: str = "workloads[0]") -> Computed:
    """Runs the model over one disclosed workload. Raises InvalidDisclosure with paths under `path`."""
    if len(disclosed.salt) != SALT_BYTES:
        raise _fail(f"{path}.salt", f"{len(disclosed.salt)} bytes", f"{SALT_BYTES} bytes")
    try:
        workload = parse_workload(disclosed.workload, factors)
        result = estimate(workload, factors)
    except InvalidWorkload as error:
        moved = (
            FieldError(f"{path}.workload.{e.field}".rstrip("."), e.problem, e.expected) for e in error.errors
        )
        raise InvalidDisclosure(tuple(moved)) from error
    content = content_hash(workload)
    hashed = keccak256(disclosed.salt + content)
    total = result.total_ug
    leaf = workload_leaf(
        workload.kind.leaf_code, WORKLOAD_VERSION, hashed, total.low, total.central, total.high
    )
    return Computed(workload, content, hashed, leaf, result)


def _fits(name: str, value: int) -> int:
    bits = int(TYPES[Footprint][name].removeprefix("uint"))
    if value >= 2**bits:
        raise _fail(
            "workloads",
            f"{name} adds up to more than {bits} bits",
            "fewer or smaller workloads in one report",
        )
    return value


def refuse_repeated(seen: dict[bytes, int], item: Computed, index: int) -> None:
    """Notes a workload in `seen`. Raises InvalidDisclosure if the same work was noted at another index."""
    # The salt may differ, so the content is what tells that the same work is counted twice. Half of its
    # hash is enough: the same content always has the same half.
    first = seen.setdefault(item.content[:16], index)
    if first != index:
        expected = "each workload once; two alike need names"
        raise _fail(f"workloads[{index}]", f"the same as workloads[{first}]", expected)


@dataclass(slots=True)
class FootprintSum:
    """Adds computed workloads up to a footprint, one after the other: about 250 bytes are kept of each.

    `add` raises InvalidDisclosure for one that was added before, `footprint` if sums are out of range.
    """

    factors: FactorSet
    leaves: list[bytes] = field(default_factory=list)
    _seen: dict[bytes, int] = field(default_factory=dict)
    _sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SUMMED, 0))
    _start: int = 2**64
    _end: int = 0
    _tier: int = 0

    def add(self, item: Computed) -> None:
        refuse_repeated(self._seen, item, len(self.leaves))
        self.leaves.append(item.leaf)
        for name, value in zip(_SUMMED, _summands(item.estimate), strict=True):
            self._sums[name] += value
        self._start = min(self._start, item.workload.start)
        self._end = max(self._end, item.workload.end)
        self._tier = max(self._tier, item.estimate.tier)

    def tree(self) -> StandardTree:
        """Of at least one workload."""
        return StandardTree(self.leaves)

    def footprint(self, root: bytes, valid_until: int, supersedes: bytes = ZERO) -> Footprint:
        """Sums of the integers, the worst of the tiers, under the root of `tree`."""
        return Footprint(
            root=root,
            count=_fits("count", len(self.leaves)),
            methodology=methodology_id(self.factors),
            period_start=self._start,
            period_end=self._end,
            **{name: _fits(name, value) for name, value in self._sums.items()},
            tier=self._tier,
            supersedes=supersedes,
            valid_until=valid_until,
        )


def _summands(result: Estimate) -> tuple[int, ...]:
    """In the order of `_SUMMED`."""
    total = result.total_ug
    return (
        result.energy_uwh.central,
        total.low,
        total.central,
        total.high,
        result.total_market_ug.central,
        result.embodied_ug.central,
        result.water_ul.central,
    )


def build_footprint(
    disclosed: Sequence[DisclosedWorkload], factors: FactorSet, valid_until: int, supersedes: bytes = ZERO
) -> Footprint:
    """The footprint of at least one workload: sums of their integers, the worst of their tiers.

    Raises InvalidDisclosure: no workloads, one listed twice, one that cannot be read, or sums out of range.
    """
    if not disclosed:
        raise _fail("workloads", "empty", "at least one workload")
    computed = [compute(item, factors, f"workloads[{index}]") for index, item in enumerate(disclosed)]
    summed = FootprintSum(factors)
    for item in computed:
        summed.add(item)
    return summed.footprint(summed.tree().root, valid_until, supersedes)


def shown(value: object) -> str:
    """A field of a report as text: bytes in hex, all else as Python writes it."""
    return as_hex(value) if isinstance(value, bytes) else str(value)


def compare(
    report: FootprintReport, disclosed: Sequence[DisclosedWorkload], factors: FactorSet
) -> tuple[Mismatch, ...]:
    """Every field of the footprint beside what the workloads give, equal or not.

    `supersedes` and `valid_until` are choices, not results, so they are left out. Raises InvalidDisclosure
    if the workloads cannot be read.
    """
    stated = report.footprint
    return beside(stated, build_footprint(disclosed, factors, stated.valid_until, stated.supersedes))


def beside(stated: Footprint, fresh: Footprint) -> tuple[Mismatch, ...]:
    """Every field of a footprint beside the one that was recomputed, but what is chosen, equal or not."""
    return tuple(
        Mismatch(f"footprint.{name}", shown(getattr(stated, name)), shown(getattr(fresh, name)))
        for name in TYPES[Footprint]
        if name not in _CHOSEN
    )


def recompute(
    report: FootprintReport, disclosed: Sequence[DisclosedWorkload], factors: FactorSet
) -> tuple[Mismatch, ...]:
    """The fields that differ; empty if the report follows from the workloads. Raises as `compare`."""
    return tuple(field for field in compare(report, disclosed, factors) if field.stated != field.recomputed)
