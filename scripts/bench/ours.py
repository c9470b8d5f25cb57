"""What is measured of this project: the estimate and the Merkle tree. One thread each."""

from __future__ import annotations

from collections.abc import Callable

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.merkle import StandardTree, verify, workload_leaf
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.workload import Workload
from scripts.bench.timing import Figure, duration, rate, rate_of, seconds_of
from scripts.bench.workloads import KINDS, workloads

LEAVES = 1_000_000
PROOFS = 10_000


def _estimating(works: list[Workload], factors: FactorSet) -> Callable[[], None]:
    def act() -> None:
        for work in works:
            estimate(work, factors)

    return act


def estimates() -> dict[str, Figure]:
    """Full three-bound estimates of parsed workloads: of one part, of any number, of each kind, first met.

    Every phase of a training passes all stages, so one of four phases costs as much as four of one; a peer's
    request is one part. Rows of a place or model are looked up once and kept, as in any process that lives
    longer than one workload; the first pass shows what that is worth.
    """
    factors = load_factor_set()
    by_kind = {kind: workloads(factors, kind) for kind in KINDS}
    mix = [work for works in zip(*by_kind.values(), strict=True) for work in works]
    single = [work for work in mix if len(work.phases) <= 1]
    first = seconds_of(_estimating(mix, factors))
    what = f"estimates of one part each, {len(single):,} different workloads"
    figures = {"estimate_per_s": rate(what, _estimating(single, factors), len(single))}
    several = f"  with trainings of up to four phases, {len(mix):,}"
    figures["estimate_mix_per_s"] = rate(several, _estimating(mix, factors), len(mix))
    for kind, works in by_kind.items():
        figures[f"estimate_{kind}_per_s"] = rate(f"  {kind} only", _estimating(works, factors), len(works))
    figures["estimate_first_pass_per_s"] = rate_of("  nothing looked up before, once", len(mix), [first])
    return figures


def tree() -> dict[str, Figure]:
    """A tree of a million leaves from their fields, and proofs taken from it and checked."""
    hashes = [keccak256(at.to_bytes(8)) for at in range(LEAVES)]

    def build() -> StandardTree:
        return StandardTree(_leaves(hashes))

    leaves = _leaves(hashes)
    built = StandardTree(leaves)

    def prove() -> None:
        for index in range(0, LEAVES, LEAVES // PROOFS):
            if not verify(built.root, leaves[index], built.proof(index)):
                raise RuntimeError(f"the proof of leaf {index} does not lead to the root")

    return {
        "merkle_1e6_s": duration(
            f"Merkle tree of {LEAVES:,} leaves, leaf hashes included", build, repetitions=3
        ),
        "merkle_proofs_per_s": rate("  proofs retrieved and verified", prove, PROOFS),
    }


def _leaves(hashes: list[bytes]) -> list[bytes]:
    return [
        workload_leaf(1 + at % 3, 1, hashed, 10**9 + at, 2 * 10**9 + at, 3 * 10**9 + at)
        for at, hashed in enumerate(hashes)
    ]
