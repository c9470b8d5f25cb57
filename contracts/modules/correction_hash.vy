# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title EIP-712 struct hashes of what the council signs about a certificate that exists
@license AGPL-3.0-only
@notice https://eips.ethereum.org/EIPS/eip-712#definition-of-hashstruct
"""


from ..interfaces import ICertificateCorrections


VOID_TYPEHASH: constant(bytes32) = keccak256(
    "VoidReport(uint256 certificate,uint8 reason,bytes32 evidence,uint64 valid_until)"
)


REBIND_TYPEHASH: constant(bytes32) = keccak256(
    "RebindReport(uint256 certificate,address holder,address to,bytes32 evidence,uint64 valid_until)"
)


@internal
@pure
def _void(report: ICertificateCorrections.VoidReport) -> bytes32:
    """
    @dev Every field is one word, so the ABI encoding of the struct is its EIP-712 encoding; so it is below.
    """
    return keccak256(abi_encode(VOID_TYPEHASH, report))


@internal
@pure
def _rebind(report: ICertificateCorrections.RebindReport) -> bytes32:
    return keccak256(abi_encode(REBIND_TYPEHASH, report))
