# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title EIP-712 struct hashes of footprint reports, and the leaves under their roots
@license AGPL-3.0-only
@notice https://eips.ethereum.org/EIPS/eip-712#definition-of-hashstruct
"""


from ..interfaces import IFootprintLedger


FOOTPRINT_TYPEHASH: constant(bytes32) = keccak256(
    "Footprint(bytes32 root,uint32 count,bytes32 methodology,uint64 period_start,uint64 period_end,"
    "uint128 energy_uwh,uint72 low_ug,uint72 central_ug,uint72 high_ug,uint72 market_ug,uint72 embodied_ug,"
    "uint128 water_ul,uint8 tier,bytes32 supersedes,uint64 valid_until)"
)


REPORT_TYPEHASH: constant(bytes32) = keccak256(
    "FootprintReport(address account,Footprint footprint)"
    "Footprint(bytes32 root,uint32 count,bytes32 methodology,uint64 period_start,uint64 period_end,"
    "uint128 energy_uwh,uint72 low_ug,uint72 central_ug,uint72 high_ug,uint72 market_ug,uint72 embodied_ug,"
    "uint128 water_ul,uint8 tier,bytes32 supersedes,uint64 valid_until)"
)


# Referenced types follow in alphabetical order, as EIP-712 asks.
CONSENT_TYPEHASH: constant(bytes32) = keccak256(
    "RecordConsent(FootprintReport report)"
    "Footprint(bytes32 root,uint32 count,bytes32 methodology,uint64 period_start,uint64 period_end,"
    "uint128 energy_uwh,uint72 low_ug,uint72 central_ug,uint72 high_ug,uint72 market_ug,uint72 embodied_ug,"
    "uint128 water_ul,uint8 tier,bytes32 supersedes,uint64 valid_until)"
    "FootprintReport(address account,Footprint footprint)"
)


@internal
@pure
def _footprint(footprint: IFootprintLedger.Footprint) -> bytes32:
    """
    @dev Every field is one word, so the ABI encoding of the struct is its EIP-712 encoding.
    """
    return keccak256(abi_encode(FOOTPRINT_TYPEHASH, footprint))


@internal
@pure
def _report(account: address, footprint_hash: bytes32) -> bytes32:
    return keccak256(abi_encode(REPORT_TYPEHASH, account, footprint_hash))


@internal
@pure
def _consent(report_hash: bytes32) -> bytes32:
    return keccak256(abi_encode(CONSENT_TYPEHASH, report_hash))


@internal
@pure
def _leaf(
    kind: uint8, version: uint8, workload_hash: bytes32, low_ug: uint72, central_ug: uint72, high_ug: uint72
) -> bytes32:
    """
    @dev Hashed twice, so that an inner node of the tree, 64 bytes hashed once, can never pass for a leaf.
    """
    return keccak256(keccak256(abi_encode(kind, version, workload_hash, low_ug, central_ug, high_ug)))


@internal
@pure
def _root(leaf: bytes32, proof: DynArray[bytes32, 40]) -> bytes32:
    """
    @dev OpenZeppelin standard-v1: the two children of a node are hashed in ascending order. Snekmate's function
         takes proofs of up to 65,535 words, and Vyper would reserve 2 MiB of memory for one.
    """
    node: bytes32 = leaf
    for sibling: bytes32 in proof:
        if convert(node, uint256) < convert(sibling, uint256):
            node = keccak256(concat(node, sibling))
        else:
            node = keccak256(concat(sibling, node))
    return node
