# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The footprint model: methodology `gal-footprint/1` on chain
@license AGPL-3.0-only
@notice See `IFootprintModel` for what each function promises, and for what it cannot know.
@dev This contract proves the rows and checks the rules of workloads, the other computes. Nothing is stored; the only
     call is static, to a contract that is named for good and calls nobody. So there is nothing to reenter, to
     pause or to own.
"""


# The public standard: structs and documentation.
from .interfaces import IFootprintModel
implements: IFootprintModel


# What computes once everything is proven.
from .interfaces import IFootprintArithmetic


# The text of a row and its proof.
from .modules import factor_rows


# What a workload must satisfy.
from .modules import workload_rules


# Ends in a zero byte, so that no other method with no other root gives the same hash.
METHOD: constant(Bytes[16]) = b"gal-footprint/1\x00"


MOST_ROWS: constant(uint256) = 48


# For good: another arithmetic needs another model.
ARITHMETIC: public(immutable(address))


@deploy
def __init__(arithmetic: address):
    """
    @param arithmetic The `FootprintArithmetic` that computes.
    """
    assert arithmetic.is_contract, "model: arithmetic is not a contract"
    ARITHMETIC = arithmetic


@external
@view
def estimate(
    root: bytes32,
    workload: IFootprintModel.Workload,
    rows: DynArray[IFootprintModel.Row, MOST_ROWS],
    proofs: DynArray[IFootprintModel.RowProof, MOST_ROWS],
) -> IFootprintModel.Estimate:
    workload_rules._check(workload)
    assert len(rows) == len(proofs), "model: not as many proofs as rows"
    factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS] = []
    for at: uint256 in range(len(rows), bound=MOST_ROWS):
        assert factor_rows._root(rows[at], proofs[at]) == root, concat("model: not in the set: ", rows[at].key)
        factors.append(factor_rows._factor(rows[at]))
    result: IFootprintModel.Estimate = staticcall IFootprintArithmetic(ARITHMETIC).estimate(workload, factors)
    result.methodology = keccak256(concat(METHOD, root))
    return result


@external
@pure
def methodology_of(root: bytes32) -> bytes32:
    return keccak256(concat(METHOD, root))


@external
@pure
def verify_row(root: bytes32, row: IFootprintModel.Row, proof: IFootprintModel.RowProof) -> bool:
    return factor_rows._root(row, proof) == root
