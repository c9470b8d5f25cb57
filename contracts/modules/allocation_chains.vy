# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What is allocated from each certificate, as a sum and as a chain of hashes
@license AGPL-3.0-only
@notice The chain holds all allocations in order in one word, so that whoever has to undo them can present the list
        and be held to it, from the last one backwards and in as many calls as it takes.
"""


from ..interfaces import IRetiredCredits


AMOUNT_MASK: constant(uint256) = 2**72 - 1


# hash184 | allocated72 by token id. To make another list pass, a holder would have to find two lists of the same hash
# before allocating: about 2^92 hashes. What it gains is to undo the wrong allocations of its own void certificate.
_words: HashMap[uint256, uint256]


@external
@view
def allocation_chain(certificate: uint256) -> bytes32:
    return convert(self._hash(self._words[certificate]), bytes32)


@internal
@view
def _allocated_ug(certificate: uint256) -> uint256:
    return self._words[certificate] & AMOUNT_MASK


@internal
def _append(certificate: uint256, attestation: bytes32, account: address, amount_ug: uint72):
    """
    @param amount_ug Not more than the certificate has left: then the sum cannot pass its 72 bits.
    """
    word: uint256 = self._words[certificate]
    following: uint256 = self._next(self._hash(word), attestation, account, amount_ug)
    self._words[certificate] = following | (word & AMOUNT_MASK) + convert(amount_ug, uint256)


@internal
def _undo(certificate: uint256, before: bytes32, undone: DynArray[IRetiredCredits.Allocation, 50]):
    """
    @dev The sum cannot underflow: what passes is the end of the list that was summed.
    """
    assert len(undone) != 0, "credits: no allocation is named"
    assert convert(before, uint256) & AMOUNT_MASK == 0, "credits: before is not a chain"
    word: uint256 = self._words[certificate]
    reached: uint256 = convert(before, uint256)
    undone_ug: uint256 = 0
    for allocation: IRetiredCredits.Allocation in undone:
        reached = self._next(reached, allocation.attestation, allocation.account, allocation.amount_ug)
        undone_ug += convert(allocation.amount_ug, uint256)
    assert reached == self._hash(word), "credits: these are not the last allocations"
    self._words[certificate] = convert(before, uint256) | (word & AMOUNT_MASK) - undone_ug


@internal
@pure
def _next(before: uint256, attestation: bytes32, account: address, amount_ug: uint72) -> uint256:
    return self._hash(convert(keccak256(abi_encode(before, attestation, account, amount_ug)), uint256))


@internal
@pure
def _hash(word: uint256) -> uint256:
    return word & ~AMOUNT_MASK
