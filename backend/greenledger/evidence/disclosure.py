"""Disclosed workloads: from what an owner shows to a footprint, and the comparison with a stated one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    """A disclosed workload after the model: its leaf and everything the footprint sums."""

    workload: Workload
    hash: bytes
    leaf: bytes
    estimate: Estimate


def workload_hash(workload: Workload, salt: bytes) -> bytes:
    """keccak256(salt || keccak256(canonical JSON)). The salt keeps a guessed workload from being confirmed.

    Raises ValueError unless the salt has 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"salt: {len(salt)} bytes, expected {SALT_BYTES}")
    return keccak256(salt + keccak256(canonical_bytes(workload.canonical())))


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
    hashed = workload_hash(workload, disclosed.salt)
    total = result.total_ug
    leaf = workload_leaf(
        workload.kind.leaf_code, WORKLOAD_VERSION, hashed, total.low, total.central, total.high
    )
    return Computed(workload, hashed, leaf, result)


def _fits(name: str, value: int) -> int:
    bits = int(TYPES[Footprint][name].removeprefix("uint"))
    if value >= 2**bits:
        raise _fail(
            "workloads",
            f"{name} adds up to more than {bits} bits",
            "fewer or smaller workloads in one report",
        )
    return value


def build_footprint(
    disclosed: Sequence[DisclosedWorkload], factors: FactorSet, valid_until: int, supersedes: bytes = ZERO
) -> Footprint:
    """The footprint of at least one workload: sums of their integers, the worst of their tiers.

    Raises InvalidDisclosure: no workloads, one listed twice, one that cannot be read, or sums out of range.
    """
    if not disclosed:
        raise _fail("workloads", "empty", "at least one workload")
    computed = [compute(item, factors, f"workloads[{index}]") for index, item in enumerate(disclosed)]
    seen: dict[bytes, int] = {}
    for index, item in enumerate(computed):
        # The salt may differ, so the content is what tells that the same work is counted twice.
        content = keccak256(canonical_bytes(item.workload.canonical()))
        if content in seen:
            raise _fail(
                f"workloads[{index}]",
                f"the same as workloads[{seen[content]}]",
                "each workload once; two alike need names",
            )
        seen[content] = index
    results = [item.estimate for item in computed]
    return Footprint(
        root=StandardTree([item.leaf for item in computed]).root,
        count=_fits("count", len(computed)),
        methodology=methodology_id(factors),
        period_start=min(item.workload.start for item in computed),
        period_end=max(item.workload.end for item in computed),
        energy_uwh=_fits("energy_uwh", sum(result.energy_uwh.central for result in results)),
        low_ug=_fits("low_ug", sum(result.total_ug.low for result in results)),
        central_ug=_fits("central_ug", sum(result.total_ug.central for result in results)),
        high_ug=_fits("high_ug", sum(result.total_ug.high for result in results)),
        market_ug=_fits("market_ug", sum(result.total_market_ug.central for result in results)),
        embodied_ug=_fits("embodied_ug", sum(result.embodied_ug.central for result in results)),
        water_ul=_fits("water_ul", sum(result.water_ul.central for result in results)),
        tier=max(result.tier for result in results),
        supersedes=supersedes,
        valid_until=valid_until,
    )


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
    fresh = build_footprint(disclosed, factors, stated.valid_until, stated.supersedes)
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
