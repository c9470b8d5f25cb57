# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A wallet that works for a while before it says yes, as one with many owners does, or for ever
@license AGPL-3.0-only
"""


MAGIC: constant(bytes4) = 0x1626BA7E


rounds: uint256


@deploy
def __init__(rounds: uint256):
    self.rounds = rounds


@external
@view
def isValidSignature(hash: bytes32, signature: Bytes[1024]) -> bytes4:
    word: bytes32 = hash
    for at: uint256 in range(self.rounds, bound=max_value(uint256)):
        word = keccak256(word)
    return MAGIC
