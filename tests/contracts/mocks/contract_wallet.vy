# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A wallet that is a contract: it accepts one signature, fixed when it is made, over any hash (ERC-1271)
@license AGPL-3.0-only
"""


MAGIC: constant(bytes4) = 0x1626BA7E


accepted: bytes32


@deploy
def __init__(accepted: Bytes[65]):
    self.accepted = keccak256(accepted)


@external
@view
def isValidSignature(hash: bytes32, signature: Bytes[65]) -> bytes4:
    if keccak256(signature) == self.accepted:
        return MAGIC
    return empty(bytes4)
